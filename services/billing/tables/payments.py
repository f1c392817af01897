"""Creditors, mandates, and the files for the bank."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.encryption.locked_text import LockedText
from services.billing.tables.base import Base


class CreditorRow(Base):
    """The account to which a member is paid."""

    __tablename__ = "creditor"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    iban: Mapped[str] = mapped_column(LockedText)
    bic: Mapped[str | None]
    ics: Mapped[str | None]
    collected_by: Mapped[UUID | None]
    edition: Mapped[int] = mapped_column(SmallInteger)
    notice_days: Mapped[int] = mapped_column(SmallInteger)
    convention_signed_on: Mapped[date | None]
    convention_document: Mapped[str | None]


class CreditorAccountRow(Base):
    """An account to which a member is or was paid."""

    __tablename__ = "creditor_account"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("creditor.member_id"), primary_key=True)
    iban: Mapped[str] = mapped_column(LockedText, primary_key=True)


class CreditorChangeRow(Base):
    """A member's future payment details, in use once confirmed by another person or after 72 h."""

    __tablename__ = "creditor_change"
    __table_args__ = (Index("creditor_change_asked_at", "asked_at"),)

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    name: Mapped[str]
    iban: Mapped[str] = mapped_column(LockedText)
    bic: Mapped[str | None]
    ics: Mapped[str | None]
    collected_by: Mapped[UUID | None]
    edition: Mapped[int] = mapped_column(SmallInteger)
    notice_days: Mapped[int] = mapped_column(SmallInteger)
    convention_signed_on: Mapped[date | None]
    convention_document: Mapped[str | None]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    asked_by: Mapped[str]
    asked_by_staff: Mapped[bool]


class MandateRow(Base):
    """A mandate; a debtor has at most one in force per creditor."""

    __tablename__ = "mandate"
    __table_args__ = (
        UniqueConstraint("creditor_id", "rum", name="mandate_rum"),
        Index(
            "mandate_in_force",
            "creditor_id",
            "debtor_id",
            unique=True,
            postgresql_where=text("revoked_on IS NULL"),
        ),
        Index("mandate_debtor", "debtor_id", "rum", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    creditor_id: Mapped[UUID]
    debtor_id: Mapped[UUID]
    rum: Mapped[str]
    signed_on: Mapped[date]
    holder: Mapped[str]
    iban: Mapped[str | None] = mapped_column(LockedText)
    bic: Mapped[str | None]
    revoked_on: Mapped[date | None]
    blocked_by: Mapped[str | None]


class MandateRequestRow(Base):
    """A debtor's mandate request with the text agreed to; at most one pending per creditor."""

    __tablename__ = "mandate_request"
    __table_args__ = (
        Index(
            "mandate_request_waiting",
            "creditor_id",
            "debtor_id",
            unique=True,
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index("mandate_request_debtor", "debtor_id", "asked_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    creditor_id: Mapped[UUID]
    debtor_id: Mapped[UUID]
    holder: Mapped[str]
    iban: Mapped[str | None] = mapped_column(LockedText)
    account_end: Mapped[str]
    language: Mapped[str]
    agreed_text: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    declined_because: Mapped[str | None]
    mandate_id: Mapped[UUID | None]


class PaymentFile:
    """A file for the bank, with its content and hash."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    creditor_id: Mapped[UUID]
    day: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    transaction_count: Mapped[int]
    total_cents: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[str] = mapped_column(LockedText)  # it names accounts
    content_hash: Mapped[str]
    cancelled_on: Mapped[date | None]


class CollectionRow(PaymentFile, Base):
    """A file of direct debits."""

    __tablename__ = "collection"
    __table_args__ = (Index("collection_creditor", "creditor_id", "day"),)

    notified_on: Mapped[date]


class CollectionItemRow(Base):
    """An invoice in a collection; pending until it is received, returned or cancelled.

    The invoices of a mandate are one debit: the bank answers all of them at once.
    answered_by: the bank transaction that is taken for its money although no id says so.
    """

    __tablename__ = "collection_item"
    __table_args__ = (
        Index(
            "collection_item_pending",
            "invoice_id",
            unique=True,
            postgresql_where=text(
                "received_on IS NULL AND returned_on IS NULL AND cancelled_on IS NULL"
            ),
        ),
        Index("collection_item_debit", "debit_id"),
        Index("collection_item_collection", "collection_id"),
        Index("collection_item_invoice", "invoice_id"),
        Index("collection_item_mandate", "mandate_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    debit_id: Mapped[UUID]
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collection.id"))
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"))
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    sequence_type: Mapped[str]
    received_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    return_reason: Mapped[str | None]
    cancelled_on: Mapped[date | None]
    answered_by: Mapped[UUID | None]


class PayoutRow(PaymentFile, Base):
    """A file of transfers to the members for which the creditor collects."""

    __tablename__ = "payout"
    __table_args__ = (Index("payout_creditor", "creditor_id", "day"),)


class PayoutItemRow(Base):
    """A payee's transfer in a payout; return_reason goes with its return or its rejection.

    iban: that it goes to, read only where it is asked for. since, until: the days of its statement.
    before_cents: what the statement before left. owed_cents: before credits and reserve are kept.
    """

    __tablename__ = "payout_item"
    __table_args__ = (
        Index("payout_item_payout", "payout_id"),
        Index("payout_item_payee", "payee_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payout_id: Mapped[UUID] = mapped_column(ForeignKey("payout.id"))
    payee_id: Mapped[UUID]
    iban: Mapped[str] = mapped_column(LockedText, deferred=True)
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[date]
    until: Mapped[date]
    before_cents: Mapped[int] = mapped_column(BigInteger)
    owed_cents: Mapped[int] = mapped_column(BigInteger)
    credits_cents: Mapped[int] = mapped_column(BigInteger)
    reserve_cents: Mapped[int] = mapped_column(BigInteger)
    executed_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    return_reason: Mapped[str | None]


class PayoutEntryRow(Base):
    """An entry in the payee's books that the statement of a payout lists."""

    __tablename__ = "payout_entry"
    __table_args__ = (Index("payout_entry_item", "item_id"),)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("journal_entry.id"), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("payout_item.id"))


class PayoutReserveRow(Base):
    """The share of recent direct debits that a collector keeps from its payouts."""

    __tablename__ = "payout_reserve"

    creditor_id: Mapped[UUID] = mapped_column(primary_key=True)
    share_percent: Mapped[int] = mapped_column(SmallInteger)
    days: Mapped[int] = mapped_column(SmallInteger)


class RefundRow(PaymentFile, Base):
    """A file of transfers of credits to customers."""

    __tablename__ = "refund"
    __table_args__ = (Index("refund_creditor", "creditor_id", "day"),)


class RefundItemRow(Base):
    """A document's credit in a refund; pending until executed, returned or cancelled.

    The credits of a customer are one transfer: the bank answers all of them at once. They are free
    once it is executed or cancelled. executed_by, returned_by: the bank transactions.
    """

    __tablename__ = "refund_item"
    __table_args__ = (
        Index(
            "refund_item_pending",
            "invoice_id",
            unique=True,
            postgresql_where=text(
                "executed_on IS NULL AND returned_on IS NULL AND cancelled_on IS NULL"
            ),
        ),
        Index("refund_item_refund", "refund_id"),
        Index("refund_item_transfer", "transfer_id"),
        Index("refund_item_invoice", "invoice_id"),
        Index("refund_item_executed_by", "executed_by"),
        Index("refund_item_returned_by", "returned_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    transfer_id: Mapped[UUID]
    refund_id: Mapped[UUID] = mapped_column(ForeignKey("refund.id"))
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"))
    iban: Mapped[str] = mapped_column(LockedText, deferred=True)
    account_end: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    executed_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    return_reason: Mapped[str | None]
    executed_by: Mapped[UUID | None]
    returned_by: Mapped[UUID | None]
