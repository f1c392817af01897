"""Copies of facts published by the other services."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.domain.invoices.invoices import MemberKind
from services.billing.tables.base import Base


class MemberRow(Base):
    """A member, as the community service last recorded it."""

    __tablename__ = "member"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str]
    address: Mapped[str]
    siren: Mapped[str | None]
    vat_number: Mapped[str | None]
    kind: Mapped[MemberKind] = mapped_column(Text)
    language: Mapped[str]
    delivery_address: Mapped[str | None]
    is_erased: Mapped[bool]


class PerimeterRow(Base):
    """The latest perimeter of an operation."""

    __tablename__ = "perimeter"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name: Mapped[str]
    organiser_id: Mapped[UUID]
    organiser_name: Mapped[str | None]
    participations: Mapped[list[Any]]


class SettlementRow(Base):
    """The latest settlement of an operation-month; changes of its invoices lock it."""

    __tablename__ = "settlement"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    status: Mapped[str]
    content_hash: Mapped[str]
    pairs: Mapped[list[Any]]
    points: Mapped[list[Any]]
    keys: Mapped[list[Any]]


class HeldUpDayRow(Base):
    """Allocation's last event about a day without shares, and why; or that it has shares again."""

    __tablename__ = "held_up_day"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[Any] = mapped_column(Text)
    missing_points: Mapped[int]
    missing: Mapped[list[Any]]
    key_missing_steps: Mapped[int]


class SettlementDetailRow(Base):
    """A part of the half-hours of a settlement; those of the highest number are kept."""

    __tablename__ = "settlement_detail"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parts: Mapped[int]
    pairs: Mapped[bytes]
    by_hour: Mapped[bytes]
