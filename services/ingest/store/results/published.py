"""The results of the DSO that were published to an operation, with their number of times."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.ingest.tables import PublishedResultDayRow, PublishedResultMonthRow


async def count_day(session: AsyncSession, operation_id: OperationId, day: date) -> int:
    """Return the number of the next event of an operation and day."""
    row = PublishedResultDayRow
    counted = insert(row).values(operation_id=operation_id, day=day, revision=1)
    counted = counted.on_conflict_do_update(
        index_elements=["operation_id", "day"], set_={"revision": row.revision + 1}
    )
    revision: int = (await session.execute(counted.returning(row.revision))).scalar_one()
    return revision


async def count_month(session: AsyncSession, operation_id: OperationId, month: str) -> int:
    """Return the number of the next event of an operation and month."""
    row = PublishedResultMonthRow
    counted = insert(row).values(operation_id=operation_id, month=month, revision=1)
    counted = counted.on_conflict_do_update(
        index_elements=["operation_id", "month"], set_={"revision": row.revision + 1}
    )
    revision: int = (await session.execute(counted.returning(row.revision))).scalar_one()
    return revision


async def list_given_days(
    session: AsyncSession, operations: Collection[OperationId]
) -> set[tuple[OperationId, date]]:
    row = PublishedResultDayRow
    query = select(row.operation_id, row.day).where(row.operation_id.in_(operations))
    return {(row_values[0], row_values[1]) for row_values in await session.execute(query)}


async def list_given_months(
    session: AsyncSession, operations: Collection[OperationId]
) -> set[tuple[OperationId, str]]:
    row = PublishedResultMonthRow
    query = select(row.operation_id, row.month).where(row.operation_id.in_(operations))
    return {(row_values[0], row_values[1]) for row_values in await session.execute(query)}


async def map_day_revisions(
    session: AsyncSession, operation_id: OperationId, month: Month
) -> dict[date, int]:
    """Return how many events were published about each day of the month that has any."""
    row = PublishedResultDayRow
    query = select(row.day, row.revision).where(
        row.operation_id == operation_id, row.day.between(month.days[0], month.days[-1])
    )
    return {row_values[0]: row_values[1] for row_values in await session.execute(query)}
