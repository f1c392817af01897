"""The days of points that have come, month by month, and their counts by operation."""

from collections.abc import Collection, Sequence
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
    stay AS (
        SELECT operation_id, prm, direction, valid_from, least(valid_to, :today) AS valid_to
        FROM page JOIN participation USING (operation_id)
        WHERE valid_from < least(valid_to, :today)
    ),
    -- Most points of an operation take part on the same days: these are counted once for all.
    points AS (
        SELECT operation_id, month, sum(alike) AS points
        FROM (
            SELECT operation_id, days, count(*) AS alike
            FROM (
                SELECT operation_id, range_agg(daterange(valid_from, valid_to)) AS days
                FROM stay GROUP BY operation_id, prm
            ) AS point
            GROUP BY operation_id, days
        ) AS of_days
        JOIN asked ON days && daterange(month, next_month)
        GROUP BY operation_id, month
    ),
    due AS (
        SELECT operation_id, month, sum(alike * (past - first)) AS days,
            sum(alike * (greatest(first, least(past, :late_from)) - first)) AS late_days
        FROM (
            SELECT operation_id, month, alike,
                greatest(valid_from, month) AS first, least(valid_to, next_month) AS past
            FROM (
                SELECT operation_id, valid_from, valid_to, count(*) AS alike
                FROM stay GROUP BY operation_id, valid_from, valid_to
            ) AS of_days
            JOIN asked ON valid_from < next_month AND valid_to > month
        ) AS of_month
        GROUP BY operation_id, month
    ),
    come AS (
        SELECT operation_id, month,
            sum(points * bit_count(CAST(some_days & all_days AS bit(64)))) AS begun,
            sum(points * bit_count(CAST(whole_days & all_days AS bit(64)))) AS whole,
            sum(points * bit_count(CAST(received_days & all_days AS bit(64)))) AS received,
            sum(points * bit_count(CAST(whole_days & late_days AS bit(64)))) AS whole_late
        FROM (
            -- Bits of the days on which they take part, and of those that may be late.
            SELECT operation_id, month, some_days, whole_days, received_days, points,
                (CAST(1 AS bigint) << past) - (CAST(1 AS bigint) << first) AS all_days,
                (CAST(1 AS bigint) << greatest(first, least(past, :late_from - month)))
                    - (CAST(1 AS bigint) << first) AS late_days
            FROM (
                SELECT operation_id, month, some_days, whole_days, received_days, points,
                    greatest(valid_from, month) - month AS first,
                    greatest(valid_from, month, least(valid_to, :today, next_month)) - month
                        AS past
                FROM page JOIN operation_month USING (operation_id) JOIN asked USING (month)
            ) AS marks
        ) AS masks
        GROUP BY operation_id, month
    )
    SELECT operation_id, month,
        CAST(coalesce(points, 0) AS bigint) AS points,
        CAST(coalesce(days, 0) AS bigint) AS days,
        CAST(coalesce(begun, 0) AS bigint) AS begun,
        CAST(coalesce(whole, 0) AS bigint) AS whole,
        CAST(coalesce(received, 0) AS bigint) AS received,
        CAST(coalesce(late_days, 0) - coalesce(whole_late, 0) AS bigint) AS late
    FROM page CROSS JOIN asked
    LEFT JOIN points USING (operation_id, month)
    LEFT JOIN due USING (operation_id, month)
    LEFT JOIN come USING (operation_id, month)
    ORDER BY operation_id, month
""")  # noqa: S608 - the page is ours


_OF_MONTHS = """operation_id = ANY(CAST(:operations AS text[]))
        AND (CAST(:months AS date[]) IS NULL OR month = ANY(CAST(:months AS date[])))"""
_FORGET_POINTS = text(f"DELETE FROM operation_month WHERE {_OF_MONTHS}")  # noqa: S608 - our own
_COUNT_POINTS = text(f"""
    INSERT INTO operation_month (operation_id, month, valid_from, valid_to, some_days, whole_days,
        received_days, points)
    SELECT operation_id, month, valid_from, coalesce(valid_to, 'infinity') AS valid_to, some_days,
        whole_days, received_days, count(*)
    FROM participation JOIN point_month USING (prm, direction)
    WHERE {_OF_MONTHS} AND valid_from < month + interval '1 month'
        AND (valid_to IS NULL OR valid_to > month)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
""")  # noqa: S608 - our own


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
    """Replace the marks of the counted days; those of others stay. marks: schema POINT_MONTHS.

    The caller is alone in changing readings: MERGE would fail beside another that adds the month.
    """
    if marks.is_empty():
        return
    save = text("""
        MERGE INTO point_month AS stored
        USING unnest(
            CAST(:prm AS text[]), CAST(:direction AS text[]), CAST(:month AS date[]),
            CAST(:counted_days AS bigint[]), CAST(:some_days AS bigint[]),
            CAST(:whole_days AS bigint[]), CAST(:received_days AS bigint[])
        ) AS mark (prm, direction, month, counted_days, some_days, whole_days, received_days)
        ON stored.prm = mark.prm AND stored.direction = mark.direction
            AND stored.month = mark.month
        WHEN MATCHED THEN UPDATE SET
            some_days = stored.some_days & ~mark.counted_days | mark.some_days,
            whole_days = stored.whole_days & ~mark.counted_days | mark.whole_days,
            received_days = stored.received_days & ~mark.counted_days | mark.received_days
        WHEN NOT MATCHED THEN
            INSERT (prm, direction, month, some_days, whole_days, received_days)
            VALUES (mark.prm, mark.direction, mark.month, mark.some_days, mark.whole_days,
                mark.received_days)
    """)
    await session.execute(save, {name: marks[name].to_list() for name in POINT_MONTHS})
    touched = text("SELECT DISTINCT operation_id FROM participation WHERE prm = ANY(:prms)")
    operations = await session.scalars(touched, {"prms": marks["prm"].unique().to_list()})
    await count_points(session, operations.all(), months=marks["month"].unique().to_list())


async def count_points(
    session: AsyncSession, operations: Collection[OperationId], months: Sequence[date] | None = None
) -> None:
    """Count again which points of these operations came alike in these months; None: in all."""
    values = {"operations": sorted(operations), "months": months}
    await session.execute(_FORGET_POINTS, values)
    await session.execute(_COUNT_POINTS, values)


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
