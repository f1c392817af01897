"""The least sums of operations, and what is held back as too little to invoice."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class ThresholdsRow(Base):
    """The least sums chosen by an operation; operations without a row have none."""

    __tablename__ = "thresholds"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    invoice_cents: Mapped[int]
    debit_cents: Mapped[int]
    remind_cents: Mapped[int]
    correct_cents: Mapped[int]


class CarriedSumRow(Base):
    """A month that a run did not invoice to a customer, as it is too little by itself.

    period: of that run, the month or its quarter.
    """

    __tablename__ = "carried_sum"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    customer_id: Mapped[UUID] = mapped_column(primary_key=True)
    period: Mapped[str]
