"""How far the bills of operations' months have come."""

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
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.domain.invoices.periods import BillingPeriod

_COUNT = text(f"""
    WITH {PAGE_OF_OPERATIONS},
    asked AS (
        SELECT month, CAST(month + interval '1 month' AS date) AS next_month, name, quarter
        FROM unnest(CAST(:months AS date[]), CAST(:names AS text[]), CAST(:quarters AS text[]))
            AS asked (month, name, quarter)
    )
    SELECT page.operation_id, asked.month, documents.drafts, documents.issued,
        documents.total_cents, newest.id AS run_id, newest.state AS run_state
    FROM page CROSS JOIN asked
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = :draft) AS drafts,
            count(*) FILTER (WHERE state = :issued) AS issued,
            CAST(coalesce(sum(total_cents - credited_cents) FILTER (
                WHERE state = :issued AND kind = :invoice
            ), 0) AS bigint) AS total_cents
        FROM invoice LEFT JOIN invoice_balance ON invoice_balance.document_id = invoice.id
        WHERE operation_id = page.operation_id
            AND period_from < asked.next_month AND period_to > asked.month
    ) AS documents
    LEFT JOIN LATERAL (
        SELECT id, state FROM run
        WHERE operation_id = page.operation_id AND period IN (asked.name, asked.quarter)
        ORDER BY created_at DESC, id LIMIT 1
    ) AS newest ON true
    ORDER BY page.operation_id, asked.month
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


async def count_months(
    session: AsyncSession,
    scope: Scope,
    months: Sequence[Month],
    *,
    after: OperationId | None,
    limit: int,
) -> list[MonthBills]:
    """Count the documents of these months, by operation and month, in order of both.

    A document of a quarter is one of each of its months. limit: how many operations.
    """
    values = {
        **page_values(scope, after=after, limit=limit),
        "months": [month.first_day for month in months],
        "names": [str(BillingPeriod.of(month)) for month in months],
        "quarters": [str(BillingPeriod.quarter_of(month)) for month in months],
        "draft": InvoiceState.DRAFT,
        "issued": InvoiceState.ISSUED,
        "invoice": DocumentKind.INVOICE,
    }
    return [MonthBills(*row) for row in await session.execute(_COUNT, values)]
