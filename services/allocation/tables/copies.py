"""Copies from other services."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class PerimeterRow(Base):
    """The latest perimeter of an operation."""

    __tablename__ = "perimeter"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str]
    organiser_id: Mapped[UUID]
    step_min: Mapped[int]
    participations: Mapped[list[Any]] = mapped_column(JSONB)
    step_changes: Mapped[list[Any]]


class MemberRow(Base):
    """A member as last published; the name of a company or public body, never of a household."""

    __tablename__ = "member"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    kind: Mapped[str]
    name: Mapped[str | None]


class ReadingBlockRow(Base):
    """The latest readings of a point and local day, at one step."""

    __tablename__ = "reading_block"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    step_min: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    power_w: Mapped[list[int | None]] = mapped_column(ARRAY(Integer))
    estimated_steps: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class ConsentListRow(Base):
    """A member's consents to be shown to the organiser; prms: the points that they are about."""

    __tablename__ = "consent_list"
    __table_args__ = (Index("consent_list_prms", "prms", postgresql_using="gin"),)

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    prms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    consents: Mapped[list[Any]] = mapped_column(JSONB)
