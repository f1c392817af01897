"""The DSO's results for operations: its split by step and by month, and its perimeters."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, Text, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base


class ResultCurveRow(Base):
    """One revision of a curve that the DSO made, see ``domain.results.merging``.

    Its values never change; a later publication of the same values only renews ``published_us``.
    """

    __tablename__ = "result_curve"
    __table_args__ = (Index("result_curve_day", "day", postgresql_using="brin"),)

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(Integer, primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    energy_wmin: Mapped[list[int | None]] = mapped_column(ARRAY(BigInteger))
    definitive: Mapped[list[bool]] = mapped_column(ARRAY(Boolean))
    precision_wmin: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    published_us: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ResultEnergyRow(Base):
    """One revision of a quantity of a point over a month, by tariff class in order of names."""

    __tablename__ = "result_energy"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    tariff_classes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    energy_wmin: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    precision_wmin: Mapped[int] = mapped_column(BigInteger)
    definitive: Mapped[bool]
    published_us: Mapped[int] = mapped_column(BigInteger)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PublishedResultDayRow(Base):
    """The number of events about the DSO's curves of a day that were published to an operation."""

    __tablename__ = "published_result_day"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]


class PublishedResultMonthRow(Base):
    """The number of events about a month's energies that were published to an operation."""

    __tablename__ = "published_result_month"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]


class DsoPerimeterRow(Base):
    """The points of an operation as the DSO published them last."""

    __tablename__ = "dso_perimeter"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    prms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    directions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    valid_from: Mapped[list[date | None]] = mapped_column(ARRAY(Date))
    valid_to: Mapped[list[date | None]] = mapped_column(ARRAY(Date))
    published_us: Mapped[int] = mapped_column(BigInteger)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))
    recorded_at: Mapped[datetime]
