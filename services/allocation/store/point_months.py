"""Reading one point of an operation, whatever its size: look-ups by whole keys."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

import numpy as np
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.months.point_months import GroupMonth

Blocks: TypeAlias = Mapping[tuple[date, Prm], Sequence[Block]]
"""The readings of points, on one side of an operation."""


class LastSettlement(NamedTuple):
    number: int
    status: str


class AllocatedDay(NamedTuple):
    """Energy that a point used or made, and the part of it that was shared."""

    metered_wmin: int
    shared_wmin: int


async def list_blocks(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    prms: Sequence[Prm],
    direction: Direction,
) -> Blocks:
    """Return the readings of these points on these days."""
    query = text("""
        SELECT day, prm, step_min, power_w, estimated_steps
        FROM unnest(CAST(:days AS date[])) AS wanted_day (day)
        CROSS JOIN unnest(CAST(:prms AS text[])) AS wanted_point (prm)
        JOIN reading_block USING (day, prm)
        WHERE operation_id = :operation_id AND direction = :direction
    """)
    values = {
        "operation_id": operation_id,
        "days": list(days),
        "prms": list(prms),
        "direction": direction,
    }
    blocks = defaultdict[tuple[date, Prm], list[Block]](list)
    for row in await session.execute(query, values):
        block = Block(row.step_min, row.power_w, row.estimated_steps)
        blocks[row.day, Prm(row.prm)].append(block)
    return blocks


async def list_taken(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    producers: Sequence[Prm],
    consumer: Prm,
) -> Mapping[date, dict[Prm, IntArray]]:
    """Return a consumer's shares from these producers, in watt-minutes by step, if any."""
    query = text("""
        SELECT day, producer, energy_wmin
        FROM unnest(CAST(:days AS date[])) AS wanted_day (day)
        CROSS JOIN unnest(CAST(:producers AS text[])) AS wanted_producer (producer)
        JOIN share_block USING (day, producer)
        WHERE operation_id = :operation_id AND consumer = :consumer
        ORDER BY day, producer
    """)
    values = {
        "operation_id": operation_id,
        "days": list(days),
        "producers": list(producers),
        "consumer": consumer,
    }
    taken_wmin = defaultdict[date, dict[Prm, IntArray]](dict)
    for row in await session.execute(query, values):
        taken_wmin[row.day][Prm(row.producer)] = np.array(row.energy_wmin, dtype=np.int64)
    return taken_wmin


async def map_takers(
    session: AsyncSession, operation_id: OperationId, days: Sequence[date], producer: Prm
) -> Mapping[date, Collection[Prm]]:
    """Return the consumers that received energy from a producer on each of these days."""
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


async def map_allocated_days(
    session: AsyncSession,
    operation_id: OperationId,
    days: Sequence[date],
    prm: Prm,
    direction: Direction,
) -> Mapping[date, AllocatedDay]:
    """Return those of the days that are allocated."""
    query = text("""
        SELECT day, metered_wmin, shared_wmin
        FROM unnest(CAST(:days AS date[])) AS wanted (day)
        JOIN point_day USING (day)
        WHERE operation_id = :operation_id AND prm = :prm AND direction = :direction
            AND NOT EXISTS (
                SELECT FROM stale_day AS waiting
                WHERE waiting.operation_id = point_day.operation_id AND waiting.day = wanted.day
            )
    """)
    values = {
        "operation_id": operation_id,
        "days": list(days),
        "prm": prm,
        "direction": direction,
    }
    rows = await session.execute(query, values)
    return {row.day: AllocatedDay(row.metered_wmin, row.shared_wmin) for row in rows}


async def list_group_months(
    session: AsyncSession, operation_id: OperationId, days: Sequence[date]
) -> Mapping[Month, GroupMonth]:
    """Return the sums of all consumers over the allocated days, for any month."""
    # MATERIALIZED and OFFSET 0: one index look-up per day, whatever the planner's statistics.
    query = text("""
        WITH allocated AS MATERIALIZED (
            SELECT day, month
            FROM unnest(CAST(:days AS date[]), CAST(:months AS text[])) AS wanted (day, month)
            WHERE NOT EXISTS (
                SELECT FROM stale_day AS waiting
                WHERE waiting.operation_id = :operation_id AND waiting.day = wanted.day
            )
        ),
        point_month AS (
            SELECT month, sum(metered_wmin) AS metered_wmin, sum(shared_wmin) AS shared_wmin
            FROM allocated CROSS JOIN LATERAL (
                SELECT prm, metered_wmin, shared_wmin FROM point_day
                WHERE operation_id = :operation_id AND day = allocated.day
                    AND direction = 'consumption'
                OFFSET 0
            ) AS point
            GROUP BY month, prm
        )
        SELECT month, sum(metered_wmin) AS metered_wmin, sum(shared_wmin) AS shared_wmin,
            percentile_cont(0.5) WITHIN GROUP (
                ORDER BY CAST(shared_wmin AS float) / CAST(metered_wmin AS float)
            ) FILTER (WHERE metered_wmin > 0) AS middle
        FROM point_month GROUP BY month
    """)
    months = [str(Month.of(day)) for day in days]
    values = {"operation_id": operation_id, "days": list(days), "months": months}
    rows = await session.execute(query, values)
    groups = {
        Month.parse(row.month): GroupMonth(int(row.metered_wmin), int(row.shared_wmin), row.middle)
        for row in rows
    }
    return defaultdict(GroupMonth, groups)


async def map_last_settlements(
    session: AsyncSession, operation_id: OperationId
) -> Mapping[Month, LastSettlement]:
    """Return the last settlement of each month that has any."""
    query = text("""
        SELECT DISTINCT ON (month) month, number, status FROM settlement
        WHERE operation_id = :operation_id ORDER BY month, number DESC
    """)
    rows = await session.execute(query, {"operation_id": operation_id})
    return {Month.parse(row.month): LastSettlement(row.number, row.status) for row in rows}
