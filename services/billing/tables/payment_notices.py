"""Payment notices: several documents of a customer, to pay as one sum."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class PaymentNoticeRow(Base):
    """A letter about documents of one operation; its number is of the collector and the year."""

    __tablename__ = "payment_notice"
    __table_args__ = (
        UniqueConstraint("collector_id", "year", "sequence", name="payment_notice_number"),
        Index("payment_notice_customer", "customer_id", "made_on"),
        Index("payment_notice_operation", "operation_id", "made_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collector_id: Mapped[UUID]
    customer_id: Mapped[UUID]
    operation_id: Mapped[str]
    year: Mapped[int] = mapped_column(SmallInteger)
    sequence: Mapped[int]
    made_on: Mapped[date]


class PaymentNoticeDocumentRow(Base):
    """A document of a notice."""

    __tablename__ = "payment_notice_document"
    __table_args__ = (Index("payment_notice_document_notice", "notice_id"),)

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("payment_notice.id"))
