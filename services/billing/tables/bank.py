"""What the bank tells, and what is done about what it does not tell."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class BankStatementRow(Base):
    """A file of statements that was imported."""

    __tablename__ = "bank_statement"

    creditor_id: Mapped[UUID] = mapped_column(primary_key=True)
    file_hash: Mapped[str] = mapped_column(primary_key=True)
    imported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class BankTransactionRow(Base):
    """Money that came (positive) or went; without matched_by, nobody knows yet what for."""

    __tablename__ = "bank_transaction"
    __table_args__ = (Index("bank_transaction_creditor", "creditor_id", "booked_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    creditor_id: Mapped[UUID]
    booked_on: Mapped[date]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]
    end_to_end_id: Mapped[str | None]
    rum: Mapped[str | None]
    batch_id: Mapped[str | None]
    remittance: Mapped[str | None]
    party_name: Mapped[str | None]
    party_iban: Mapped[str | None]
    return_reason: Mapped[str | None]
    matched_by: Mapped[str | None]


class ReminderPolicyRow(Base):
    """When an issuer reminds, from a day on."""

    __tablename__ = "reminder_policy"

    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    levels: Mapped[list[Any]]


class ReminderRow(Base):
    """A reminder that was made; each level once."""

    __tablename__ = "reminder"

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    day: Mapped[date]
    open_cents: Mapped[int] = mapped_column(BigInteger)


class WriteOffRow(Base):
    """A debt that is doubtful or lost, and why."""

    __tablename__ = "write_off"
    __table_args__ = (Index("write_off_invoice", "invoice_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"))
    kind: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    reason: Mapped[str]
