"""The rows of allocation's schema; the migrations say what the database itself enforces."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, DateTime, Index, Integer, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {
        str: Text(),
        datetime: DateTime(timezone=True),
        list[Any]: JSONB(),
        dict[str, Any]: JSONB(),
    }


class PerimeterRow(Base):
    """The latest perimeter of an operation."""

    __tablename__ = "perimeter"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str]
    organiser_id: Mapped[UUID]
    step_min: Mapped[int]
    participations: Mapped[list[Any]]


class ReadingBlockRow(Base):
    """The latest readings of a point and local day, at one step."""

    __tablename__ = "reading_block"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    power_w: Mapped[list[int | None]] = mapped_column(ARRAY(Integer))


class StaleDayRow(Base):
    """A day to allocate (again), because something that it depends on has changed."""

    __tablename__ = "stale_day"
    __table_args__ = (Index("stale_day_turn", "marked_at", "operation_id", "day"),)

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SharingKeyRow(Base):
    """A key and the days on which it is in force; open_ended: until a later key begins."""

    __tablename__ = "sharing_key"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    open_ended: Mapped[bool]
    definition: Mapped[dict[str, Any]]


class DayStatusRow(Base):
    """What came of the last allocation of a day; hash and totals only when it is allocated."""

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
    failure: Mapped[str | None]


class PointDayRow(Base):
    """What a point metered on an allocated day, and how much of it was shared."""

    __tablename__ = "point_day"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    metered_wmin: Mapped[int] = mapped_column(BigInteger)
    shared_wmin: Mapped[int] = mapped_column(BigInteger)


class ShareBlockRow(Base):
    """What a producer gave a consumer on a day, by step and in all; only where it is positive."""

    __tablename__ = "share_block"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    producer: Mapped[str] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int]
    energy_wmin: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    day_wmin: Mapped[int] = mapped_column(BigInteger)


class SettlementRow(Base):
    """The frozen shares of an operation-month; a trigger refuses every change."""

    __tablename__ = "settlement"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str]
    closed_at: Mapped[datetime]
    revisions: Mapped[dict[str, Any]]
    content: Mapped[str]
    content_hash: Mapped[str]
