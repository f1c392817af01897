"""Queries of failed log-ins."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.community.domain.accounts.log_ins import NOT_PAUSED, Failures
from services.community.tables import AddressKeyRow, LogInFailureRow


async def lock_failures(
    session: AsyncSession, keys: Sequence[str], *, now: datetime
) -> dict[str, Failures]:
    """Return failures by key, none yet for new keys.

    Locked in order, so that there are no deadlocks.
    """
    ordered = sorted(keys)
    no_failures = {"count": 0, "last_at": now, "paused_until": NOT_PAUSED}
    rows = [{"key": key, **no_failures} for key in ordered]
    await session.execute(insert(LogInFailureRow).on_conflict_do_nothing(), rows)
    row = LogInFailureRow
    query = select(row.key, row.count, row.last_at, row.paused_until).where(row.key.in_(ordered))
    failure_rows = await session.execute(query.order_by(row.key).with_for_update())
    return _by_key(failure_rows)


async def save_failures(session: AsyncSession, key: str, failures: Failures) -> None:
    content = {
        "count": failures.count,
        "last_at": failures.last_at,
        "paused_until": failures.paused_until,
    }
    upsert = insert(LogInFailureRow).values(key=key, **content)
    await session.execute(upsert.on_conflict_do_update(index_elements=["key"], set_=content))


async def delete_failures(session: AsyncSession, key: str) -> bool:
    """Return whether there were any."""
    deletion = delete(LogInFailureRow).where(LogInFailureRow.key == key)
    return await session.scalar(deletion.returning(LogInFailureRow.key)) is not None


async def list_paused(session: AsyncSession, *, now: datetime) -> dict[str, Failures]:
    """Return paused accounts and addresses, by key."""
    row = LogInFailureRow
    query = select(row.key, row.count, row.last_at, row.paused_until).where(row.paused_until > now)
    return _by_key(await session.execute(query))


async def delete_old_failures(session: AsyncSession, *, before: datetime, day: date) -> None:
    """Delete also the keys with which addresses were hashed before that day."""
    await session.execute(delete(LogInFailureRow).where(LogInFailureRow.last_at < before))
    await session.execute(delete(AddressKeyRow).where(AddressKeyRow.day < day))


def _by_key(rows: Iterable[Row[str, int, datetime, datetime]]) -> dict[str, Failures]:
    return {
        key: Failures(count, last_at, paused_until) for key, count, last_at, paused_until in rows
    }
