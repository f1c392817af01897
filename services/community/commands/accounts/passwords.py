"""Change the password of an account, for who has it."""

from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.clock import now_in
from libs.common.database import Database
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.logs import audit
from services.community.commands.accounts.known_devices import find_known_device
from services.community.commands.accounts.log_ins import (
    LogInLimits,
    count_attempt,
    forgive,
    forgive_account,
)
from services.community.commands.accounts.notices import notify_account
from services.community.commands.accounts.sessions import Origin
from services.community.credentials import check_password, hash_password
from services.community.domain.accounts.passwords import check_password_is_hard
from services.community.domain.messages.messages import MessageKind
from services.community.domain.problems import AccountUnknown, PasswordWrong
from services.community.store.accounts import accounts as account_store
from services.community.store.accounts import sessions as session_store
from services.community.store.accounts.log_in_links import delete_links
from services.community.store.calendars import delete_feeds
from services.community.store.members import registry
from services.community.tables import AccountRow

_log = structlog.get_logger(__name__)


async def change_password(
    database: Database,
    account_id: UUID,
    *,
    session_id: UUID | None,
    password: str,
    new_password: str,
    origin: Origin,
    limits: LogInLimits,
    keys: SecretKeys | None,
) -> None:
    """Set the new one if the old one fits; other sessions, links and calendar feeds end.

    session_id: the one that stays, if any.
    A wrong old password counts as a failed log-in: a stolen session is no way round the pause. As
    in log-ins, no connection is held while passwords are hashed. Raises AccountUnknown,
    PasswordEasy, PasswordWrong, TooManyLogIns, LogInPaused.
    """
    async with database.transaction() as session:
        account = await account_store.get_account_by_id(session, account_id)
        await check_new_password(session, new_password, account.email, account.member_id)
        device = find_known_device(origin.device_cookie, account_id, now=now_in(session), keys=keys)
        attempt = await count_attempt(session, account.email, origin.address, limits, device=device)
    if await check_password(password, account.password_hash):
        password_hash = await hash_password(new_password)
        async with database.transaction() as session:
            row = await account_store.lock_account(session, account_id)
            if row is None:
                raise AccountUnknown
            await audit.name_author(
                session, subject=str(row.id), roles=row.roles, route=origin.route
            )
            # The account may have been changed while the passwords were hashed.
            if row.password_hash == account.password_hash and not row.disabled:
                await forgive(session, attempt)
                await replace_password(session, row, password_hash, kept=session_id)
                return
    attempt.check()
    _log.warning("change of password refused", account_id=str(account_id))
    raise PasswordWrong


async def check_new_password(
    session: AsyncSession, password: str, email: str, member_id: UUID | None
) -> None:
    """Check it for an account of this address and, if it belongs to one, this member.

    Raises PasswordEasy.
    """
    member = await registry.get_member(session, member_id) if member_id else None
    check_password_is_hard(password, about=[email, *([member.name] if member else [])])


async def replace_password(
    session: AsyncSession, account: AccountRow, password_hash: str, *, kept: UUID | None = None
) -> None:
    """Set it, end all sessions but the kept one, and notify the account's address.

    Whoever has the session and the password, or the mailbox, may be a thief.
    """
    account.password_hash = password_hash
    await session_store.revoke_sessions(session, account.id, kept=kept)
    await delete_links(session, account.id)
    await delete_feeds(session, account.id)
    await notify_account(session, account, MessageKind.PASSWORD_CHANGED)


async def give_password(database: Database, email: str, password: str) -> None:
    """Set it on behalf of whoever runs the machine and its database; repeating it changes nothing.

    Raises AccountUnknown, PasswordEasy, TooManyLogIns.
    """
    async with database.transaction() as session:
        account = await account_store.get_account(session, email)
        await check_new_password(session, password, email, account.member_id)
    if await check_password(password, account.password_hash):
        return
    password_hash = await hash_password(password)
    async with database.transaction() as session:
        row = await account_store.lock_account(session, account.id)
        if row is None:
            raise AccountUnknown
        await forgive_account(session, email)
        await replace_password(session, row, password_hash)
