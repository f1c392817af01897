"""Periods that runs held back as too little to invoice."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.ids import OperationId
from services.billing.domain.drafts.carrying import is_first_invoice
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import Invoice, InvoiceState
from services.billing.domain.invoices.periods import BillingPeriod
from services.billing.domain.prices.sales import Parties
from services.billing.store.invoices.invoices import save_draft
from services.billing.tables import CarriedSumRow, InvoiceRow


async def map_carried(
    session: AsyncSession, operation_id: OperationId, before: date
) -> Mapping[BillingPeriod, Collection[Parties]]:
    """Who is carried, by periods that began before a day, the oldest first."""
    row = CarriedSumRow
    query = (
        select(row)
        .where(row.operation_id == operation_id, row.first_day < before)
        .order_by(row.first_day, row.period, row.issuer_id, row.customer_id)
        .execution_options(populate_existing=True)
    )
    carried: dict[BillingPeriod, list[Parties]] = {}
    for carried_row in await session.scalars(query):
        parties = Parties(carried_row.issuer_id, carried_row.customer_id)
        carried.setdefault(BillingPeriod.parse(carried_row.period), []).append(parties)
    return carried


async def save_carried(
    session: AsyncSession,
    operation_id: OperationId,
    period: BillingPeriod,
    parties: Iterable[Parties],
) -> None:
    """Make these the ones who are carried of a period."""
    row = CarriedSumRow
    old = delete(row).where(row.operation_id == operation_id, row.period == str(period))
    await session.execute(old)
    values = [
        {
            "operation_id": operation_id,
            "period": str(period),
            "first_day": period.first_day,
            **pair._asdict(),
        }
        for pair in sorted(set(parties))
    ]
    if values:
        await session.execute(insert(row), values)


async def save_released(session: AsyncSession, drafts: Iterable[Invoice]) -> None:
    """Keep drafts of earlier periods, in place of other ones of the same that were released."""
    for draft in drafts:
        assert is_first_invoice(draft)
        others = delete(InvoiceRow).where(
            InvoiceRow.operation_id == draft.operation.id,
            InvoiceRow.period_from == draft.period_from,
            InvoiceRow.period_to == draft.period_to,
            InvoiceRow.issuer_id == draft.issuer.member_id,
            InvoiceRow.customer_id == draft.customer.member_id,
            InvoiceRow.state == InvoiceState.DRAFT,
            InvoiceRow.kind == DocumentKind.INVOICE,
            InvoiceRow.cause.is_(None),
        )
        await session.execute(others)
        await save_draft(session, draft)
