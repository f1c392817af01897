"""Estimations: for which operation, by which methods, of which steps."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base


class EstimationRow(Base):
    """A request to fill the gaps of an operation over ``[from_day, to_day)``."""

    __tablename__ = "estimation"
    __table_args__ = (Index("estimation_operation", "operation_id", "asked_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId]
    from_day: Mapped[date]
    to_day: Mapped[date]
    methods: Mapped[list[str]] = mapped_column(ARRAY(Text))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    steps_filled: Mapped[int]
    steps_left: Mapped[int]
    withdrawn_by: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]


class EstimationPolicyRow(Base):
    """The methods that may fill the gaps of an operation, in their order."""

    __tablename__ = "estimation_policy"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    methods: Mapped[list[str]] = mapped_column(ARRAY(Text))
    interpolation_max_min: Mapped[int] = mapped_column(SmallInteger)


class EstimateRow(Base):
    """The estimation of some steps of a block; the values are in the revision that it made.

    replaced: the letter that each value replaced (``domain.readings.blocks``).
    """

    __tablename__ = "estimate"
    __table_args__ = (Index("estimate_block", "prm", "direction", "day", "step_min"),)

    estimation_id: Mapped[UUID] = mapped_column(ForeignKey("estimation.id"), primary_key=True)
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    slots: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    replaced: Mapped[str]
    input_days: Mapped[list[date]] = mapped_column(ARRAY(Date))
    input_prms: Mapped[list[str]] = mapped_column(ARRAY(Text))
