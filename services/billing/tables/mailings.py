"""E-mails to customers, and their status."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class MailPolicyRow(Base):
    """The messages that a member has sent automatically."""

    __tablename__ = "mail_policy"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    invoices: Mapped[bool]
    reminders: Mapped[bool]
    pre_notifications: Mapped[bool]
    reminders_when_due: Mapped[bool]
    payment_notices: Mapped[bool]
    payouts: Mapped[bool]


class MailingRow(Base):
    """A message about documents, or a payout; community sends it, and publishes its status."""

    __tablename__ = "mailing"
    __table_args__ = (
        Index("mailing_invoice", "invoice_id"),
        Index("mailing_other_invoices", "other_invoice_ids", postgresql_using="gin"),
        Index("mailing_to_ask", "next_at", postgresql_where=text("asked_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey("invoice.id"))
    payout_item_id: Mapped[UUID | None] = mapped_column(ForeignKey("payout_item.id"))
    other_invoice_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    kind: Mapped[str]
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int]
    next_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    asked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revision: Mapped[int]
    recipients: Mapped[list[Any]]
