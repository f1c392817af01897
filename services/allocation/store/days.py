"""The outcome of each day: its status, the totals of its points, its shares."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database import copy_rows
from libs.common.ids import Direction, OperationId
from services.allocation.domain.days import DayResult, DayStatus, Gap, MonthDay, no_readings
from services.allocation.domain.perimeter import Perimeter
from services.allocation.store.month_days import note_statuses
from services.allocation.store.stale import OperationDay, list_stale_days
from services.allocation.tables import DayStatusRow

_gaps = TypeAdapter(list[Gap])


async def list_month_days(
    session: AsyncSession, perimeter: Perimeter, month: Month
) -> list[MonthDay]:
    """Every day of the month on which at least one point takes part."""
    stale = set(await list_stale_days(session, perimeter.operation_id, month))
    rows = await session.scalars(
        select(DayStatusRow).where(
            DayStatusRow.operation_id == perimeter.operation_id,
            DayStatusRow.day.between(month.days[0], month.days[-1]),
        )
    )
    rows_by_day = {row.day: row for row in rows}
    return [
        _month_day(perimeter, day, rows_by_day.get(day), waiting=day in stale)
        for day in month.days
        if perimeter.participants_on(day)
    ]


def _month_day(
    perimeter: Perimeter, day: date, row: DayStatusRow | None, *, waiting: bool
) -> MonthDay:
    if row is None:
        return MonthDay(day, DayStatus.WAITING) if waiting else no_readings(perimeter, day)
    return MonthDay(
        day=day,
        status=DayStatus.WAITING if waiting else DayStatus(row.status),
        revision=row.revision,
        production_wmin=row.production_wmin,
        consumption_wmin=row.consumption_wmin,
        allocated_wmin=row.allocated_wmin,
        missing=_gaps.validate_python(row.missing),
        estimated=_gaps.validate_python(row.estimated),
        reconstructed=_gaps.validate_python(row.reconstructed),
        failure=row.failure,
        key_missing_steps=row.key_missing_steps,
    )


async def list_known_days(
    session: AsyncSession, days: Collection[OperationDay]
) -> dict[OperationDay, tuple[int, str | None]]:
    """Return revision and inputs_hash of those of the days that have been decided before."""
    query = select(
        DayStatusRow.operation_id, DayStatusRow.day, DayStatusRow.revision, DayStatusRow.inputs_hash
    ).where(tuple_(DayStatusRow.operation_id, DayStatusRow.day).in_(days))
    return {
        (OperationId(operation_id), day): (revision, inputs_hash)
        for operation_id, day, revision, inputs_hash in await session.execute(query)
    }


async def list_looked_at(
    session: AsyncSession, operation_id: OperationId, first: date, end: date
) -> set[date]:
    """Return the days of ``[first, end)`` that have been decided, or will be in a moment."""
    query = text("""
        SELECT day FROM day_status
        WHERE operation_id = :operation_id AND day >= :first AND day < :end
        UNION
        SELECT day FROM stale_day
        WHERE operation_id = :operation_id AND day >= :first AND day < :end
    """)
    values = {"operation_id": operation_id, "first": first, "end": end}
    return set((await session.execute(query, values)).scalars())


async def save_days(
    session: AsyncSession, results: Sequence[DayResult], revisions: Mapping[OperationDay, int]
) -> None:
    """Replace everything stored for these days; the caller has claimed them."""
    if not results:
        return
    await _remove(session, "share_block", results)
    await _remove(session, "point_day", results)
    await copy_rows(
        session,
        "share_block",
        columns=(
            "operation_id",
            "day",
            "producer",
            "consumer",
            "step_min",
            "energy_wmin",
            "day_wmin",
        ),
        rows=_share_rows(results),
    )
    await copy_rows(
        session,
        "point_day",
        columns=("operation_id", "day", "prm", "direction", "metered_wmin", "shared_wmin"),
        rows=_point_rows(results),
    )
    await _save_status(session, results, revisions)


async def _remove(session: AsyncSession, table: str, results: Sequence[DayResult]) -> None:
    # Not "(operation_id, day) IN (…)": this plan is one index look-up per day at any table size.
    remove = text(f"""
        DELETE FROM {table}
        USING unnest(CAST(:operations AS text[]), CAST(:days AS date[])) AS old (operation_id, day)
        WHERE {table}.operation_id = old.operation_id AND {table}.day = old.day
    """)  # noqa: S608 - the name is one of two literals
    values = {
        "operations": [result.operation_id for result in results],
        "days": [result.day for result in results],
    }
    await session.execute(remove, values)


def _share_rows(results: Sequence[DayResult]) -> Iterable[tuple[object, ...]]:
    for result in results:
        for share in result.shares:
            yield (
                result.operation_id,
                result.day,
                share.producer,
                share.consumer,
                result.step_min,
                share.energy_wmin.tolist(),
                share.day_wmin,
            )


def _point_rows(results: Sequence[DayResult]) -> Iterable[tuple[object, ...]]:
    for result in results:
        for point in result.points:
            yield (
                result.operation_id,
                result.day,
                point.prm,
                point.direction,
                point.metered_wmin,
                point.shared_wmin,
            )


async def _save_status(
    session: AsyncSession, results: Sequence[DayResult], revisions: Mapping[OperationDay, int]
) -> None:
    rows = [
        _status_values(result, revisions[result.operation_id, result.day]) for result in results
    ]
    key = ("operation_id", "day")
    statement = insert(DayStatusRow)
    replaced = {name: statement.excluded[name] for name in rows[0] if name not in key}
    statement = statement.on_conflict_do_update(index_elements=key, set_=replaced)
    await session.execute(statement, rows)
    await note_statuses(
        session, ((result.operation_id, result.day, result.status) for result in results)
    )


def _status_values(result: DayResult, revision: int) -> dict[str, object]:
    is_allocated = result.status == DayStatus.ALLOCATED
    return {
        "operation_id": result.operation_id,
        "day": result.day,
        "status": result.status,
        "revision": revision,
        "inputs_hash": result.inputs_hash,
        "production_wmin": result.metered_wmin(Direction.PRODUCTION) if is_allocated else None,
        "consumption_wmin": result.metered_wmin(Direction.CONSUMPTION) if is_allocated else None,
        "allocated_wmin": result.allocated_wmin if is_allocated else None,
        "missing": [asdict(gap) for gap in result.missing],
        "estimated": [asdict(gap) for gap in result.estimated],
        "reconstructed": [asdict(gap) for gap in result.reconstructed],
        "failure": result.failure,
        "key_missing_steps": result.key_missing_steps,
    }
