"""The rows of gatherings and of the replies to them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class GatheringRow(Base):
    """A gathering, see ``domain.gatherings.gathering``; ``seats_taken`` is kept by a trigger."""

    __tablename__ = "gathering"
    __table_args__ = (
        Index("gathering_starts", "starts_at", "id"),
        Index("gathering_operation", "operation_id", "starts_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId | None] = mapped_column(ForeignKey("operation.id"))
    kind: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    agenda: Mapped[list[dict[str, str | int | None]]] = mapped_column(JSONB)
    place: Mapped[str]
    url: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    day: Mapped[date]
    audience: Mapped[str]
    capacity: Mapped[int | None]
    max_guests: Mapped[int] = mapped_column(SmallInteger)
    reply_by: Mapped[datetime | None]
    facilitator_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    remind_days: Mapped[int | None] = mapped_column(SmallInteger)
    state: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    announced_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str | None]
    seats_taken: Mapped[int] = mapped_column(server_default="0")


class GatheringReplyRow(Base):
    """What a member answered; who says yes is seated, or waits as so manieth (constraints)."""

    __tablename__ = "gathering_reply"
    __table_args__ = (
        Index("gathering_reply_member", "member_id"),
        Index("gathering_reply_queue", "gathering_id", "waits_as", unique=True),
    )

    gathering_id: Mapped[UUID] = mapped_column(
        ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    answer: Mapped[str]
    guests: Mapped[int] = mapped_column(SmallInteger)
    is_seated: Mapped[bool]
    waits_as: Mapped[int | None]
    shows_name: Mapped[bool]
    replied_at: Mapped[datetime]
