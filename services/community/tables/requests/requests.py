"""The rows of requests, their steps and notes, the day's counts, and purges."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class RequestRow(Base):
    """A request, see ``domain.requests``; touched_at: of the last action on it."""

    __tablename__ = "request"
    __table_args__ = (
        Index("request_received", "received_at", "id"),
        Index("request_stage", "stage", "received_at", "id"),
        Index("request_assigned", "assigned_to", "received_at", "id"),
        Index("request_touched", "touched_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    secret_sha256: Mapped[str]
    received_at: Mapped[datetime]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    organisation: Mapped[str | None]
    siren: Mapped[str | None]
    commune: Mapped[str]
    address: Mapped[str | None]
    latitude_deg: Mapped[float | None]
    longitude_deg: Mapped[float | None]
    points: Mapped[dict[str, int]] = mapped_column(JSONB)
    point_count: Mapped[int]
    plants_kwc: Mapped[list[Decimal]] = mapped_column(ARRAY(Numeric(8, 3)))
    kwc: Mapped[Decimal] = mapped_column(Numeric(12, 3))
    reason: Mapped[str]
    may_be_contacted: Mapped[bool]
    stage: Mapped[str]
    stage_since: Mapped[datetime]
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    next_action_on: Mapped[date | None]
    study_id: Mapped[UUID | None]
    operation_id: Mapped[OperationId | None] = mapped_column(
        ForeignKey("operation.id"), unique=True
    )
    touched_at: Mapped[datetime]


class RequestStepRow(Base):
    """A move from one stage to another; never changes (trigger)."""

    __tablename__ = "request_step"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("request.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    from_stage: Mapped[str]
    to_stage: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by: Mapped[str]


class RequestNoteRow(Base):
    """A note by staff about a request; never changes (trigger)."""

    __tablename__ = "request_note"

    request_id: Mapped[UUID] = mapped_column(
        ForeignKey("request.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class RequestCountRow(Base):
    """The number of a sender's requests, or questions, of a local day; an empty sender is all.

    Logged-in members have counts of their own, outside the common one. So have address look-ups, of
    a sender and of all.
    """

    __tablename__ = "request_count"

    day: Mapped[date] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class RequestPurgeRow(Base):
    """The number of requests deleted because they were untouched since a date."""

    __tablename__ = "request_purge"

    at: Mapped[datetime] = mapped_column(primary_key=True)
    touched_before: Mapped[datetime]
    deleted: Mapped[int]
