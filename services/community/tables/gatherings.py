"""The rows of gatherings and of the replies to them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class GatheringRow(Base):
    """A gathering, see ``domain.gatherings.gathering``; a trigger keeps ``seats_taken``.

    remind_at: when those who come are to be reminded; None afterwards. kept_counts: the head
    counts, once the people are no longer kept.
    """

    __tablename__ = "gathering"
    __table_args__ = (
        Index("gathering_starts", "starts_at", "id"),
        Index("gathering_operation", "operation_id", "starts_at"),
        Index("gathering_series_id", "series_id", postgresql_where=text("series_id IS NOT NULL")),
        Index("gathering_with_names", "ends_at", postgresql_where=text("kept_counts IS NULL")),
        Index("gathering_to_remind", "remind_at", postgresql_where=text("state = 'announced'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId | None] = mapped_column(ForeignKey("operation.id"))
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("gathering_series.id"))
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
    remind_at: Mapped[datetime | None]
    kept_counts: Mapped[dict[str, int] | None] = mapped_column(JSONB(none_as_null=True))
    seats_taken: Mapped[int] = mapped_column(server_default="0")


class GatheringReplyRow(Base):
    """A member's answer; a yes is seated, or has a place in the queue (constraints)."""

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


class GatheringNoticeRow(Base):
    """A notice to a member about a gathering; deleted once the message is written.

    due_at: later than asked_at after failed attempts to write it.
    """

    __tablename__ = "gathering_notice"
    __table_args__ = (Index("gathering_notice_due", "due_at"),)

    gathering_id: Mapped[UUID] = mapped_column(
        ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(server_default="0")


class GatheringAttendanceRow(Base):
    """A member who was there, with so many guests."""

    __tablename__ = "gathering_attendance"
    __table_args__ = (Index("gathering_attendance_member", "member_id"),)

    gathering_id: Mapped[UUID] = mapped_column(
        ForeignKey("gathering.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    guests: Mapped[int] = mapped_column(SmallInteger)
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]


class GatheringMinutesRow(Base):
    """A version of the minutes and decisions; once published it stays (trigger)."""

    __tablename__ = "gathering_minutes"
    __table_args__ = (
        Index(
            "gathering_minutes_draft",
            "gathering_id",
            unique=True,
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    edit: Mapped[int] = mapped_column(server_default="1")
    content: Mapped[str]
    decisions: Mapped[list[dict[str, str | int | None]]] = mapped_column(JSONB)
    written_at: Mapped[datetime]
    written_by: Mapped[str]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]


class GatheringSeriesRow(Base):
    """The description from which a series was made; its gatherings change one by one."""

    __tablename__ = "gathering_series"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId | None] = mapped_column(ForeignKey("operation.id"))
    asked_for: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class GatheringMaterialRow(Base):
    """Something to read for a gathering: a link, or a file of the store, or neither yet."""

    __tablename__ = "gathering_material"
    __table_args__ = (Index("gathering_material_gathering", "gathering_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("gathering.id", ondelete="CASCADE"))
    title: Mapped[str]
    url: Mapped[str | None]
    sha256: Mapped[str | None]
    media_type: Mapped[str | None]
    byte_count: Mapped[int | None] = mapped_column(BigInteger)
    added_at: Mapped[datetime]
    added_by: Mapped[str]
