"""The documents of invoices: made once, then kept unchanged."""

import asyncio
import hashlib
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.errors import Problem
from libs.common.events.billing import AttachmentPart
from libs.common.file_store import FileLost, FileStore, FilesUnavailable
from services.billing.documents.rendering import render_invoice, render_xml
from services.billing.documents.typesetting import TEMPLATE_VERSION
from services.billing.domain.invoices.invoices import (
    InvoiceNotIssued,
    InvoiceState,
    without_consumption,
)
from services.billing.domain.wordings import Language
from services.billing.store.invoices import documents as document_store
from services.billing.store.invoices.invoices import read_content
from services.billing.tables import DocumentRow, InvoiceRow

ROOM = "invoices"
"""Billing's room in the file store; no other service deletes its files."""

_log = structlog.get_logger(__name__)


class DocumentLost(Problem):
    status, slug, title = 503, "document-lost", "The kept document is lost"
    example_detail = (
        "The kept PDF of F2026-00001 is lost and the layout has changed since: restore the file"
        " store from a backup."
    )


@dataclass(frozen=True)
class InvoiceFile:
    """A PDF, with its hash if the invoice is issued."""

    content: bytes
    sha256: str | None


def is_kept(invoice: InvoiceRow) -> bool:
    """Return whether ``get_document`` typesets the invoice once at most in each language."""
    return invoice.state != InvoiceState.DRAFT


async def get_document(
    session: AsyncSession, invoice: InvoiceRow, language: Language, *, files: FileStore
) -> InvoiceFile:
    """The PDF of an issued invoice, made on the first request and kept; or a draft's preview.

    A kept PDF is returned unchanged for ever, even after the layout changes.
    Raises FilesUnavailable, DocumentLost.
    """
    if not is_kept(invoice):
        return InvoiceFile(await _render(invoice, language), None)
    row = await document_store.find_document(session, invoice.id, language)
    if row is None:
        document = _hashed(await _render(invoice, language))
        row = await _keep(session, invoice, language, document, files=files)
        if row.sha256 == document.sha256:
            return document
    return InvoiceFile(await _read(invoice, row, files=files), row.sha256)


async def get_copy_of_seller(invoice: InvoiceRow, language: Language) -> InvoiceFile:
    """The PDF without the customer's total use, which the seller may not know.

    It is made anew on each request, with the same bytes as long as the layout stays the same.
    """
    content = without_consumption(read_content(invoice))
    return _hashed(await asyncio.to_thread(render_invoice, content, language))


async def get_xml(invoice: InvoiceRow) -> bytes:
    """The XML of an issued invoice. Raises InvoiceNotIssued."""
    if invoice.state == InvoiceState.DRAFT:
        raise InvoiceNotIssued("This invoice has no number yet: issue it first.")
    return await asyncio.to_thread(render_xml, read_content(invoice))


async def _render(invoice: InvoiceRow, language: Language) -> bytes:
    return await asyncio.to_thread(render_invoice, read_content(invoice), language)


def _hashed(content: bytes) -> InvoiceFile:
    return InvoiceFile(content, hashlib.sha256(content).hexdigest())


async def _keep(
    session: AsyncSession,
    invoice: InvoiceRow,
    language: Language,
    document: InvoiceFile,
    *,
    files: FileStore,
) -> DocumentRow:
    """Save the file before its row: a row without a file is worse than a file without a row.

    Returns the row kept from now on, perhaps of a document made elsewhere meanwhile.
    """
    await _save(document.content, files)
    row = DocumentRow(
        invoice_id=invoice.id,
        language=language,
        sha256=document.sha256,
        byte_count=len(document.content),
        template_version=TEMPLATE_VERSION,
    )
    return await document_store.add_document(session, row)


async def _read(invoice: InvoiceRow, row: DocumentRow, *, files: FileStore) -> bytes:
    """The kept bytes; a lost file is made again if the bytes are still the same."""
    try:
        async with files.reading(row.sha256) as file:
            return await asyncio.to_thread(file.read)
    except FileLost as error:
        content = await _render(invoice, Language(row.language))
        if hashlib.sha256(content).hexdigest() != row.sha256:
            raise DocumentLost(
                f"The kept PDF of {invoice.number} is lost and the layout has changed since:"
                " restore the file store from a backup."
            ) from error
        _log.warning("document_made_again", invoice_id=str(invoice.id), language=row.language)
        await _save(content, files)
        return content
    except OSError as error:
        raise FilesUnavailable("The file store does not answer: try again soon.") from error


async def keep_file(content: bytes, files: FileStore) -> InvoiceFile:
    """Keep a PDF that is no document of a table, such as an attachment. Raises FilesUnavailable."""
    await _save(content, files)
    return InvoiceFile(content, hashlib.sha256(content).hexdigest())


def as_attachment(document: InvoiceFile, name: str) -> AttachmentPart:
    """A kept PDF as a message names it."""
    assert document.sha256 is not None
    return AttachmentPart(
        room=ROOM,
        sha256=document.sha256,
        byte_count=len(document.content),
        name=f"{name}.pdf",
        media_type="application/pdf",
    )


async def _save(content: bytes, files: FileStore) -> None:
    """Raises FilesUnavailable."""
    try:
        with files.draft() as draft:
            draft.write(content)
            await files.keep(draft)
    except FilesUnavailable as error:
        raise FilesUnavailable("The document cannot be stored: try again soon.") from error
