"""The progress of the bills of operations' months."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month
from libs.common.database.scoped import PAGE_OF_OPERATIONS, page_values
from libs.common.ids import OperationId
from libs.common.scopes import Scope
from services.billing.domain.drafts.runs import RunState
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.invoices.periods import BillingPeriod

_COUNT = text(f"""
    WITH {PAGE_OF_OPERATIONS},
    asked AS (
        SELECT month, CAST(month + interval '1 month' AS date) AS next_month, name, quarter
        FROM unnest(CAST(:months AS date[]), CAST(:names AS text[]), CAST(:quarters AS text[]))
            AS asked (month, name, quarter)
    ),
    -- Documents of a period are counted once for all of its months.
    documents AS (
        SELECT operation_id, month, sum(drafts) AS drafts, sum(issued) AS issued
        FROM (
            SELECT operation_id, period_from, period_to,
                count(*) FILTER (WHERE state = :draft) AS drafts,
                count(*) FILTER (WHERE state = :issued) AS issued
            FROM page JOIN invoice USING (operation_id)
            WHERE period_from < :past_day AND period_to > :first_day
            GROUP BY operation_id, period_from, period_to
        ) AS period
        JOIN asked ON period_from < next_month AND period_to > month
        GROUP BY operation_id, month
    ),
    totals AS (
        SELECT operation_id, month, sum(total_cents) AS total_cents
        FROM (
            SELECT operation_id, period_from, period_to,
                sum(total_cents - credited_cents) AS total_cents
            FROM page JOIN invoice_balance USING (operation_id)
            WHERE period_from < :past_day AND period_to > :first_day
            GROUP BY operation_id, period_from, period_to
        ) AS period
        JOIN asked ON period_from < next_month AND period_to > month
        GROUP BY operation_id, month
    ),
    newest AS (
        SELECT DISTINCT ON (operation_id, month) operation_id, month, run.id, run.state
        FROM page JOIN run USING (operation_id) JOIN asked ON run.period IN (name, quarter)
        ORDER BY operation_id, month, created_at DESC, run.id
    )
    SELECT operation_id, month, CAST(coalesce(drafts, 0) AS bigint) AS drafts,
        CAST(coalesce(issued, 0) AS bigint) AS issued,
        CAST(coalesce(total_cents, 0) AS bigint) AS total_cents,
        newest.id AS run_id, newest.state AS run_state,
        EXISTS (
            SELECT FROM gift_period
            WHERE gift_period.operation_id = page.operation_id
                AND daterange(valid_from, valid_to) @> asked.month
        ) AS is_gift
    FROM page CROSS JOIN asked
    LEFT JOIN documents USING (operation_id, month)
    LEFT JOIN totals USING (operation_id, month)
    LEFT JOIN newest USING (operation_id, month)
    ORDER BY operation_id, month
""")  # noqa: S608 - the page is ours


class MonthBills(NamedTuple):
    """The documents of an operation's month."""

    operation_id: OperationId
    month: date  # its first day
    drafts: int
    issued: int
    total_cents: int  # of issued invoices, VAT included, without what was credited
    run_id: UUID | None  # the newest
    run_state: RunState | None
    is_gift: bool  # its energy is given


async def count_months(
    session: AsyncSession,
    scope: Scope,
    months: Sequence[Month],
    *,
    after: OperationId | None,
    limit: int,
) -> list[MonthBills]:
    """Count the documents of these months, by operation and month, in order of both.

    months: in a row, in order. A document of a quarter is one of each of its months. limit: how
    many operations.
    """
    values = {
        **page_values(scope, after=after, limit=limit),
        "months": [month.first_day for month in months],
        "first_day": months[0].first_day,
        "past_day": months[-1].next_first_day,
        "names": [str(BillingPeriod.of(month)) for month in months],
        "quarters": [str(BillingPeriod.quarter_of(month)) for month in months],
        "draft": InvoiceState.DRAFT,
        "issued": InvoiceState.ISSUED,
    }
    return [MonthBills(*row) for row in await session.execute(_COUNT, values)]
