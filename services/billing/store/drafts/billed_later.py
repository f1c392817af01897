"""Queries of what is billed after the end of a fiscal year."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.invoices.invoices import Invoice, InvoiceState
from services.billing.store.invoices.invoices import read_content
from services.billing.tables import InvoiceRow


async def list_billed_later(
    session: AsyncSession, issuer_id: UUID, first_day: date, end: date
) -> list[Invoice]:
    """A seller's documents for days of [first_day, end), issued from its end on."""
    query = select(InvoiceRow).where(
        InvoiceRow.issuer_id == issuer_id,
        InvoiceRow.state == InvoiceState.ISSUED,
        InvoiceRow.issue_date >= end,
        InvoiceRow.period_from < end,
        InvoiceRow.period_to > first_day,
    )
    return [read_content(row) for row in await session.scalars(query.order_by(InvoiceRow.id))]
