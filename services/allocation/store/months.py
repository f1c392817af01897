"""How far operations' months have come: their days, their settlements, the DSO's results."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database.scoped import PAGE_OF_OPERATIONS, page_values
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.allocation.domain.days import DayStatus
from services.allocation.domain.settlements import SettlementStatus

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
            daterange(month, CAST(month + interval '1 month' AS date)) AS span
        FROM unnest(CAST(:months AS date[])) AS asked (month)
    )
    SELECT page.operation_id, asked.month, coalesce(due.days, 0) AS days,
        coalesce(told.statuses, '{{}}') AS statuses,
        settled.number, settled.status,
        stale_settlement.operation_id IS NOT NULL AS is_outdated,
        stale_settlement.refusal IS NOT NULL AS is_refused,
        dso.days AS dso_days, dso.definitive_days AS dso_definitive_days,
        dso_result_month.definitive AS dso_definitive
    FROM page CROSS JOIN asked
    LEFT JOIN taken ON taken.operation_id = page.operation_id
    LEFT JOIN LATERAL (
        SELECT sum(upper(part) - lower(part)) AS days
        FROM unnest(taken.days * datemultirange(asked.span)) AS part
    ) AS due ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(status, days) AS statuses
        FROM (
            SELECT status, count(*) AS days
            FROM (
                SELECT day, CASE WHEN stale_day.day IS NULL THEN status ELSE :waiting END
                    AS status
                FROM (
                    SELECT day, status FROM day_status
                    WHERE operation_id = page.operation_id
                        AND day >= lower(asked.span) AND day < upper(asked.span)
                ) AS decided
                FULL JOIN (
                    SELECT day FROM stale_day
                    WHERE operation_id = page.operation_id
                        AND day >= lower(asked.span) AND day < upper(asked.span)
                ) AS stale_day USING (day)
            ) AS status_of_day
            WHERE taken.days @> day
            GROUP BY status
        ) AS days_by_status
    ) AS told ON true
    LEFT JOIN LATERAL (
        SELECT number, status FROM settlement
        WHERE operation_id = page.operation_id AND month = asked.name
        ORDER BY number DESC LIMIT 1
    ) AS settled ON true
    LEFT JOIN stale_settlement ON stale_settlement.operation_id = page.operation_id
        AND stale_settlement.month = asked.name
    CROSS JOIN LATERAL (
        SELECT count(*) AS days, count(*) FILTER (WHERE definitive) AS definitive_days
        FROM dso_result_day
        WHERE operation_id = page.operation_id
            AND day >= lower(asked.span) AND day < upper(asked.span)
    ) AS dso
    LEFT JOIN dso_result_month ON dso_result_month.operation_id = page.operation_id
        AND dso_result_month.month = asked.name
    ORDER BY page.operation_id, asked.month
""")  # noqa: S608 - the page is ours


class MonthProgress(NamedTuple):
    """How far an operation's month has come."""

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
        "waiting": DayStatus.WAITING,
    }
    return [MonthProgress(*row) for row in await session.execute(_COUNT, values)]
