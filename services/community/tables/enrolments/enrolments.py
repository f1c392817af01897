"""The rows of enrolments and their steps."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.tables.base import Base


class EnrolmentRow(Base):
    """A point on its way through an operation; a trigger lets it go forwards only."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("enrolment_operation", "operation_id", "id"),
        Index("enrolment_member", "member_id"),
        Index(
            "enrolment_of_participation",
            "operation_id",
            "prm",
            "direction",
            "valid_from",
            unique=True,
            postgresql_where="state <> 'withdrawn'",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"))
    direction: Mapped[str]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    state: Mapped[str]
    is_vouched: Mapped[bool] = mapped_column(server_default="false")
    """Whether staff made the present plan."""


class EnrolmentStepRow(Base):
    """A step, its local day and its author; a trigger keeps the row."""

    __tablename__ = "enrolment_step"

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    day: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
