"""The books of each seller."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class BooksRow(Base):
    """The settings of an owner's books, if they differ from the defaults."""

    __tablename__ = "books"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    accounts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    fiscal_year_end_month: Mapped[int] = mapped_column(SmallInteger)


class EntrySeriesRow(Base):
    """The last number of an entry in a fiscal year."""

    __tablename__ = "entry_series"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int]


class PartyAccountRow(Base):
    """The number of a party's auxiliary account in the books of an owner."""

    __tablename__ = "party_account"
    __table_args__ = (UniqueConstraint("owner_id", "number", name="party_account_number"),)

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]


class EntryRow(Base):
    """A journal entry; triggers refuse changes and entries that do not balance."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("owner_id", "fiscal_year", "number", name="journal_entry_number"),
        UniqueConstraint("source_id", "source_kind", "owner_id", name="journal_entry_source"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    fiscal_year: Mapped[int]
    number: Mapped[int]
    journal: Mapped[str]
    day: Mapped[date]
    piece_ref: Mapped[str]
    piece_day: Mapped[date]
    label: Mapped[str]
    source_kind: Mapped[str]
    source_id: Mapped[UUID]
    line_count: Mapped[int]
    total_cents: Mapped[int] = mapped_column(BigInteger)
    validated_on: Mapped[date]


class ClosingRow(Base):
    """A closed fiscal year; a trigger refuses further entries."""

    __tablename__ = "fiscal_year_closing"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    closed_on: Mapped[date]
    result_cents: Mapped[int] = mapped_column(BigInteger)


class LineRow(Base):
    """A line of an entry: either a debit or a credit."""

    __tablename__ = "journal_line"
    __table_args__ = (
        Index(
            "journal_line_invoice", "invoice_id", postgresql_where=text("invoice_id IS NOT NULL")
        ),
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("journal_entry.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account: Mapped[str]
    account_label: Mapped[str]
    party_id: Mapped[UUID | None]
    party_name: Mapped[str | None]
    invoice_id: Mapped[UUID | None]
    debit_cents: Mapped[int] = mapped_column(BigInteger)
    credit_cents: Mapped[int] = mapped_column(BigInteger)
