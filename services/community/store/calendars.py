"""Queries of calendar feeds."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.calendars import CalendarFeedUnknown
from services.community.tables import AccountRow, CalendarFeedRow, MemberRow


async def count_feeds(session: AsyncSession, account_id: UUID) -> int:
    query = select(func.count()).where(CalendarFeedRow.account_id == account_id)
    return await session.scalar(query) or 0


async def add_feed(session: AsyncSession, feed: CalendarFeedRow) -> None:
    session.add(feed)
    await session.flush()


async def list_feeds(session: AsyncSession, account_id: UUID) -> Sequence[CalendarFeedRow]:
    """List the oldest first."""
    query = select(CalendarFeedRow).where(CalendarFeedRow.account_id == account_id)
    ordered = query.order_by(CalendarFeedRow.created_at, CalendarFeedRow.id)
    return (await session.scalars(ordered)).all()


async def delete_feed(session: AsyncSession, account_id: UUID, feed_id: UUID) -> None:
    """Raises CalendarFeedUnknown."""
    revoked = await session.scalar(
        delete(CalendarFeedRow)
        .where(CalendarFeedRow.id == feed_id, CalendarFeedRow.account_id == account_id)
        .returning(CalendarFeedRow.id)
    )
    if revoked is None:
        raise CalendarFeedUnknown(f"You have no calendar feed {feed_id}.")


async def delete_feeds(session: AsyncSession, account_id: UUID) -> None:
    await session.execute(delete(CalendarFeedRow).where(CalendarFeedRow.account_id == account_id))


async def find_feed(
    session: AsyncSession, secret_sha256: str
) -> tuple[CalendarFeedRow, AccountRow, str | None] | None:
    """Return the feed with this secret, its account if it may log in, and the member's language."""
    query = (
        select(CalendarFeedRow, AccountRow, MemberRow.language)
        .join(AccountRow, AccountRow.id == CalendarFeedRow.account_id)
        .outerjoin(MemberRow, MemberRow.id == AccountRow.member_id)
        .where(CalendarFeedRow.secret_sha256 == secret_sha256, AccountRow.disabled.is_(False))
    )
    row = (await session.execute(query)).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def note_use(session: AsyncSession, feed: CalendarFeedRow, *, on: date) -> None:
    """Note it once a day: programs ask every few minutes."""
    if feed.last_used_on != on:
        feed.last_used_on = on
        await session.flush()
