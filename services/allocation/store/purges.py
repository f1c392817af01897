"""Data that are too old to keep: found, deleted, and recorded by operation-month."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.clock import shared_now
from libs.common.ids import OperationId
from services.allocation.domain.days import DayStatus
from services.allocation.store.month_days import note_purged
from services.allocation.store.settlements.stale_settlements import OperationMonth
from services.allocation.store.stale import OperationDay
from services.allocation.tables import (
    DayStatusRow,
    DsoResultCurveRow,
    KeptReconciliationRow,
    PointDayRow,
    PurgeRow,
    ReadingBlockRow,
    ShareBlockRow,
    StaleDayRow,
    ToldDayRow,
)

_OfDays = (
    ReadingBlockRow
    | ShareBlockRow
    | PointDayRow
    | DsoResultCurveRow
    | StaleDayRow
    | DayStatusRow
    | ToldDayRow
)


async def list_old_months(session: AsyncSession, *, kept_from: date) -> list[OperationMonth]:
    """Return, for each operation with curves before the day, the month of the oldest."""
    # One look-up in an index per operation and table, however many blocks there are.
    query = text("""
        SELECT operation_id, min(old.day) AS day
        FROM perimeter CROSS JOIN LATERAL (
            (SELECT day FROM reading_block AS block
                WHERE block.operation_id = perimeter.operation_id AND day < :kept_from
                ORDER BY day LIMIT 1)
            UNION ALL
            (SELECT day FROM share_block AS block
                WHERE block.operation_id = perimeter.operation_id AND day < :kept_from
                ORDER BY day LIMIT 1)
            UNION ALL
            (SELECT day FROM dso_result_curve AS curve
                WHERE curve.operation_id = perimeter.operation_id AND day < :kept_from
                ORDER BY day LIMIT 1)
        ) AS old
        GROUP BY operation_id ORDER BY operation_id
    """)
    rows = await session.execute(query, {"kept_from": kept_from})
    return [(OperationId(row.operation_id), Month.of(row.day)) for row in rows]


async def purge_month(session: AsyncSession, operation_id: OperationId, month: Month) -> None:
    """Delete its curves and record the purge; the caller holds the lock of the operation.

    The status of each day stays, as purged; settlements keep their inputs.
    """
    readings = await _delete_days(session, ReadingBlockRow, operation_id, month)
    shares = await _delete_days(session, ShareBlockRow, operation_id, month)
    results = await _delete_days(session, DsoResultCurveRow, operation_id, month)
    await _delete_days(session, PointDayRow, operation_id, month)
    await _delete_days(session, StaleDayRow, operation_id, month)
    await _delete_days(session, ToldDayRow, operation_id, month)
    await session.execute(
        delete(KeptReconciliationRow).where(
            KeptReconciliationRow.operation_id == operation_id,
            KeptReconciliationRow.month == str(month),
        )
    )
    await _mark_purged(session, operation_id, month)
    adding = insert(PurgeRow).values(
        operation_id=operation_id,
        month=str(month),
        purged_at=shared_now(session),
        readings=readings,
        shares=shares,
        dso_results=results,
    )
    added = adding.excluded
    await session.execute(
        adding.on_conflict_do_update(
            index_elements=["operation_id", "month"],
            set_={
                "purged_at": added.purged_at,
                "readings": PurgeRow.readings + added.readings,
                "shares": PurgeRow.shares + added.shares,
                "dso_results": PurgeRow.dso_results + added.dso_results,
            },
        )
    )


async def _mark_purged(session: AsyncSession, operation_id: OperationId, month: Month) -> None:
    await session.execute(
        update(DayStatusRow)
        .where(*_in_month(DayStatusRow, operation_id, month))
        .values(
            status=DayStatus.PURGED,
            production_wmin=None,
            consumption_wmin=None,
            allocated_wmin=None,
            inputs_hash=None,
            missing=[],
            estimated=[],
            reconstructed=[],
            failure=None,
            key_missing_steps=0,
        )
        .execution_options(synchronize_session=False)
    )
    await note_purged(session, operation_id, month)


async def _delete_days(
    session: AsyncSession, table: type[_OfDays], operation_id: OperationId, month: Month
) -> int:
    deletion = (
        delete(table).where(*_in_month(table, operation_id, month)).returning(table.operation_id)
    )
    count = select(func.count()).select_from(deletion.cte("deleted"))
    return (await session.execute(count)).scalar_one()


def _in_month(
    table: type[_OfDays], operation_id: OperationId, month: Month
) -> list[ColumnElement[bool]]:
    return [
        table.operation_id == operation_id,
        table.day >= month.first_day,
        table.day < month.next_first_day,
    ]


async def list_purged(session: AsyncSession, days: Collection[OperationDay]) -> set[OperationDay]:
    """Return those of the days that belong to a purged month."""
    if not days:
        return set()
    query = select(PurgeRow.operation_id, PurgeRow.month).where(
        PurgeRow.operation_id.in_({operation_id for operation_id, _ in days})
    )
    months = {tuple(row) for row in await session.execute(query)}
    return {
        operation_day
        for operation_day in days
        if (operation_day[0], str(Month.of(operation_day[1]))) in months
    }


async def list_purges(
    session: AsyncSession, *, operation_id: OperationId | None, limit: int
) -> Sequence[PurgeRow]:
    """The latest first."""
    query = select(PurgeRow).order_by(
        PurgeRow.purged_at.desc(), PurgeRow.operation_id, PurgeRow.month
    )
    if operation_id is not None:
        query = query.where(PurgeRow.operation_id == operation_id)
    return (await session.execute(query.limit(limit))).scalars().all()
