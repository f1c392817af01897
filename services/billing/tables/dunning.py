"""Steps taken about unpaid invoices."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class ReminderPolicyRow(Base):
    """An issuer's reminder schedule from a day on."""

    __tablename__ = "reminder_policy"

    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    levels: Mapped[list[Any]]


class ReminderRow(Base):
    """A reminder made for an invoice; each level once."""

    __tablename__ = "reminder"
    __table_args__ = (Index("reminder_day", "day"),)

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    day: Mapped[date]
    open_cents: Mapped[int] = mapped_column(BigInteger)


class WriteOffRow(Base):
    """A debt that is doubtful or lost, and why."""

    __tablename__ = "write_off"
    __table_args__ = (Index("write_off_invoice", "invoice_id"), Index("write_off_day", "day"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"))
    kind: Mapped[str]
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    reason: Mapped[str]
