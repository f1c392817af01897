"""Days: those to allocate, and the outcome of each."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class StaleDayRow(Base):
    """A day to allocate (again), because something that it depends on has changed."""

    __tablename__ = "stale_day"
    __table_args__ = (Index("stale_day_turn", "marked_at", "operation_id", "day"),)

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(server_default=func.now())


class DayStatusRow(Base):
    """The outcome of the last allocation of a day; hash and totals only when it is allocated."""

    __tablename__ = "day_status"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    status: Mapped[str]
    revision: Mapped[int]
    inputs_hash: Mapped[str | None]
    production_wmin: Mapped[int | None] = mapped_column(BigInteger)
    consumption_wmin: Mapped[int | None] = mapped_column(BigInteger)
    allocated_wmin: Mapped[int | None] = mapped_column(BigInteger)
    missing: Mapped[list[Any]]
    estimated: Mapped[list[Any]]
    reconstructed: Mapped[list[Any]]
    failure: Mapped[str | None]
    key_missing_steps: Mapped[int]


class MonthDaysRow(Base):
    """The days of a month by status and with results of the DSO, as bits from the first day."""

    __tablename__ = "month_days"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    allocated: Mapped[int] = mapped_column(BigInteger)
    incomplete: Mapped[int] = mapped_column(BigInteger)
    no_key: Mapped[int] = mapped_column(BigInteger)
    key_incomplete: Mapped[int] = mapped_column(BigInteger)
    failed: Mapped[int] = mapped_column(BigInteger)
    purged: Mapped[int] = mapped_column(BigInteger)
    dso: Mapped[int] = mapped_column(BigInteger)
    dso_definitive: Mapped[int] = mapped_column(BigInteger)


class PointDayRow(Base):
    """A point's metered energy on an allocated day, and the part of it that was shared."""

    __tablename__ = "point_day"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    metered_wmin: Mapped[int] = mapped_column(BigInteger)
    shared_wmin: Mapped[int] = mapped_column(BigInteger)


class ShareBlockRow(Base):
    """Energy from a producer to a consumer on a day, by step and in total; only where positive."""

    __tablename__ = "share_block"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int]
    energy_wmin: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    day_wmin: Mapped[int] = mapped_column(BigInteger)
