"""The rows of organisers, members, points, operations and participations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.domain.members.registry import MemberKind, ProductionKind
from services.community.domain.messages.messages import Language
from services.community.tables.base import Base


class OrganiserRow(Base):
    __tablename__ = "organiser"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]


class MemberRow(Base):
    __tablename__ = "member"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[MemberKind] = mapped_column(Text)
    name: Mapped[str]
    address: Mapped[str]
    email: Mapped[str | None]
    siren: Mapped[str | None]
    vat_number: Mapped[str | None]
    language: Mapped[Language] = mapped_column(Text)
    delivery_address: Mapped[str | None]
    revision: Mapped[int]
    consents_revision: Mapped[int] = mapped_column(server_default="0")
    erased_at: Mapped[datetime | None]
    made_in: Mapped[list[OperationId]] = mapped_column(ARRAY(Text), server_default="{}")
    """The operations of the organiser who made it; empty if staff did."""
    made_on: Mapped[date | None]


class PointRow(Base):
    __tablename__ = "point"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    label: Mapped[str]
    subscribed_power_va: Mapped[int | None]
    installed_power_w: Mapped[int | None]
    production_kind: Mapped[ProductionKind | None] = mapped_column(Text)


class OperationRow(Base):
    """An operation; its revision is that of its perimeter."""

    __tablename__ = "operation"

    id: Mapped[OperationId] = mapped_column(primary_key=True)
    name: Mapped[str]
    organiser_id: Mapped[UUID] = mapped_column(ForeignKey("organiser.id"))
    step_min: Mapped[int] = mapped_column(SmallInteger)
    valid_from: Mapped[date]
    revision: Mapped[int]
    step_changes: Mapped[list[dict[str, str | int]]] = mapped_column(JSONB)


class ParticipationRow(Base):
    """A point on one side of an operation over ``[valid_from, valid_to)``.

    The exclusion constraint ``participation_once_at_a_time`` is in the migration.
    """

    __tablename__ = "participation"
    __table_args__ = (
        Index("participation_member_id", "member_id"),
        Index("participation_prm", "prm"),
    )

    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"), primary_key=True)
    direction: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]


class PointHolderRow(Base):
    """A member who ever took part in an operation with a point, even if it was cancelled later.

    left_on: when the DSO ended their contract there; None: not known to have ended.
    """

    __tablename__ = "point_holder"
    __table_args__ = (Index("point_holder_member", "member_id"),)

    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"), primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    left_on: Mapped[date | None]


class MemberReferenceRow(Base):
    """A member's reference in an operation's own list, by which the list finds them again."""

    __tablename__ = "member_reference"
    __table_args__ = (Index("member_reference_member", "member_id"),)

    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
