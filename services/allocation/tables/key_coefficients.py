"""The coefficients of dynamic sharing keys."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class KeyCoefficientFileRow(Base):
    """The file of a month's coefficients of a key; producer: empty for the pool."""

    __tablename__ = "key_coefficient_file"
    __table_args__ = (
        ForeignKeyConstraint(
            ["operation_id", "key_id"],
            ["sharing_key.operation_id", "sharing_key.id"],
            ondelete="CASCADE",
        ),
    )

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    byte_count: Mapped[int] = mapped_column(BigInteger)
    set_at: Mapped[datetime]
    set_by: Mapped[str]


class KeyCoefficientRow(Base):
    """A consumer's coefficients for each step of a day; producer: empty for the pool."""

    __tablename__ = "key_coefficient"
    __table_args__ = (
        ForeignKeyConstraint(
            ["operation_id", "key_id"],
            ["sharing_key.operation_id", "sharing_key.id"],
            ondelete="CASCADE",
        ),
    )

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int]
    share_billionths: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
