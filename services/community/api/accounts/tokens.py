"""Routes that give tokens, and routes that help to verify them."""

import re
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import SecretStr, TypeAdapter, ValidationError

from libs.common.auth.principals import Principal
from libs.common.auth.tokens import LEEWAY_S, TokenFirstRoute
from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.http import problems, route_template
from libs.common.settings import Settings
from services.community import access, commands
from services.community.api.accounts.browser_cookies import DEVICE, read_cookie
from services.community.api.dependencies import Session
from services.community.commands.accounts.feeds import log_feed_in
from services.community.commands.accounts.log_ins import LogInLimits
from services.community.commands.accounts.sessions import (
    Origin,
    Tokens,
    TokenTerms,
    refresh_session,
)
from services.community.domain.accounts.one_time_codes import CodeRefused, CodesPaused, CodeWanted
from services.community.domain.problems import (
    AccountUnknown,
    CredentialsRefused,
    FeedRefused,
    LoginElsewhere,
    LogInPaused,
    RefreshRefused,
    TooManyLogIns,
)
from services.community.schemas import PASSWORD_MAX_LENGTH, EmailField, JwksOut
from services.community.schemas.accounts.tokens import RevokedSessionsOut, TokenForm, TokenOut
from services.community.store.accounts import feeds as feed_store
from services.community.store.accounts import sessions as session_store
from services.community.store.accounts.signing_keys import list_signing_keys

router = APIRouter(route_class=TokenFirstRoute)
_Out = TypeVar("_Out")
_RETRY_AFTER_S = 2
_DEVICE_MAX_LENGTH = 120
_LONGEST_TRANSACTION = timedelta(minutes=10)
_email: TypeAdapter[str] = TypeAdapter(EmailField)


@router.post(
    "/token",
    summary="Log in, or renew a token",
    response_model=TokenOut,
    responses=problems(
        CredentialsRefused,
        FeedRefused,
        RefreshRefused,
        LoginElsewhere,
        TooManyLogIns,
        LogInPaused,
        CodeWanted,
        CodeRefused,
        CodesPaused,
    ),
)
async def give_token(request: Request, form: Annotated[TokenForm, Form()]) -> TokenOut | Response:
    """Return an access token for an e-mail address (`username`) and a password; needs no token.

    Send it as `Authorization: Bearer …`. It lives for `expires_in` seconds. Before it expires,
    `grant_type=refresh_token` gives the next one, with the rights of that time, and the next
    `refresh_token`. Each works once: a repeated one ends the session, as it may be stolen.
    `login-elsewhere` names the issuer of the tokens if the co-op uses its own. `too-many-log-ins`
    and `log-in-paused` say in `Retry-After` when to try again, in seconds; the latter after some
    wrong passwords, and longer after each: it ends no session. An account with an authenticator
    app needs its `code` too (`code-wanted`).

    A feed gets its token with `grant_type=client_credentials`, and `client_id` and `client_secret`
    in the form or by HTTP Basic.
    """
    settings: Settings = request.app.state.settings
    check_own_issuer(settings)
    terms = TokenTerms.of(settings)

    async def grant() -> TokenOut:
        return tokens_out(await _grant(request, form, terms))

    return await when_log_ins_wait(request, grant)


def check_own_issuer(settings: Settings) -> None:
    """Raises LoginElsewhere where another issuer gives the tokens."""
    if settings.auth_issuer:
        issuer = settings.auth_issuer
        raise LoginElsewhere(f"Get a token from {issuer}.", issuer=issuer)


def get_own_account_id(request: Request, caller: Principal) -> UUID:
    """Raises LoginElsewhere, AccountUnknown."""
    check_own_issuer(request.app.state.settings)
    account_id = access.find_own_account_id(caller)
    if account_id is None:
        raise AccountUnknown
    return account_id


async def when_log_ins_wait(
    request: Request, log_in: Callable[[], Awaitable[_Out]]
) -> _Out | Response:
    """Return the answer, or, if too many wait already, when to try again."""
    try:
        return await log_in()
    except (TooManyLogIns, LogInPaused) as problem:
        # Rendered as everywhere, with the one header that problems do not have.
        refusal: Response = await request.app.exception_handlers[Problem](request, problem)
        refusal.headers["Retry-After"] = str(problem.facts.get("retry_after_s", _RETRY_AFTER_S))
        return refusal


def tokens_out(tokens: Tokens) -> TokenOut:
    return TokenOut(
        access_token=tokens.access_token,
        expires_in=int(tokens.life.total_seconds()),
        refresh_token=tokens.refresh_token,
    )


async def _grant(request: Request, form: TokenForm, terms: TokenTerms) -> Tokens:
    database: Database = request.app.state.databases["community"]
    if form.grant_type == "refresh_token":
        async with database.transaction() as session:
            tokens = await refresh_session(session, _text(form.refresh_token), terms=terms)
        if tokens is None:
            raise RefreshRefused
        return tokens
    if form.grant_type == "client_credentials":
        feed_id, secret = _feed_of(request, form)
        async with database.transaction() as session:
            tokens = await log_feed_in(session, feed_id, secret, terms=terms)
        if tokens is None:
            raise FeedRefused
        return tokens
    return await commands.log_in(
        database,
        _find_email(form.username or ""),
        _text(form.password)[: PASSWORD_MAX_LENGTH + 1],
        code=form.code,
        origin=origin_of(request),
        terms=terms,
        limits=LogInLimits.of(request.app.state.settings),
        keys=request.app.state.settings.account_keys,
    )


def _feed_of(request: Request, form: TokenForm) -> tuple[UUID | None, str]:
    """RFC 6749, 2.3.1: most clients send Basic, some the form."""
    client_id, secret = form.client_id or "", _text(form.client_secret)
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        if scheme.lower() == "basic":
            client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
        return UUID(client_id), secret
    except ValueError:
        return None, secret


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _find_email(text: str) -> str | None:
    try:
        return _email.validate_python(text)
    except ValidationError:
        return None


def origin_of(request: Request, *, is_browser: bool = False) -> Origin:
    """The address is not kept with the session: it would reveal where people are."""
    return Origin(
        device=_device_of(request),
        address=request.client.host if request.client else "",
        route=f"{request.method} {route_template(request.scope)}",
        is_browser=is_browser,
        device_cookie=read_cookie(request, DEVICE),
    )


def _device_of(request: Request) -> str:
    """Return the device by which people recognise their own sessions."""
    user_agent = re.sub(r"[^ -~]", "", request.headers.get("user-agent", ""))
    return user_agent[:_DEVICE_MAX_LENGTH] or "unknown"


@router.get("/jwks.json", summary="List the public keys that verify tokens")
async def show_keys(session: Session) -> JwksOut:
    """The issuer's key set (RFC 7517); needs no token."""
    keys = await list_signing_keys(session)
    return JwksOut(keys=[key.public_jwk for key in keys])


@router.get("/revoked-sessions", summary="List the sessions whose tokens are revoked")
async def show_revoked_sessions(request: Request, session: Session) -> RevokedSessionsOut:
    """Each service in use asks for this list every two seconds; needs no token.

    A session's id is the claim `sid` of its tokens; it gives nobody any right.
    """
    settings: Settings = request.app.state.settings
    longest = timedelta(minutes=settings.auth_token_minutes, seconds=LEEWAY_S)
    # As long again, as the clocks of our processes may differ; and a session is revoked at the
    # instant at which a transaction began, which may have waited for a lock since.
    since = now_in(session) - 2 * longest - _LONGEST_TRANSACTION
    ids = await session_store.list_revoked_sessions(session, since=since)
    feeds = await feed_store.list_revoked_feeds(session, since=since)
    return RevokedSessionsOut(session_ids=sorted({*ids, *feeds}))
