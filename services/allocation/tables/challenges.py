"""Challenges of members, and the measurements of their entries."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class ChallengeRow(Base):
    """The latest published state of a challenge: ``domain.challenges.Challenge``."""

    __tablename__ = "challenge"
    __table_args__ = (Index("challenge_operation", "operation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    revision: Mapped[int]
    half_hours: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    with_shares: Mapped[bool]


class ChallengeEntryRow(Base):
    """A point of a challenge; days: its published measurements, revision: how often published."""

    __tablename__ = "challenge_entry"
    __table_args__ = (Index("challenge_entry_challenge", "challenge_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    challenge_id: Mapped[UUID] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    prm: Mapped[str]
    first_day: Mapped[date]
    end_day: Mapped[date]
    revision: Mapped[int]
    days: Mapped[list[Any]]
