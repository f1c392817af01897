"""The rows of the places of points, and of the legal basis of operations."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.domain.feasibility.places import Coordinates
from services.community.tables.base import Base


class PointLocationRow(Base):
    __tablename__ = "point_location"

    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"), primary_key=True)
    latitude_deg: Mapped[float]
    longitude_deg: Mapped[float]
    source: Mapped[str]
    voltage: Mapped[str]
    commune: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]

    @property
    def place(self) -> Coordinates:
        return Coordinates(self.latitude_deg, self.longitude_deg)


class LegalBasisRow(Base):
    __tablename__ = "legal_basis"

    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    basis: Mapped[str]
    zone: Mapped[str]
    policy: Mapped[str]
    decision: Mapped[str | None]
    communes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
