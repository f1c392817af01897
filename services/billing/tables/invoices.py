"""Invoices and credit notes, the series of their numbers, their balances and billed days."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class SeriesRow(Base):
    """The last number used by an issuer in a series and year; locked to take the next."""

    __tablename__ = "series"

    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]
    last_issue_date: Mapped[date | None]


_NEWEST = text("coalesce(issue_date, '9999-12-31'::date) DESC")


class InvoiceRow(Base):
    """An invoice or credit note; once its state is issued, a trigger refuses every change."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("issuer_id", "kind", "year", "sequence", name="invoice_series"),
        Index("invoice_operation_month", "operation_id", "month"),
        Index("invoice_period", "operation_id", "period_from", "period_to", "state"),
        Index("invoice_newest", _NEWEST, "id"),
        Index("invoice_newest_of_operation", "operation_id", _NEWEST, "id"),
        Index("invoice_newest_of_customer", "customer_id", _NEWEST, "id"),
        Index("invoice_newest_of_issuer", "issuer_id", _NEWEST, "id"),
        Index("invoice_number", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    month: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    issuer_id: Mapped[UUID]
    customer_id: Mapped[UUID]
    kind: Mapped[str]
    cause: Mapped[str | None]
    state: Mapped[str]
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    number: Mapped[str | None]
    issue_date: Mapped[date | None]
    content: Mapped[str]
    content_hash: Mapped[str]
    total_cents: Mapped[int] = mapped_column(BigInteger)


class LineBalanceRow(Base):
    """The amounts credited of a line; a trigger updates it, and a check keeps its limits."""

    __tablename__ = "line_balance"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    energy_wmin: Mapped[int] = mapped_column(BigInteger)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    credited_wmin: Mapped[int] = mapped_column(BigInteger)
    credited_cents: Mapped[int] = mapped_column(BigInteger)


class InvoiceBalanceRow(Base):
    """The amount credited of an invoice, VAT included; updated in the same way."""

    __tablename__ = "invoice_balance"
    __table_args__ = (
        Index(
            "invoice_balance_period",
            *("operation_id", "period_from", "period_to"),
            postgresql_include=["total_cents", "credited_cents"],
        ),
    )

    document_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    operation_id: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    total_cents: Mapped[int] = mapped_column(BigInteger)
    credited_cents: Mapped[int] = mapped_column(BigInteger)


class DocumentLinkRow(Base):
    """An issued document that refers to another one."""

    __tablename__ = "document_link"
    __table_args__ = (Index("document_link_back", "refers_to"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    refers_to: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)


class BilledRow(Base):
    """Days on which a producer's energy is billed to a consumer; no day is in two rows."""

    __tablename__ = "billed"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[list[Range[date]]] = mapped_column(DATEMULTIRANGE)
