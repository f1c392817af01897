"""Reading one plant of an operation, whatever the size of the operation."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId, Prm


class AllocatedDay(NamedTuple):
    production_wmin: int
    shared_wmin: int


async def map_allocated_days(
    session: AsyncSession, operation_id: OperationId, days: Sequence[date], producer: Prm
) -> Mapping[date, AllocatedDay]:
    """Those of the days that are allocated."""
    query = text("""
        SELECT day, metered_wmin, shared_wmin
        FROM unnest(CAST(:days AS date[])) AS wanted (day)
        JOIN point_day USING (day)
        WHERE operation_id = :operation_id AND prm = :prm AND direction = 'production'
            AND NOT EXISTS (
                SELECT FROM stale_day AS waiting
                WHERE waiting.operation_id = point_day.operation_id AND waiting.day = wanted.day
            )
    """)
    values = {"operation_id": operation_id, "days": list(days), "prm": producer}
    rows = await session.execute(query, values)
    return {row.day: AllocatedDay(row.metered_wmin, row.shared_wmin) for row in rows}


async def map_takers(
    session: AsyncSession, operation_id: OperationId, days: Sequence[date], producer: Prm
) -> Mapping[date, Collection[Prm]]:
    """Who got something of a producer on each of these days; of none, nobody."""
    query = text("""
        SELECT day, consumer
        FROM unnest(CAST(:days AS date[])) AS wanted (day)
        JOIN share_block USING (day)
        WHERE operation_id = :operation_id AND producer = :producer
    """)
    values = {"operation_id": operation_id, "days": list(days), "producer": producer}
    takers = defaultdict[date, set[Prm]](set, {day: set() for day in days})
    for day, consumer in await session.execute(query, values):
        takers[day].add(Prm(consumer))
    return takers
