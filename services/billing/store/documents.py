"""Which kept PDF is an invoice's."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.tables import DocumentRow


async def find_document(
    session: AsyncSession, invoice_id: UUID, language: str
) -> DocumentRow | None:
    return await session.get(DocumentRow, (invoice_id, language), populate_existing=True)


async def add_document(session: AsyncSession, document: DocumentRow) -> DocumentRow:
    """Return what is the invoice's document from now on: this one, unless it has one already."""
    values = {column.key: getattr(document, column.key) for column in DocumentRow.__table__.columns}
    add = insert(DocumentRow).values(values).on_conflict_do_nothing()
    if await session.scalar(add.returning(DocumentRow.sha256)):
        return document
    found = await find_document(session, document.invoice_id, document.language)
    assert found
    return found
