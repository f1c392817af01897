"""Stale days, and the locks that make sure that no change in a day's inputs is missed.

A day depends on readings, a perimeter and a key. Whoever changes one of them marks the day; a
worker takes marks away, reads all three and writes shares, in one transaction.
- Readings against workers: the row lock of the mark. Marking is INSERT … ON CONFLICT DO UPDATE: it
  locks the existing mark, so it waits for a worker that is about to delete it and then inserts it
  again. DO NOTHING would accept the doomed mark, and the worker, which cannot see uncommitted
  readings yet, would allocate without them.
- Perimeters and keys against workers: the advisory lock of the operation, taken before anything
  is read or written, exclusive for changes and shared for workers. Otherwise a change of the
  perimeter while the first readings of a day are being committed would not see that day and not
  mark it, and a worker would still see the old perimeter.
- Workers against workers: SKIP LOCKED. A claimed mark stays locked until the worker commits, and
  nobody can insert it again before, so no two workers ever have the same day.

Workers wait for nobody: they skip locked marks, and operations that are being changed. So no circle
of waiting includes them. Others take operations, then marks, each in sorted order; two consumers
that each received a perimeter and readings of the other's operation in one batch can still
deadlock: PostgreSQL ends one of them, and its batch is applied again.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import lock_names, ring_after_commit
from libs.common.ids import OperationId

OperationDay = tuple[OperationId, date]

_CANDIDATES = 10
"""Marks of which one is taken: the others stay locked for as long."""


async def lock_operations(session: AsyncSession, operations: Collection[OperationId]) -> None:
    """Keep others from changing or allocating these operations until the transaction ends."""
    await lock_names(session, "allocation", operations)


async def try_lock_operation(session: AsyncSession, operation_id: OperationId) -> bool:
    """Like ``lock_operations``, but without waiting; return whether the lock was free."""
    lock = text("""
        SELECT pg_try_advisory_xact_lock(hashtext('allocation'), hashtext(:operation_id))
    """)
    is_locked: bool = (await session.execute(lock, {"operation_id": operation_id})).scalar_one()
    return is_locked


async def try_share_operation(session: AsyncSession, operation_id: OperationId) -> bool:
    """Keep others from changing an operation, as a worker does; return whether nobody changes it.

    Until the transaction ends.
    """
    return bool(await _try_lock_shared(session, [operation_id]))


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


async def mark_deposit_months(session: AsyncSession, operations: Collection[OperationId]) -> None:
    """Have it looked at what is to be deposited for the months to come of these operations."""
    if not operations:
        return
    ring_after_commit(session)
    mark = text("""
        INSERT INTO stale_deposit_months (operation_id)
        SELECT * FROM unnest(CAST(:operations AS text[]))
        ON CONFLICT (operation_id) DO UPDATE SET marked_at = now()
    """)
    await session.execute(mark, {"operations": sorted(operations)})


async def claim_deposit_months(session: AsyncSession) -> OperationId | None:
    """Take the mark of an operation with a perimeter that nobody changes; None if there is none.

    Until the end of the transaction, the operation does not change.
    """
    query = text("""
        SELECT operation_id FROM stale_deposit_months JOIN perimeter USING (operation_id)
        ORDER BY marked_at, operation_id
        LIMIT :candidates
        FOR UPDATE OF stale_deposit_months SKIP LOCKED
    """)
    marked = await session.scalars(query, {"candidates": _CANDIDATES})
    for operation_id in map(OperationId, marked):
        if await try_share_operation(session, operation_id):
            delete = text("DELETE FROM stale_deposit_months WHERE operation_id = :operation_id")
            await session.execute(delete, {"operation_id": operation_id})
            return operation_id
    return None


async def has_deposit_months(session: AsyncSession) -> bool:
    """Return whether an operation with a perimeter is marked, if only one that others change."""
    query = text("""
        SELECT EXISTS (SELECT FROM stale_deposit_months JOIN perimeter USING (operation_id))
    """)
    is_marked: bool = (await session.execute(query)).scalar_one()
    return is_marked


async def claim_stale_days(session: AsyncSession, limit: int) -> tuple[list[OperationDay], bool]:
    """Take marks of operations with a perimeter; return the days and whether there may be more.

    Until the end of the transaction, the operations of these days do not change.
    """
    candidates = await _lock_marks(session, limit)
    locked_operations = await _try_lock_shared(
        session, {operation_id for operation_id, _ in candidates}
    )
    claimed = [
        operation_day for operation_day in candidates if operation_day[0] in locked_operations
    ]
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
    """Return whether any marks can be taken, including those that another worker holds."""
    query = text("""
        SELECT EXISTS (
            SELECT FROM stale_day JOIN perimeter USING (operation_id)
        )
    """)
    has_any: bool = (await session.execute(query)).scalar_one()
    return has_any


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
    return {
        "operations": [operation_day[0] for operation_day in days],
        "days": [operation_day[1] for operation_day in days],
    }
