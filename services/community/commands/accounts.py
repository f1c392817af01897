"""Change accounts and signing keys, and log in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth import Role
from libs.common.ids import OperationId
from services.community import store
from services.community.credentials import (
    check_password,
    hash_password,
    new_signing_key,
    sign_token,
)
from services.community.domain.problems import CredentialsRefused
from services.community.domain.registry import Jwk
from services.community.tables import AccountRow

_log = structlog.get_logger(__name__)


async def ensure_signing_key(session: AsyncSession) -> None:
    """Make a signing key if there is none; the processes of the service may race."""
    await store.lock_start(session)
    if not await store.list_signing_keys(session):
        await store.add_signing_key(session, new_signing_key(), created_at=datetime.now(UTC))


async def ensure_operator(session: AsyncSession, *, email: str, password: str) -> None:
    """Make this operator account if no operator can log in; the processes may race."""
    await store.lock_start(session)
    if not await store.has_account_with_role(session, Role.OPERATOR):
        await record_account(session, email.lower(), password=password, roles=[Role.OPERATOR])


async def record_account(
    session: AsyncSession,
    email: str,
    *,
    password: str,
    roles: Sequence[Role],
    operations: Sequence[OperationId] = (),
    member_id: UUID | None = None,
    disabled: bool = False,
) -> AccountRow:
    """Give this lower-case e-mail address an account with exactly these rights.

    Raises MemberUnknown.
    """
    if member_id is not None:
        await store.check_members_exist(session, [member_id])
    account = AccountRow(
        id=uuid4(),
        email=email,
        password_hash=await hash_password(password),
        roles=sorted(set(roles)),
        operations=sorted(set(operations)),
        member_id=member_id,
        disabled=disabled,
    )
    return await store.save_account(session, account)


async def log_in(
    account: AccountRow | None,
    signing_key: Jwk,
    *,
    password: str,
    issuer: str,
    audience: str,
    life: timedelta,
) -> str:
    """An access token for the account; None stands for one that does not exist.

    It wants no session: none may be held while a password is hashed, or a flood of log-ins would
    leave the others without a connection.
    Raises CredentialsRefused, the same and as slowly whatever was wrong; TooManyLogIns.
    """
    fits = await check_password(password, account.password_hash if account else None)
    if account is None or not fits or account.disabled:
        _log.warning("log-in refused", account_id=str(account.id) if account else None)
        raise CredentialsRefused("No account has this e-mail address and this password.")
    return sign_token(
        signing_key,
        issuer=issuer,
        audience=audience,
        now=datetime.now(UTC),
        life=life,
        account_id=account.id,
        roles=account.roles,
        operations=account.operations,
        member_id=account.member_id,
    )
