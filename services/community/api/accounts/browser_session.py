"""Routes by which the page logs people in: a cookie keeps the session, no script can read it."""

from collections.abc import Awaitable
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response

from libs.common.auth.principals import IssuerUnreachable
from libs.common.auth.tokens import TokenFirstRoute
from libs.common.database import Database
from libs.common.http import problems, route_template
from libs.common.settings import Settings
from services.community import commands
from services.community.api.accounts.browser_cookies import DEVICE, SESSION, read_cookie, set_cookie
from services.community.api.accounts.issuer import issuer_sessions_of
from services.community.api.accounts.tokens import check_own_issuer, origin_of, when_log_ins_wait
from services.community.commands.accounts.issuer_sessions import IssuerSessions
from services.community.commands.accounts.known_devices import KNOWN_FOR
from services.community.commands.accounts.log_ins import LogInLimits
from services.community.commands.accounts.magic_links import log_in_by_link
from services.community.commands.accounts.sessions import AccountSessions, Tokens, TokenTerms
from services.community.domain.accounts.one_time_codes import CodeRefused, CodesPaused, CodeWanted
from services.community.domain.accounts.passwords import PasswordEasy
from services.community.domain.problems import (
    CredentialsRefused,
    ForeignOrigin,
    LinkRefused,
    LoginElsewhere,
    LogInPaused,
    TooManyLogIns,
)
from services.community.schemas.accounts.tokens import BrowserLogInIn, BrowserSessionOut

_DAY_S = 24 * 60 * 60


async def _check_origin(request: Request) -> None:
    """A page of somebody else's may send our cookie, if a browser is old or careless.

    Raises ForeignOrigin.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    settings: Settings = request.app.state.settings
    own_hosts = {urlsplit(settings.public_url).netloc, request.headers.get("host")}
    if site != "same-origin" or (origin is not None and urlsplit(origin).netloc not in own_hosts):
        raise ForeignOrigin


router = APIRouter(
    prefix="/browser-session",
    route_class=TokenFirstRoute,
    dependencies=[Depends(_check_origin)],
)


@router.post(
    "",
    summary="Log in from a browser",
    response_model=BrowserSessionOut,
    responses=problems(
        ForeignOrigin,
        CredentialsRefused,
        LinkRefused,
        PasswordEasy,
        LoginElsewhere,
        TooManyLogIns,
        LogInPaused,
        CodeWanted,
        CodeRefused,
        CodesPaused,
    ),
)
async def begin(
    request: Request, response: Response, body: BrowserLogInIn
) -> BrowserSessionOut | Response:
    """Return an access token, and set a cookie that renews it; needs no token.

    Log in by an e-mail address and a password, or by the secret of a link (`POST /log-in-links`),
    with a `new_password` if the old one was forgotten. Everything else is as for `POST /token`. The
    cookie is good until the log-out, or for `AUTH_SESSION_DAYS`; only this service receives it.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)

    async def log_in() -> BrowserSessionOut:
        tokens = await _log_in(request, body)
        assert tokens.cookie is not None
        await _end(request)  # of whoever was logged in here before
        life_s = settings.auth_session_days * _DAY_S
        set_cookie(response, settings, SESSION, tokens.cookie, life_s=life_s)
        if tokens.device_cookie is not None:
            device_life_s = int(KNOWN_FOR.total_seconds())
            set_cookie(response, settings, DEVICE, tokens.device_cookie, life_s=device_life_s)
        return _browser_session_out(tokens)

    return await when_log_ins_wait(request, log_in)


@router.post(
    "/renewal",
    summary="Renew the access token of a browser",
    response_model=BrowserSessionOut,
    responses=problems(ForeignOrigin, IssuerUnreachable)
    | {204: {"description": "Nobody is logged in here."}},
)
async def renew(request: Request) -> BrowserSessionOut | Response:
    """Return an access token with the current rights, by the cookie; needs no token.

    Several tabs may ask at once, and an answer may get lost: the cookie stays good. 204 if nobody
    is logged in: there is no cookie, or its session has ended. With `AUTH_ISSUER` the token is that
    issuer's. If it does not answer, `issuer-unreachable` says in `Retry-After` when to try again,
    in seconds: the session stays.
    """
    sessions = _sessions_of(request)
    tokens = await sessions.renew(read_cookie(request, SESSION)) if sessions else None
    # The cookie that is of no use may be another one by now, of a log-in in another tab: it stays.
    return Response(status_code=204) if tokens is None else _browser_session_out(tokens)


@router.delete(
    "", summary="Log out from a browser", status_code=204, responses=problems(ForeignOrigin)
)
async def end(request: Request) -> Response:
    """End the session of the cookie, if there is one, and delete the cookie; needs no token."""
    settings: Settings = request.app.state.settings
    await _end(request)
    response = Response(status_code=204)
    set_cookie(response, settings, SESSION, "", life_s=0)
    return response


async def _end(request: Request) -> None:
    """The session of the cookie that came, if it is one."""
    if sessions := _sessions_of(request):
        route = f"{request.method} {route_template(request.scope)}"
        await sessions.end(read_cookie(request, SESSION), route=route)


def _sessions_of(request: Request) -> AccountSessions | IssuerSessions | None:
    """The sessions of cookies; None: another issuer gives tokens, and we are no client of it."""
    settings: Settings = request.app.state.settings
    if settings.auth_issuer:
        return issuer_sessions_of(request)
    return AccountSessions(request.app.state.databases["community"], TokenTerms.of(settings))


def _log_in(request: Request, body: BrowserLogInIn) -> Awaitable[Tokens]:
    database: Database = request.app.state.databases["community"]
    settings: Settings = request.app.state.settings
    origin, terms = origin_of(request, is_browser=True), TokenTerms.of(settings)
    if body.secret is not None:
        return log_in_by_link(
            database,
            body.secret.get_secret_value(),
            code=body.code,
            new_password=body.new_password.get_secret_value() if body.new_password else None,
            origin=origin,
            terms=terms,
            keys=settings.account_keys,
        )
    assert body.password is not None
    return commands.log_in(
        database,
        body.email,
        body.password.get_secret_value(),
        code=body.code,
        origin=origin,
        terms=terms,
        limits=LogInLimits.of(settings),
        keys=settings.account_keys,
    )


def _browser_session_out(tokens: Tokens) -> BrowserSessionOut:
    return BrowserSessionOut(
        access_token=tokens.access_token, expires_in=int(tokens.life.total_seconds())
    )
