"""Coefficients that are set before their month."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ForeignKeyConstraint, LargeBinary, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


def _of_a_deposit() -> ForeignKeyConstraint:
    key = ("operation_id", "month", "number")
    return ForeignKeyConstraint(key, [f"coefficient_deposit.{column}" for column in key])


class CoefficientDepositRow(Base):
    """An entry of an operation-month, of which the last one counts; none ever changes.

    kind: ``DepositKind``. rules: of a deposit by calendar; forecast: what one of
    a forecast was made of. content: the file for the network
    operator, None of a withdrawal, as its name, step and hash.
    """

    __tablename__ = "coefficient_deposit"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    deposited_at: Mapped[datetime]
    deposited_by: Mapped[str]
    rules: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), deferred=True, deferred_raiseload=True
    )
    forecast: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), deferred=True, deferred_raiseload=True
    )
    name: Mapped[str | None]
    step_min: Mapped[int | None]
    sha256: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True, deferred_raiseload=True
    )


class StaleDepositMonthsRow(Base):
    """An operation of whose months to come something else may be true than was published."""

    __tablename__ = "stale_deposit_months"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ToldDepositMonthRow(Base):
    """The last published state of an operation-month, see ``DepositMonthChanged``."""

    __tablename__ = "told_deposit_month"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    state: Mapped[str]
    last_day: Mapped[date | None]


class DepositSubmissionRow(Base):
    """The record that somebody gave a deposit to the network operator: once, never changed."""

    __tablename__ = "deposit_submission"
    __table_args__ = (_of_a_deposit(),)

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    note: Mapped[str | None]


class DepositedCoefficientRow(Base):
    """A consumer's deposited coefficients for each step of a day."""

    __tablename__ = "deposited_coefficient"
    __table_args__ = (_of_a_deposit(),)

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int]
    share_billionths: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
