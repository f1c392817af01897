"""The days of points that have come, month by month, and their counts by operation."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import polars as pl
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database.scoped import PAGE_OF_OPERATIONS, page_values
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.ingest.domain.completeness.months import POINT_MONTHS

_COUNT = text(f"""
    WITH {PAGE_OF_OPERATIONS},
    asked AS (
        SELECT month, CAST(month + interval '1 month' AS date) AS next_month
        FROM unnest(CAST(:months AS date[])) AS asked (month)
    ),
    due AS (
        SELECT operation_id, month, prm, direction,
            greatest(valid_from, month) - month AS first,
            least(valid_to, next_month, :today) - month AS past
        FROM page JOIN participation USING (operation_id) CROSS JOIN asked
        WHERE greatest(valid_from, month) < least(valid_to, next_month, :today)
    ),
    -- Bits of the days on which the point takes part, and of those that may be late.
    masks AS (
        SELECT operation_id, month, prm, direction,
            (CAST(1 AS bigint) << past) - (CAST(1 AS bigint) << first) AS all_days,
            (CAST(1 AS bigint) << greatest(first, least(past, :late_from - month)))
                - (CAST(1 AS bigint) << first) AS late_days
        FROM due
    )
    SELECT operation_id, month, count(DISTINCT masks.prm) AS points,
        CAST(coalesce(sum(bit_count(CAST(all_days AS bit(64)))), 0) AS bigint) AS days,
        CAST(coalesce(sum(bit_count(CAST(some_days & all_days AS bit(64)))), 0) AS bigint) AS begun,
        CAST(coalesce(sum(bit_count(CAST(whole_days & all_days AS bit(64)))), 0) AS bigint)
            AS whole,
        CAST(coalesce(sum(bit_count(CAST(received_days & all_days AS bit(64)))), 0) AS bigint)
            AS received,
        CAST(coalesce(sum(bit_count(CAST(late_days & ~coalesce(whole_days, 0) AS bit(64)))), 0)
            AS bigint) AS late
    FROM page CROSS JOIN asked
    LEFT JOIN masks USING (operation_id, month)
    LEFT JOIN point_month USING (prm, direction, month)
    GROUP BY operation_id, month
    ORDER BY operation_id, month
""")  # noqa: S608 - the page is ours


class MonthCounts(NamedTuple):
    """The counts of an operation's month: its points, and their days up to yesterday.

    A day counts once for each point that takes part on it. begun: days of which something has come.
    whole: days without a missing step.
    received: days with all steps received, none estimated. late: days before ``late_from`` of
    ``count_months`` that are not whole.
    """

    operation_id: OperationId
    month: date  # its first day
    points: int
    days: int
    begun: int
    whole: int
    received: int
    late: int


async def save_marks(session: AsyncSession, marks: pl.DataFrame) -> None:
    """Replace the marks of these days; those of other days stay. marks: schema POINT_MONTHS."""
    if marks.is_empty():
        return
    save = text("""
        INSERT INTO point_month AS stored
            (prm, direction, month, some_days, whole_days, received_days)
        SELECT * FROM unnest(
            CAST(:prm AS text[]), CAST(:direction AS text[]), CAST(:month AS date[]),
            CAST(:some_days AS bigint[]), CAST(:whole_days AS bigint[]),
            CAST(:received_days AS bigint[])
        )
        ON CONFLICT (prm, direction, month) DO UPDATE SET
            some_days = stored.some_days | excluded.some_days,
            whole_days = stored.whole_days & ~excluded.some_days | excluded.whole_days,
            received_days = stored.received_days & ~excluded.some_days | excluded.received_days
    """)
    await session.execute(save, {name: marks[name].to_list() for name in POINT_MONTHS})


async def count_months(
    session: AsyncSession,
    scope: Scope,
    months: Sequence[Month],
    *,
    after: OperationId | None,
    limit: int,
    today: date,
    late_from: date,
) -> list[MonthCounts]:
    """Count what has come of these months, by operation and month, in order of both.

    limit: how many operations. late_from: of what is missing, days before it are late.
    """
    values = {
        **page_values(scope, after=after, limit=limit),
        "months": [month.first_day for month in months],
        "today": today,
        "late_from": late_from,
    }
    return [MonthCounts(*row) for row in await session.execute(_COUNT, values)]
