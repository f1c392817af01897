"""The documents of earlier periods, for comparison."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.invoices.comparisons import (
    BilledPeriod,
    compared_with,
    is_compared,
)
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice
from services.billing.domain.invoices.periods import EarlierPeriod
from services.billing.domain.prices.sales import Parties

# The database adds up the lines, as a month has too many contents to decode here.
_BILLED = text("""
    SELECT id, issuer_id, customer_id, kind, period_from, period_to, total_cents,
        (
            SELECT coalesce(sum((line->>'energy_wmin')::bigint), 0)
            FROM jsonb_array_elements(content::jsonb->'lines') AS line
        ) AS energy_wmin
    FROM invoice
    WHERE operation_id = :operation_id AND state = 'issued'
        AND period_from >= :start AND period_from < :end AND period_to <= :end
        AND customer_id = ANY (:customers)
""")


async def list_billed_before(
    session: AsyncSession, documents: Iterable[Invoice]
) -> list[BilledPeriod]:
    """Return the documents of the periods with which these ones are compared."""
    customers: defaultdict[tuple[OperationId, date, date], set[UUID]] = defaultdict(set)
    for document in documents:
        if is_compared(document):
            for start, end in compared_with(document.period_from, document.period_to):
                customers[document.operation.id, start, end].add(document.customer.member_id)
    # The periods of two documents may overlap, as a quarter and a month before it do.
    billed = {
        row.id: _billed(operation_id, row)
        for (operation_id, start, end), members in sorted(customers.items())
        for row in await _list_rows(session, operation_id, start, end, members)
    }
    return list(billed.values())


async def _list_rows(
    session: AsyncSession, operation_id: OperationId, start: date, end: date, members: set[UUID]
) -> Sequence[Row[tuple[object, ...]]]:
    values = {
        "operation_id": operation_id,
        "start": start,
        "end": end,
        "customers": list(members),
    }
    return (await session.execute(_BILLED, values)).all()


def _billed(operation_id: OperationId, row: Row[tuple[object, ...]]) -> BilledPeriod:
    sign = DocumentKind(row.kind).sign
    return BilledPeriod(
        operation_id=operation_id,
        parties=Parties(row.issuer_id, row.customer_id),
        period=EarlierPeriod(
            row.period_from,
            row.period_to,
            sign * int(row.energy_wmin),
            sign * row.total_cents,
        ),
    )
