"""Routes for logging in by a link in an e-mail."""

import math

from fastapi import APIRouter, BackgroundTasks, Request, Response

from libs.common.auth.tokens import TokenFirstRoute
from libs.common.http import problems
from libs.common.http.allowances import Allowances
from libs.common.settings import Settings
from services.community.api.accounts.tokens import (
    check_own_issuer,
    origin_of,
    tokens_out,
    when_log_ins_wait,
)
from services.community.commands.accounts import magic_links as commands
from services.community.commands.accounts.sessions import TokenTerms
from services.community.domain.accounts.one_time_codes import CodeRefused, CodesPaused, CodeWanted
from services.community.domain.accounts.passwords import PasswordEasy
from services.community.domain.addresses import network_of
from services.community.domain.problems import (
    LinkRefused,
    LoginElsewhere,
    TooManyLinks,
    TooManyLogIns,
)
from services.community.schemas.accounts.tokens import LinkAskedOut, LinkIn, LinkWantedIn, TokenOut

router = APIRouter(prefix="/log-in-links", route_class=TokenFirstRoute)


@router.post(
    "",
    summary="Ask for a log-in link",
    status_code=202,
    responses=problems(LoginElsewhere, TooManyLinks),
)
async def ask_for_link(
    request: Request, body: LinkWantedIn, tasks: BackgroundTasks
) -> LinkAskedOut:
    """Send an address a link that logs in once, within 15 minutes; needs no token.

    The answer is always the same, and comes before any look-up: it reveals no account. At most
    three links of an account work at a time, and ten are sent in a day; per network, and in total,
    an hour is limited: the answer is `too-many-links`, or no e-mail comes.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)
    _check_network(request, settings)
    tasks.add_task(
        commands.send_log_in_link,
        request.app.state.databases["community"],
        body.email,
        public_url=settings.public_url,
        an_hour=settings.log_in_links_an_hour,
    )
    return LinkAskedOut()


def _check_network(request: Request, settings: Settings) -> None:
    """Raises TooManyLinks, before anybody looks whether there is an account."""
    allowances: Allowances = request.app.state.allowances
    network = network_of(request.client.host if request.client else "")
    an_hour = settings.log_in_links_an_hour_of_address
    wait_s = allowances.take(f"links {network}", 1, at_once=an_hour, refill_s=3600 / an_hour)
    if wait_s:
        raise TooManyLinks(
            f"Your network has asked for many: try again in {math.ceil(wait_s / 60)} minutes.",
            retry_after_s=wait_s,
        )


@router.post(
    "/use",
    summary="Log in by a log-in link",
    response_model=TokenOut,
    responses=problems(
        LinkRefused,
        PasswordEasy,
        LoginElsewhere,
        CodeWanted,
        CodeRefused,
        CodesPaused,
        TooManyLogIns,
    ),
)
async def use_link(request: Request, body: LinkIn) -> TokenOut | Response:
    """Return the tokens that `POST /token` returns, for the secret of a link; needs no token.

    An account with an authenticator app needs its `code` too; without it the link stays usable. A
    person who forgot their password sets a `new_password`: all other sessions end, log-ins of the
    account are no longer paused, and the address is notified.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)

    async def log_in() -> TokenOut:
        tokens = await commands.log_in_by_link(
            request.app.state.databases["community"],
            body.secret.get_secret_value(),
            code=body.code,
            new_password=body.new_password.get_secret_value() if body.new_password else None,
            origin=origin_of(request),
            terms=TokenTerms.of(settings),
            keys=settings.account_keys,
        )
        return tokens_out(tokens)

    return await when_log_ins_wait(request, log_in)
