"""Queries of what a seller declares."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.domain.books.tax_returns import TaxReturn, chargeable_on
from services.billing.domain.invoices.documents import DocumentKind
from services.billing.domain.invoices.invoices import InvoiceState
from services.billing.store.invoices.invoices import read_content
from services.billing.tables import DocumentLinkRow, InvoiceRow


async def get_tax_return(
    session: AsyncSession, issuer_id: UUID, first_day: date, end: date
) -> TaxReturn:
    """The issued documents of a seller that are chargeable in [first_day, end), in order."""
    follows = exists().where(DocumentLinkRow.document_id == InvoiceRow.id)
    is_correction = or_(InvoiceRow.kind == DocumentKind.CREDIT_NOTE, follows)
    query = select(InvoiceRow).where(
        InvoiceRow.issuer_id == issuer_id,
        InvoiceRow.state == InvoiceState.ISSUED,
        or_(
            is_correction & (InvoiceRow.issue_date >= first_day) & (InvoiceRow.issue_date < end),
            ~is_correction & (InvoiceRow.period_to > first_day) & (InvoiceRow.period_to <= end),
        ),
    )
    documents = [read_content(row) for row in await session.scalars(query)]
    for document in documents:
        assert first_day <= chargeable_on(document) < end
    documents.sort(key=lambda document: (chargeable_on(document), document.number))
    return TaxReturn(documents)
