"""The kept PDFs of invoices."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class DocumentRow(Base):
    """The kept PDF of an invoice in a language; a trigger refuses every change."""

    __tablename__ = "document"

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    byte_count: Mapped[int]
    template_version: Mapped[int]
