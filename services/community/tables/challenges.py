"""The rows of challenges and of their entries."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.domain.challenges.challenge import ChallengeKind, State
from services.community.domain.challenges.effort import Outcome
from services.community.tables.base import Base


class ChallengeRow(Base):
    """A challenge, see ``domain.challenges``; drafted_by is an account and shown to nobody.

    windows: pairs of half-hours. revision: of the event with the measured points;
    perimeter_revision: of the operation at that event.
    """

    __tablename__ = "challenge"
    __table_args__ = (
        Index("challenge_operation", "operation_id", "first_day", "id"),
        Index("challenge_running", "id", postgresql_where=text("state = 'announced'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    title: Mapped[str]
    text: Mapped[str]
    kind: Mapped[ChallengeKind] = mapped_column(Text)
    first_day: Mapped[date]
    last_day: Mapped[date]
    windows: Mapped[list[list[int]]] = mapped_column(JSONB)
    weekdays: Mapped[list[str]] = mapped_column(ARRAY(Text))
    target_percent: Mapped[int] = mapped_column(SmallInteger)
    baseline_weeks: Mapped[int] = mapped_column(SmallInteger)
    freeze_after_days: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[State] = mapped_column(Text)
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str]
    announced_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str | None]
    midway_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(server_default="0")
    perimeter_revision: Mapped[int] = mapped_column(server_default="0")
    group_effort_percent: Mapped[int | None]


class ChallengeEntryRow(Base):
    """A point whose member opted in, by a consent; outcome and effort: once it is frozen."""

    __tablename__ = "challenge_entry"
    __table_args__ = (
        UniqueConstraint("challenge_id", "prm", "member_id"),
        Index("challenge_entry_member", "member_id"),
        Index("challenge_entry_consent", "consent_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    challenge_id: Mapped[UUID] = mapped_column(ForeignKey("challenge.id"))
    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"))
    shown_as: Mapped[str | None]
    entered_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(Text)
    effort_permille: Mapped[int | None]


class ChallengeMeasureRow(Base):
    """Allocation's measures of an entry: days with consumption and the shared part of it."""

    __tablename__ = "challenge_measure"

    entry_id: Mapped[UUID] = mapped_column(
        ForeignKey("challenge_entry.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int]
    days: Mapped[list[Any]] = mapped_column(JSONB)
