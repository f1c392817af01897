"""Routes for logging in, and for the accounts that may."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import OAuth2PasswordRequestForm
from pydantic import TypeAdapter, ValidationError

from libs.common.auth import TokenFirstRoute
from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.http import problems
from libs.common.settings import Settings
from services.community import commands, store
from services.community.api.dependencies import (
    ACCESS,
    AfterId,
    Anybody,
    Limit,
    Operator,
    Session,
)
from services.community.credentials import public_jwk
from services.community.domain.problems import (
    AccountUnknown,
    CredentialsRefused,
    LoginElsewhere,
    MemberUnknown,
    TooManyLogIns,
)
from services.community.domain.registry import Jwk
from services.community.schemas import (
    PASSWORD_MAX_LENGTH,
    AccountIn,
    AccountOut,
    EmailField,
    JwksOut,
    MeOut,
    TokenOut,
)
from services.community.tables import AccountRow

router = APIRouter(route_class=TokenFirstRoute)
_RETRY_AFTER_S = 2
_email: TypeAdapter[str] = TypeAdapter(EmailField)


@router.post(
    "/token",
    summary="Log in",
    response_model=TokenOut,
    responses=problems(CredentialsRefused, LoginElsewhere, TooManyLogIns),
)
async def log_in(
    request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()]
) -> TokenOut | Response:
    """Give an access token for an e-mail address (`username`) and a password; needs no token.

    Send the token as `Authorization: Bearer …`. It lives for `expires_in` seconds and keeps the
    rights that the account had when it was made. `login-elsewhere` names the issuer that gives
    the tokens where the co-op uses its own. `too-many-log-ins` says in `Retry-After` when to try
    again, in seconds.
    """
    settings: Settings = request.app.state.settings
    if settings.auth_issuer:
        issuer = settings.auth_issuer
        raise LoginElsewhere(f"Get a token from {issuer}.", issuer=issuer)
    life = timedelta(minutes=settings.auth_token_minutes)
    account, signing_key = await _load(request, _find_email(form.username))
    try:
        token = await commands.log_in(
            account,
            signing_key,
            password=form.password[: PASSWORD_MAX_LENGTH + 1],
            issuer=settings.issuer,
            audience=settings.auth_audience,
            life=life,
        )
    except TooManyLogIns as problem:
        # Rendered as everywhere, with the one header that problems do not have.
        refusal: Response = await request.app.exception_handlers[Problem](request, problem)
        refusal.headers["Retry-After"] = str(_RETRY_AFTER_S)
        return refusal
    return TokenOut(access_token=token, expires_in=int(life.total_seconds()))


async def _load(request: Request, email: str | None) -> tuple[AccountRow | None, Jwk]:
    """The account, if there is one, and the key that signs, in a transaction that ends here."""
    database: Database = request.app.state.databases["community"]
    async with database.transaction() as session:
        account = await store.find_account(session, email) if email else None
        newest, *_ = await store.list_signing_keys(session)
    return account, newest


def _find_email(text: str) -> str | None:
    try:
        return _email.validate_python(text)
    except ValidationError:
        return None


@router.get("/jwks.json", summary="Public keys that verify tokens")
async def show_keys(session: Session) -> JwksOut:
    """The issuer's key set (RFC 7517); needs no token."""
    keys = await store.list_signing_keys(session)
    return JwksOut(keys=[public_jwk(one) for one in keys])


@router.get("/me", summary="Who am I?", responses=problems(*ACCESS))
async def show_me(caller: Anybody) -> MeOut:
    """The caller, as the token says; any role."""
    return MeOut(
        subject=caller.subject,
        roles=sorted(caller.roles),
        operations=sorted(caller.operations),
        member_id=caller.member_id,
    )


@router.put(
    "/accounts/{email}",
    summary="Create or replace an account",
    response_model=AccountOut,
    responses=problems(*ACCESS, MemberUnknown),
)
async def put_account(
    _caller: Operator, email: EmailField, body: AccountIn, session: Session
) -> AccountRow:
    """Set the password and the rights of an account; operators only.

    An organiser needs `operations`, a member needs an existing `member_id`. The password is never
    shown again. Tokens already given keep their rights until they expire.
    """
    return await commands.record_account(
        session,
        email,
        password=body.password.get_secret_value(),
        roles=body.roles,
        operations=body.operations,
        member_id=body.member_id,
        disabled=body.disabled,
    )


@router.get(
    "/accounts",
    summary="List accounts",
    response_model=list[AccountOut],
    responses=problems(*ACCESS, AccountUnknown),
)
async def list_accounts(
    _caller: Operator, session: Session, after: AfterId = None, limit: Limit = 100
) -> Sequence[AccountRow]:
    """All accounts in order of e-mail address, without passwords; operators only."""
    return await store.list_accounts(session, after=after, limit=limit)
