"""Invoices, and the series of their numbers."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class SeriesRow(Base):
    """The last number taken by an issuer in a year; locked by whoever takes the next."""

    __tablename__ = "series"

    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]
    last_issue_date: Mapped[date | None]


class InvoiceRow(Base):
    """An invoice; once its state is issued, a trigger refuses every change."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("issuer_id", "year", "sequence", name="invoice_series"),
        Index("invoice_operation_month", "operation_id", "month"),
        Index("invoice_customer", "customer_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    month: Mapped[str]
    issuer_id: Mapped[UUID]
    customer_id: Mapped[UUID]
    state: Mapped[str]
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    number: Mapped[str | None]
    issue_date: Mapped[date | None]
    content: Mapped[str]
    content_hash: Mapped[str]
