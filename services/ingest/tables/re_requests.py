"""Requests to the DSO to send readings again."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.ingest.tables.base import Base

_IS_WAITING = text("status = 'waiting'")


class ReRequestRow(Base):
    """Days ``[from_day, to_day)`` of a point that are asked for again until they are there."""

    __tablename__ = "re_request"
    __table_args__ = (
        Index("re_request_waiting", "prm", "direction", postgresql_where=_IS_WAITING),
        Index("re_request_due", "flow", "next_attempt_at", postgresql_where=_IS_WAITING),
        Index("re_request_operation", "operation_id", "from_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId]
    prm: Mapped[Prm]
    direction: Mapped[str]
    from_day: Mapped[date]
    to_day: Mapped[date]
    flow: Mapped[str]
    status: Mapped[str]
    asked_by: Mapped[str]
    created_at: Mapped[datetime]
    attempts: Mapped[int]
    last_attempt_at: Mapped[datetime | None]
    last_problem: Mapped[str | None]
    next_attempt_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
