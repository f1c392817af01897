"""Routes by which the page logs people in: a cookie keeps the session, no script can read it."""

from collections.abc import Awaitable
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response

from libs.common.auth import TokenFirstRoute
from libs.common.database import Database
from libs.common.http import problems, route_template
from libs.common.settings import Settings
from services.community import commands
from services.community.api.dependencies import Session
from services.community.api.tokens import check_own_issuer, origin_of, when_log_ins_wait
from services.community.commands.log_ins import Limits
from services.community.commands.magic_links import log_in_by_link
from services.community.commands.sessions import (
    Tokens,
    TokenTerms,
    end_browser_session,
    renew_browser_session,
)
from services.community.domain.one_time_codes import CodeRefused, CodesPaused, CodeWanted
from services.community.domain.problems import (
    CredentialsRefused,
    ForeignOrigin,
    LinkRefused,
    LoginElsewhere,
    LogInPaused,
    TooManyLogIns,
)
from services.community.schemas.tokens import BrowserLogInIn, BrowserSessionOut

_DAY_S = 24 * 60 * 60


def _check_origin(request: Request) -> None:
    """A page of somebody else's may send our cookie, if a browser is old or careless.

    Raises ForeignOrigin.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    settings: Settings = request.app.state.settings
    own = {urlsplit(settings.public_url).netloc, request.headers.get("host")}
    if site != "same-origin" or (origin is not None and urlsplit(origin).netloc not in own):
        raise ForeignOrigin(ForeignOrigin.example_detail)


router = APIRouter(
    prefix="/browser-session",
    route_class=TokenFirstRoute,
    dependencies=[Depends(_check_origin)],
)


@router.post(
    "",
    summary="Log in, in a browser",
    response_model=BrowserSessionOut,
    responses=problems(
        ForeignOrigin,
        CredentialsRefused,
        LinkRefused,
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
    """Give an access token, and a cookie that gives the next ones; needs no token.

    By an e-mail address and a password, or by the secret of a link (`POST /log-in-links`), with a
    `new_password` if one was forgotten. Everything else is as for `POST /token`. The cookie is
    good until one logs out, or for `AUTH_SESSION_DAYS`; only this service gets to see it.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)

    async def log_in() -> BrowserSessionOut:
        tokens = await _log_in(request, body)
        assert tokens.cookie is not None
        await _end(request)  # of whoever was logged in here before
        _set_cookie(response, settings, tokens.cookie, life_s=settings.auth_session_days * _DAY_S)
        return _told(tokens)

    return await when_log_ins_wait(request, log_in)


@router.post(
    "/renewal",
    summary="The next access token, in a browser",
    response_model=BrowserSessionOut,
    responses=problems(ForeignOrigin) | {204: {"description": "Nobody is logged in here."}},
)
async def renew(request: Request, session: Session) -> BrowserSessionOut | Response:
    """Give an access token with the rights of now, by the cookie; needs no token.

    Several tabs may ask at once, and an answer may get lost: the cookie stays good. 204 when
    nobody is logged in: there is no cookie, or its session has ended.
    """
    settings: Settings = request.app.state.settings
    cookie = request.cookies.get(_cookie_name(settings), "")
    tokens = await renew_browser_session(session, cookie, terms=TokenTerms.of(settings))
    # The cookie that is of no use may be another one by now, of a log-in in another tab: it stays.
    return Response(status_code=204) if tokens is None else _told(tokens)


@router.delete(
    "", summary="Log out, in a browser", status_code=204, responses=problems(ForeignOrigin)
)
async def end(request: Request) -> Response:
    """End the session of the cookie, if there is one, and forget the cookie; needs no token."""
    settings: Settings = request.app.state.settings
    await _end(request)
    response = Response(status_code=204)
    _set_cookie(response, settings, "", life_s=0)
    return response


async def _end(request: Request) -> None:
    """The session of the cookie that came, if it is one."""
    cookie = request.cookies.get(_cookie_name(request.app.state.settings), "")
    database: Database = request.app.state.databases["community"]
    async with database.transaction() as session:
        route = f"{request.method} {route_template(request.scope)}"
        await end_browser_session(session, cookie, route=route)


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
        limits=Limits.of(settings),
        keys=settings.account_keys,
    )


def _told(tokens: Tokens) -> BrowserSessionOut:
    return BrowserSessionOut(
        access_token=tokens.access_token, expires_in=int(tokens.life.total_seconds())
    )


def _is_secure(settings: Settings) -> bool:
    return urlsplit(settings.public_url).scheme == "https"


def _cookie_name(settings: Settings) -> str:
    """With the prefix, browsers take it over TLS only, and from no neighbouring host."""
    return "__Host-elocoop" if _is_secure(settings) else "elocoop"


def _set_cookie(response: Response, settings: Settings, value: str, *, life_s: int) -> None:
    response.set_cookie(
        _cookie_name(settings),
        value,
        max_age=life_s,
        path="/",
        secure=_is_secure(settings),
        httponly=True,
        samesite="strict",
    )
