"""The progress of operations' months: their days, their settlements, the DSO's results."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database.scoped import PAGE_OF_OPERATIONS, page_values
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.allocation.domain.days import DayStatus
from services.allocation.domain.settlements import SettlementStatus
from services.allocation.store.month_days import STATUSES

_COUNTED = ",\n        ".join(
    f"coalesce(bit_count(CAST(month_days.{status} & due.bits & ~coalesce(waiting.bits, 0)"
    f" AS bit(64))), 0) AS {status}"
    for status in STATUSES
)
_COUNT = text(f"""
    WITH {PAGE_OF_OPERATIONS},
    taken AS (
        SELECT operation_id, range_agg(daterange(valid_from, valid_to)) AS days
        FROM page JOIN perimeter USING (operation_id)
        CROSS JOIN jsonb_to_recordset(participations) AS part (valid_from date, valid_to date)
        GROUP BY operation_id
    ),
    asked AS (
        SELECT month, to_char(month, 'YYYY-MM') AS name,
            CAST(month + interval '1 month' AS date) AS next_month
        FROM unnest(CAST(:months AS date[])) AS asked (month)
    ),
    -- Bits of the days on which somebody takes part. Most operations have the same days: these are
    -- looked at once for all.
    due AS (
        SELECT taken.days AS taken_days, month,
            CAST(sum(
                (CAST(1 AS bigint) << (upper(part) - month))
                    - (CAST(1 AS bigint) << (lower(part) - month))
            ) AS bigint) AS bits
        FROM (SELECT DISTINCT days FROM taken) AS taken CROSS JOIN asked
        CROSS JOIN LATERAL unnest(days * datemultirange(daterange(month, next_month))) AS part
        GROUP BY taken.days, month
    ),
    waiting AS (
        SELECT operation_id, month,
            bit_or(CAST(1 AS bigint) << (stale_day.day - month)) AS bits
        FROM page JOIN stale_day USING (operation_id)
        JOIN asked ON stale_day.day >= month AND stale_day.day < next_month
        GROUP BY operation_id, month
    ),
    settled AS (
        SELECT DISTINCT ON (operation_id, month) operation_id, month AS name, number, status
        FROM page JOIN settlement USING (operation_id)
        WHERE month IN (SELECT name FROM asked)
        ORDER BY operation_id, month, number DESC
    )
    SELECT page.operation_id, asked.month,
        bit_count(CAST(coalesce(due.bits, 0) AS bit(64))) AS days,
        {_COUNTED},
        coalesce(bit_count(CAST(due.bits & waiting.bits AS bit(64))), 0) AS waiting,
        settled.number, settled.status,
        stale_settlement.operation_id IS NOT NULL AS is_outdated,
        stale_settlement.refusal IS NOT NULL AS is_refused,
        bit_count(CAST(coalesce(month_days.dso, 0) AS bit(64))) AS dso_days,
        bit_count(CAST(coalesce(month_days.dso_definitive, 0) AS bit(64))) AS dso_definitive_days,
        dso_result_month.definitive AS dso_definitive
    FROM page CROSS JOIN asked
    LEFT JOIN taken USING (operation_id)
    LEFT JOIN due ON due.taken_days = taken.days AND due.month = asked.month
    LEFT JOIN month_days ON month_days.operation_id = page.operation_id
        AND month_days.month = asked.month
    LEFT JOIN waiting ON waiting.operation_id = page.operation_id AND waiting.month = asked.month
    LEFT JOIN settled ON settled.operation_id = page.operation_id AND settled.name = asked.name
    LEFT JOIN stale_settlement ON stale_settlement.operation_id = page.operation_id
        AND stale_settlement.month = asked.name
    LEFT JOIN dso_result_month ON dso_result_month.operation_id = page.operation_id
        AND dso_result_month.month = asked.name
    ORDER BY page.operation_id, asked.month
""")  # noqa: S608 - the page is ours


class MonthProgress(NamedTuple):
    """The progress of an operation's month."""

    operation_id: OperationId
    month: date  # its first day
    days: int  # on which somebody takes part
    statuses: Mapping[DayStatus, int]  # the number of days of each
    number: int | None  # of the last settlement
    status: SettlementStatus | None
    is_outdated: bool
    is_refused: bool  # it cannot be settled again
    dso_days: int  # with curves of the DSO
    dso_definitive_days: int
    dso_definitive: bool | None  # its energies of the month; None if there are none


async def count_months(
    session: AsyncSession,
    scope: Scope,
    months: Sequence[Month],
    *,
    after: OperationId | None,
    limit: int,
) -> list[MonthProgress]:
    """Count the days of these months, and find the rest, by operation and month, in order of both.

    limit: how many operations.
    """
    values = {
        **page_values(scope, after=after, limit=limit),
        "months": [month.first_day for month in months],
    }
    return [_progress(row) for row in await session.execute(_COUNT, values)]


_SHOWN = (*STATUSES, DayStatus.WAITING)


def _progress(row: Sequence[Any]) -> MonthProgress:
    operation_id, month, days, *rest = row
    counts = zip(_SHOWN, rest, strict=False)
    statuses = {status: count for status, count in counts if count}
    return MonthProgress(operation_id, month, days, statuses, *rest[len(_SHOWN) :])
