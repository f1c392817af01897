"""Counts by day of what senders ask for; an address is hashed with a key of its day."""

from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.tables import AddressKeyRow, RequestCountRow


async def get_address_key(session: AsyncSession, day: date) -> bytes:
    """Return the day's key for hashing addresses, of e-mail too; the first caller makes it."""
    await session.execute(insert(AddressKeyRow).values(day=day).on_conflict_do_nothing())
    query = select(AddressKeyRow.key).where(AddressKeyRow.day == day)
    return (await session.scalars(query)).one()


async def count_request(session: AsyncSession, day: date, sender: str) -> int:
    """Count one more of this sender; return the new count. Others wait until we commit."""
    adding = insert(RequestCountRow).values(day=day, sender=sender, count=1)
    counting = adding.on_conflict_do_update(
        index_elements=["day", "sender"], set_={"count": RequestCountRow.count + 1}
    )
    return (await session.scalars(counting.returning(RequestCountRow.count))).one()


async def uncount_request(session: AsyncSession, day: date, sender: str) -> None:
    """Take one back; nothing happens if the day's counts are deleted."""
    row = RequestCountRow
    is_sender = (row.day == day) & (row.sender == sender)
    # A count of zero has no row.
    await session.execute(delete(row).where(is_sender, row.count == 1))
    await session.execute(update(row).where(is_sender, row.count > 1).values(count=row.count - 1))


async def forget_counts(session: AsyncSession, *, before: date) -> None:
    await session.execute(delete(RequestCountRow).where(RequestCountRow.day < before))
