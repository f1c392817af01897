"""Stale days, and the locks that make sure that no change of what a day depends on is missed.

A day depends on readings, a perimeter and a key. Whoever changes one of them marks the day; a
worker takes marks away, reads all three and writes shares, in one transaction.

- Readings against workers: the row lock of the mark. Marking is INSERT … ON CONFLICT DO UPDATE: it
  locks the mark that is there already, so it waits for a worker that is about to delete it and
  then inserts it anew. DO NOTHING would be content with the doomed mark, and the worker, which
  cannot see readings that are not committed yet, would allocate without them.
- Perimeters and keys against workers: the advisory lock of the operation, taken before anything
  is read or written, exclusive by those who change and shared by workers. Otherwise one who changes
  the perimeter while the first readings of a day are being committed would not see that day and
  not mark it, and a worker would still see the perimeter as it was.
- Workers against workers: SKIP LOCKED. A mark that one has taken stays locked until it commits, and
  nobody can insert it again before, so no two workers ever have the same day.

Workers wait for nobody: they skip marks that are locked, and operations that are being changed.
So no circle of waiting goes through them. Others take operations, then marks, each in sorted order;
two consumers that each got a perimeter and readings of the other's operation in one batch can still
meet: PostgreSQL ends one of them, and its batch is applied again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import lock_names, ring_after_commit
from libs.common.ids import OperationId

OperationDay = tuple[OperationId, date]


async def lock_operations(session: AsyncSession, operations: Collection[OperationId]) -> None:
    """Until the end of the transaction, nobody else changes or allocates these operations."""
    await lock_names(session, "allocation", operations)


async def try_lock_operation(session: AsyncSession, operation_id: OperationId) -> bool:
    """Like ``lock_operations``, but wait for nobody; return whether the lock was free."""
    lock = text("""
        SELECT pg_try_advisory_xact_lock(hashtext('allocation'), hashtext(:operation_id))
    """)
    locked: bool = (await session.execute(lock, {"operation_id": operation_id})).scalar_one()
    return locked


async def mark_stale(session: AsyncSession, days: Iterable[OperationDay]) -> None:
    """Have these days allocated; the one marked longest ago comes first."""
    ordered = sorted(set(days))
    if not ordered:
        return
    ring_after_commit(session)
    mark = text("""
        INSERT INTO stale_day (operation_id, day)
        SELECT * FROM unnest(CAST(:operations AS text[]), CAST(:days AS date[]))
        ON CONFLICT (operation_id, day) DO UPDATE SET marked_at = now()
    """)
    await session.execute(mark, _columns(ordered))


async def claim_stale_days(session: AsyncSession, limit: int) -> tuple[list[OperationDay], bool]:
    """Take marks away, of operations with a perimeter; return the days and if there may be more.

    Until the end of the transaction, the operations of these days do not change.
    """
    candidates = await _lock_marks(session, limit)
    unchanging = await _try_lock_shared(session, {operation_id for operation_id, _ in candidates})
    claimed = [one for one in candidates if one[0] in unchanging]
    take = text("""
        DELETE FROM stale_day
        USING unnest(CAST(:operations AS text[]), CAST(:days AS date[]))
            AS taken (operation_id, day)
        WHERE stale_day.operation_id = taken.operation_id AND stale_day.day = taken.day
    """)
    if claimed:
        ring_after_commit(session)  # their months may be settled anew now
        await session.execute(take, _columns(claimed))
    return claimed, bool(claimed) and len(candidates) == limit


async def has_marks(session: AsyncSession) -> bool:
    """Whether any can be taken away, by who has it in hand too."""
    query = text("""
        SELECT EXISTS (
            SELECT FROM stale_day JOIN perimeter USING (operation_id)
        )
    """)
    found: bool = (await session.execute(query)).scalar_one()
    return found


async def _lock_marks(session: AsyncSession, limit: int) -> list[OperationDay]:
    query = text("""
        SELECT operation_id, day FROM stale_day
        WHERE EXISTS (SELECT FROM perimeter WHERE perimeter.operation_id = stale_day.operation_id)
        ORDER BY marked_at, operation_id, day
        LIMIT :limit
        FOR UPDATE SKIP LOCKED
    """)
    rows = await session.execute(query, {"limit": limit})
    return [(OperationId(row.operation_id), row.day) for row in rows]


async def _try_lock_shared(
    session: AsyncSession, operations: Collection[OperationId]
) -> set[OperationId]:
    query = text("""
        SELECT operation_id FROM unnest(CAST(:operations AS text[])) AS operation_id
        WHERE pg_try_advisory_xact_lock_shared(hashtext('allocation'), hashtext(operation_id))
    """)
    rows = await session.execute(query, {"operations": sorted(operations)})
    return {OperationId(operation_id) for operation_id in rows.scalars()}


async def list_stale_days(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> list[date]:
    query = text("""
        SELECT day FROM stale_day
        WHERE operation_id = :operation_id AND day BETWEEN :first AND :last
        ORDER BY day
    """)
    days = month.days
    values = {"operation_id": operation_id, "first": days[0], "last": days[-1]}
    return list((await session.execute(query, values)).scalars())


def _columns(days: Sequence[OperationDay]) -> dict[str, object]:
    return {"operations": [one[0] for one in days], "days": [one[1] for one in days]}
