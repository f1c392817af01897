"""The kept PDFs of invoices."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.tables import DocumentRow


async def find_document(
    session: AsyncSession, invoice_id: UUID, language: str
) -> DocumentRow | None:
    return await session.get(DocumentRow, (invoice_id, language), populate_existing=True)


async def add_document(session: AsyncSession, document: DocumentRow) -> DocumentRow:
    """Add a document, and return the invoice's from now on: this one, or an earlier one."""
    values = {column.key: getattr(document, column.key) for column in DocumentRow.__table__.columns}
    add = insert(DocumentRow).values(values).on_conflict_do_nothing()
    if await session.scalar(add.returning(DocumentRow.sha256)):
        return document
    existing = await find_document(session, document.invoice_id, document.language)
    assert existing
    return existing
