"""Bank statements and their transactions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.encryption.locked_text import LockedText
from services.billing.tables.base import Base


class BankStatementRow(Base):
    """An imported file of statements."""

    __tablename__ = "bank_statement"

    creditor_id: Mapped[UUID] = mapped_column(primary_key=True)
    file_hash: Mapped[str] = mapped_column(primary_key=True)
    imported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class BankBalanceRow(Base):
    """The opening and closing balances of an account's imported statement."""

    __tablename__ = "bank_balance"

    creditor_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    opened_on: Mapped[date] = mapped_column(primary_key=True)
    closed_on: Mapped[date] = mapped_column(primary_key=True)
    opening_cents: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    closing_cents: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class BankTransactionRow(Base):
    """Money received (positive) or paid; not matched yet while matched_by is null.

    entered_as: the source of its entries. undone: how often these were taken back.
    """

    __tablename__ = "bank_transaction"
    __table_args__ = (
        Index("bank_transaction_creditor", "creditor_id", "booked_on"),
        Index(
            "bank_transaction_unmatched",
            "creditor_id",
            "booked_on",
            postgresql_where=text("matched_by IS NULL"),
        ),
    )

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
    party_iban: Mapped[str | None] = mapped_column(LockedText)
    return_reason: Mapped[str | None]
    statement_reference: Mapped[str | None]
    matched_by: Mapped[str | None]
    entered_as: Mapped[UUID | None] = mapped_column(unique=True)
    undone: Mapped[int] = mapped_column(default=0, server_default="0")
