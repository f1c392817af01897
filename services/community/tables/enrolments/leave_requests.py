"""The rows of members' requests to leave."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.tables.base import Base


class LeaveRequestRow(Base):
    """The columns are the fields of ``domain.enrolments.leaving.LeaveRequest``.

    It waits while its enrolment is declared and no step to leave follows.
    """

    __tablename__ = "leave_request"
    __table_args__ = (Index("leave_request_member", "member_id"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolment.id"), primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    wanted_on: Mapped[date]
    possible_on: Mapped[date]
    reason: Mapped[str | None]
    asked_at: Mapped[datetime]
