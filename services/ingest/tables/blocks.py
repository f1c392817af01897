"""Readings, by day."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, ForeignKey, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base


class ReadingBlockRow(Base):
    """One revision of a block, see ``domain.blocks``; rows are never changed."""

    __tablename__ = "reading_block"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    power_w: Mapped[list[int | None]] = mapped_column(ARRAY(Integer))
    natures: Mapped[str]
    doubtful: Mapped[list[bool]] = mapped_column(ARRAY(Boolean))
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))


class HeldBlockRow(Base):
    """A block whose last revision no operation was given, for none covers it."""

    __tablename__ = "held_block"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


class PublishedBlockRow(Base):
    """A revision of a block that an operation was given."""

    __tablename__ = "published_block"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)


class PublishedDayRow(Base):
    """How many events an operation was given about a day."""

    __tablename__ = "published_day"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]
