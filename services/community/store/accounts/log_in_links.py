"""Queries of links that log in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.messages.messages import Language, MessageKind
from services.community.store.accounts.accounts import lock_account
from services.community.tables import (
    AccountRow,
    LogInLinkRow,
    MemberRow,
    MessageRecipientRow,
    MessageRow,
)

_row = LogInLinkRow


async def count_links(session: AsyncSession, account_id: UUID, *, now: datetime) -> int:
    """Count those not used and not expired."""
    query = select(func.count()).where(_row.account_id == account_id, _row.expires_at > now)
    return await session.scalar(query) or 0


async def count_letters(session: AsyncSession, *, since: datetime, to: str | None = None) -> int:
    """Count letters with such a link, to an address or to all; a used link itself is deleted."""
    query = select(func.count()).where(
        MessageRow.kind == MessageKind.LOG_IN_LINK, MessageRow.asked_at > since
    )
    if to is not None:
        query = query.join_from(MessageRow, MessageRecipientRow).where(
            MessageRecipientRow.address == to
        )
    return await session.scalar(query) or 0


async def add_link(session: AsyncSession, row: LogInLinkRow) -> None:
    session.add(row)
    await session.flush()


async def find_account_of_link(session: AsyncSession, sha256: str, *, now: datetime) -> UUID | None:
    query = select(_row.account_id).where(_row.secret_sha256 == sha256, _row.expires_at > now)
    return await session.scalar(query)


async def lock_account_of_link(
    session: AsyncSession, sha256: str, *, now: datetime
) -> AccountRow | None:
    """Lock its account; concurrent uses of the account's links find none afterwards.

    The account is locked before its links: deleting them all follows the same order.
    """
    account_id = await find_account_of_link(session, sha256, now=now)
    if account_id is None:
        return None
    account = await lock_account(session, account_id)
    current_id = await find_account_of_link(session, sha256, now=now)
    return None if current_id is None else account


async def delete_links(session: AsyncSession, account_id: UUID) -> None:
    await session.execute(delete(_row).where(_row.account_id == account_id))


async def delete_expired_links(session: AsyncSession, *, now: datetime, limit: int) -> int:
    expired = select(_row.secret_sha256).where(_row.expires_at <= now).limit(limit)
    deleted: Sequence[str] = (
        await session.scalars(
            delete(_row).where(_row.secret_sha256.in_(expired)).returning(_row.secret_sha256)
        )
    ).all()
    return len(deleted)


async def find_language(session: AsyncSession, account: AccountRow) -> Language:
    """Return the language of the member who logs in by it; French without a member."""
    if account.member_id is None:
        return "fr"
    return (await session.get_one(MemberRow, account.member_id)).language
