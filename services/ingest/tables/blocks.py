"""Readings, by day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, Integer, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base


class ReadingBlockRow(Base):
    """One revision of a block, see ``domain.readings.blocks``.

    Its values never change; a later publication of the same values only renews ``published_us``.
    A delivery brought it, or an estimation or its withdrawal made it.
    """

    __tablename__ = "reading_block"
    __table_args__ = (
        Index(
            "reading_block_estimated",
            "prm",
            "day",
            postgresql_where=text("strpos(natures, 'i') > 0"),
        ),
        Index(
            "reading_block_organisers",
            "prm",
            "day",
            postgresql_where=text("0 > ANY (published_us)"),
        ),
        Index("reading_block_day", "day", postgresql_using="brin"),
    )

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    power_w: Mapped[list[int | None]] = mapped_column(ARRAY(Integer))
    natures: Mapped[str]
    doubtful: Mapped[list[bool]] = mapped_column(ARRAY(Boolean))
    published_us: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    delivery_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    estimation_id: Mapped[UUID | None] = mapped_column(ForeignKey("estimation.id"))


class PointMonthRow(Base):
    """The days of a point's month that have come, as bits; see ``domain.completeness.months``."""

    __tablename__ = "point_month"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    some_days: Mapped[int] = mapped_column(BigInteger)
    whole_days: Mapped[int] = mapped_column(BigInteger)
    received_days: Mapped[int] = mapped_column(BigInteger)


class OperationMonthRow(Base):
    """The number of points with the same days of participation and of readings in a month."""

    __tablename__ = "operation_month"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date] = mapped_column(primary_key=True)
    some_days: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    whole_days: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    received_days: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    points: Mapped[int] = mapped_column(BigInteger)


class HeldBlockRow(Base):
    """A block whose last revision was published to no operation, as none covers it."""

    __tablename__ = "held_block"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)


class PublishedBlockRow(Base):
    """A revision of a block that was published to an operation."""

    __tablename__ = "published_block"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)


class PublishedDayRow(Base):
    """The number of events about a day that were published to an operation."""

    __tablename__ = "published_day"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]
