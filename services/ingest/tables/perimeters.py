"""Perimeters and participations, as the community publishes them."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base


class PerimeterRow(Base):
    """The revision of an operation's perimeter that its participations are of.

    asked_again_on: the last local day on which its late readings were asked for by schedule.
    """

    __tablename__ = "perimeter"

    operation_id: Mapped[OperationId] = mapped_column(primary_key=True)
    revision: Mapped[int]
    asked_again_on: Mapped[date | None]


class PerimeterStepRow(Base):
    """The operation's settlement step from a local day on; the first has no earlier limit."""

    __tablename__ = "perimeter_step"

    operation_id: Mapped[OperationId] = mapped_column(
        ForeignKey("perimeter.operation_id"), primary_key=True
    )
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(SmallInteger)


class ParticipationRow(Base):
    """A copy of the community's participation, see ``domain.readings.coverage``."""

    __tablename__ = "participation"
    __table_args__ = (Index("participation_prm", "prm"),)

    operation_id: Mapped[OperationId] = mapped_column(
        ForeignKey("perimeter.operation_id"), primary_key=True
    )
    prm: Mapped[Prm] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    power_limit_w: Mapped[int | None]
