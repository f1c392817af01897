"""Queries of accounts."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.auth.principals import Rights
from libs.common.database import lock_names
from libs.common.ids import OperationId
from services.community.domain.messages.messages import Language
from services.community.domain.problems import AccountUnknown
from services.community.tables import AccountRow, MemberRow


async def lock_start(session: AsyncSession) -> None:
    """Make processes of this service that start together take turns until they commit."""
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("community start"))))


async def save_account(session: AsyncSession, account: AccountRow) -> AccountRow:
    """Add the account, or replace all but the id of the one with its e-mail address."""
    names = ("password_hash", "roles", "operations", "member_id", "disabled")
    content = {name: getattr(account, name) for name in names}
    upsert = (
        insert(AccountRow)
        .values(id=account.id, email=account.email, **content)
        .on_conflict_do_update(index_elements=["email"], set_=content)
        .returning(AccountRow)
    )
    # Read the row anew, though the session may hold an earlier state.
    saved = await session.scalars(upsert.execution_options(populate_existing=True))
    return saved.one()


async def find_account(session: AsyncSession, email: str) -> AccountRow | None:
    return await session.scalar(select(AccountRow).where(AccountRow.email == email))


async def get_account(session: AsyncSession, email: str) -> AccountRow:
    """Raises AccountUnknown."""
    account = await find_account(session, email)
    if account is None:
        raise AccountUnknown
    return account


async def find_account_by_id(session: AsyncSession, account_id: UUID) -> AccountRow | None:
    return await session.get(AccountRow, account_id)


async def get_account_by_id(session: AsyncSession, account_id: UUID) -> AccountRow:
    """Raises AccountUnknown."""
    row = await find_account_by_id(session, account_id)
    if row is None:
        raise AccountUnknown(f"There is no account {account_id}.")
    return row


async def lock_account(session: AsyncSession, account_id: UUID) -> AccountRow | None:
    """Keep others from changing it, or logging in to it, until the end of the transaction."""
    return await session.get(
        AccountRow, account_id, with_for_update={"key_share": True}, populate_existing=True
    )


async def share_account(session: AsyncSession, account_id: UUID) -> AccountRow:
    """Read it anew; others may log in to it, but nobody changes it before the transaction ends."""
    query = select(AccountRow).where(AccountRow.id == account_id)
    return (await session.scalars(query.with_for_update(read=True))).one()


async def lock_address(session: AsyncSession, email: str) -> AccountRow | None:
    """Return the address's account, if any; nobody else makes or changes one before the end."""
    await lock_names(session, "account of an address", [email])
    query = select(AccountRow).where(AccountRow.email == email)
    return await session.scalar(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    )


async def has_account(session: AsyncSession, member_id: UUID) -> bool:
    """Return whether somebody logs in as the member."""
    query = select(AccountRow.id).where(
        AccountRow.member_id == member_id, AccountRow.disabled.is_(False)
    )
    return await session.scalar(query.limit(1)) is not None


async def has_staff(session: AsyncSession) -> bool:
    """Return whether somebody of the staff can log in."""
    query = select(AccountRow.id).where(
        AccountRow.includes(Rights.of_staff()), AccountRow.disabled.is_(False)
    )
    return await session.scalar(query.limit(1)) is not None


async def list_staff(session: AsyncSession) -> Sequence[AccountRow]:
    """Return the accounts that can log in, by address."""
    query = select(AccountRow).where(
        AccountRow.includes(Rights.of_staff()), AccountRow.disabled.is_(False)
    )
    return (await session.scalars(query.order_by(AccountRow.email))).all()


async def list_organisers_of(
    session: AsyncSession, operation_id: OperationId
) -> Sequence[AccountRow]:
    """Accounts with the operation in their scope, by address."""
    query = select(AccountRow).where(
        AccountRow.operations.contains([operation_id]), AccountRow.disabled.is_(False)
    )
    return (await session.scalars(query.order_by(AccountRow.email))).all()


class Desk(NamedTuple):
    """An account that runs an operation, and the language of letters to it."""

    account_id: UUID
    address: str
    language: Language


async def list_desks(session: AsyncSession, operation_id: OperationId) -> Sequence[Desk]:
    """List those that run the operation, or else staff's; the language is their member's."""
    runs = AccountRow.includes(Rights.of_organiser([operation_id]))
    rows = (await session.execute(_desks().where(runs))).all()
    if not rows:
        staff = AccountRow.includes(Rights.of_staff())
        rows = (await session.execute(_desks().where(staff))).all()
    return [Desk(account_id, email, language or "fr") for account_id, email, language in rows]


async def find_address(session: AsyncSession, account_id: UUID) -> tuple[str, Language] | None:
    """Return it with its language; None for a disabled account."""
    desk = (await session.execute(_desks().where(AccountRow.id == account_id))).one_or_none()
    return None if desk is None else (desk.email, desk.language or "fr")


def _desks() -> Select[UUID, str, Language | None]:
    return (
        select(AccountRow.id, AccountRow.email, MemberRow.language)
        .outerjoin(MemberRow, MemberRow.id == AccountRow.member_id)
        .where(AccountRow.disabled.is_(False))
        .order_by(AccountRow.email)
    )


async def list_emails(session: AsyncSession) -> Sequence[str]:
    """Return the addresses of all accounts, in order."""
    return (await session.scalars(select(AccountRow.email).order_by(AccountRow.email))).all()


async def list_accounts(
    session: AsyncSession, *, after: UUID | None, limit: int
) -> Sequence[AccountRow]:
    """Return a page in order of e-mail address. Raises AccountUnknown for an unknown ``after``."""
    query = select(AccountRow).order_by(AccountRow.email).limit(limit)
    if after is not None:
        # By id: addresses in a query would get into the logs of proxies.
        last = await get_account_by_id(session, after)
        query = query.where(AccountRow.email > last.email)
    return (await session.scalars(query)).all()
