"""Routes for logging in by a link in an e-mail."""

from fastapi import APIRouter, BackgroundTasks, Request, Response

from libs.common.auth import TokenFirstRoute
from libs.common.http import problems
from libs.common.settings import Settings
from services.community.api.tokens import check_own_issuer, origin_of, tokens_out, when_log_ins_wait
from services.community.commands import magic_links as commands
from services.community.commands.sessions import TokenTerms
from services.community.domain.one_time_codes import CodeRefused, CodesPaused, CodeWanted
from services.community.domain.problems import LinkRefused, LoginElsewhere, TooManyLogIns
from services.community.schemas.tokens import LinkAskedOut, LinkIn, LinkWantedIn, TokenOut

router = APIRouter(prefix="/log-in-links", route_class=TokenFirstRoute)


@router.post(
    "",
    summary="Ask for a link to log in",
    status_code=202,
    responses=problems(LoginElsewhere),
)
async def ask_for_link(
    request: Request, body: LinkWantedIn, tasks: BackgroundTasks
) -> LinkAskedOut:
    """Send an address a link that logs in, once and for 15 minutes; needs no token.

    The answer is always the same, and comes before anything is looked up: it tells nobody who has
    an account. Of an account, at most three links are good at a time.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)
    database = request.app.state.databases["community"]
    tasks.add_task(commands.send_log_in_link, database, body.email, public_url=settings.public_url)
    return LinkAskedOut()


@router.post(
    "/use",
    summary="Log in by a link",
    response_model=TokenOut,
    responses=problems(
        LinkRefused, LoginElsewhere, CodeWanted, CodeRefused, CodesPaused, TooManyLogIns
    ),
)
async def use_link(request: Request, body: LinkIn) -> TokenOut | Response:
    """Give the tokens that `POST /token` gives, for the secret of a link; needs no token.

    An account with an authenticator app needs its `code` too; without it the link stays good. Who
    has forgotten their password sets a `new_password` with it: all other sessions end, log-ins of
    the account are no longer paused, and the address is told.
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
