"""The rows of billing's schema; the migrations say what the database itself enforces."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {str: Text(), list[Any]: JSONB()}


class MemberRow(Base):
    """A member, as the community service last recorded it."""

    __tablename__ = "member"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str]
    address: Mapped[str]
    siren: Mapped[str | None]
    vat_number: Mapped[str | None]


class PerimeterRow(Base):
    """The latest perimeter of an operation."""

    __tablename__ = "perimeter"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str]
    participations: Mapped[list[Any]]


class SettlementRow(Base):
    """The latest settlement of an operation-month; whoever changes its invoices locks it."""

    __tablename__ = "settlement"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    status: Mapped[str]
    content_hash: Mapped[str]
    pairs: Mapped[list[Any]]


class PriceRow(Base):
    """A price of an operation; a producer of None is all those without one of their own."""

    __tablename__ = "price"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    operation_id: Mapped[str]
    producer: Mapped[str | None]
    price_micro_eur_per_kwh: Mapped[int] = mapped_column(BigInteger)
    vat_rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    vat_mention: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


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
