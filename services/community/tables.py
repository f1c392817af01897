"""The rows of the schema ``community``; the migrations say the same in SQL."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from libs.common.ids import OperationId, Prm
from services.community.domain.messages import Language
from services.community.domain.polls.choices import ChoiceContent
from services.community.domain.registry import Jwk


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's way
        str: Text,
        Prm: Text,
        OperationId: Text,
        datetime: DateTime(timezone=True),
    }


class OrganiserRow(Base):
    __tablename__ = "organiser"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    address: Mapped[str]


class MemberRow(Base):
    __tablename__ = "member"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    email: Mapped[str | None]
    siren: Mapped[str | None]
    vat_number: Mapped[str | None]
    language: Mapped[Language] = mapped_column(Text)
    delivery_address: Mapped[str | None]
    revision: Mapped[int]
    consents_revision: Mapped[int] = mapped_column(server_default="0")


class PointRow(Base):
    __tablename__ = "point"

    prm: Mapped[Prm] = mapped_column(primary_key=True)
    label: Mapped[str]
    subscribed_power_va: Mapped[int | None]
    installed_power_w: Mapped[int | None]


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


class ConsentRow(Base):
    """What a member said about a point, see ``domain.consents``; only a withdrawal is added."""

    __tablename__ = "consent"
    __table_args__ = (Index("consent_member", "member_id"), Index("consent_prm", "prm"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    prm: Mapped[Prm] = mapped_column(ForeignKey("point.prm"))
    purpose: Mapped[str]
    granularity: Mapped[str]
    answer: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    proof_reference: Mapped[str | None]
    proof_sha256: Mapped[str | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]


class MessageRow(Base):
    """A message as it was written; its revision is that of what became of it."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_member", "member_id", "asked_at"),
        Index("message_operation", "operation_id", "asked_at"),
        Index("message_asked", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    operation_id: Mapped[OperationId]
    kind: Mapped[str]
    language: Mapped[Language] = mapped_column(Text)
    subject: Mapped[str]
    body: Mapped[str]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    asked_at: Mapped[datetime]
    revision: Mapped[int]


class MessageRecipientRow(Base):
    """An address of the member, as it was then, and what became of the message for it."""

    __tablename__ = "message_recipient"
    __table_args__ = (
        Index("message_recipient_due", "due_at", postgresql_where=text("status = 'queued'")),
    )

    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    address: Mapped[str | None]
    status: Mapped[str]
    at: Mapped[datetime]
    reason: Mapped[str | None]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AccountRow(Base):
    """Who may log in; operations are those that an organiser runs."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    operations: Mapped[list[str]] = mapped_column(ARRAY(Text))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    disabled: Mapped[bool]


class SigningKeyRow(Base):
    """A key pair that signs tokens, as a private JWK."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(primary_key=True)
    private_jwk: Mapped[Jwk] = mapped_column(JSONB)
    created_at: Mapped[datetime]


class PollRow(Base):
    """A poll, see ``domain.polls.poll``; once open it only ends: the trigger ``poll_kept``."""

    __tablename__ = "poll"
    __table_args__ = (
        Index("poll_operation", "operation_id", "opens_at"),
        Index("poll_due", "closes_at", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"))
    question: Mapped[str]
    description: Mapped[str]
    method: Mapped[str]
    options: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    max_choices: Mapped[int] = mapped_column(SmallInteger)
    ballot_mode: Mapped[str]
    weighting: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    quorum_share: Mapped[str | None]
    quorum_of: Mapped[str | None]
    max_proxies: Mapped[int] = mapped_column(SmallInteger)
    key_id: Mapped[UUID | None]
    adopting_option: Mapped[str | None]
    state: Mapped[str]
    drafted_at: Mapped[datetime]
    drafted_by: Mapped[str]
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    cancelled_reason: Mapped[str | None]


class PollVoterRow(Base):
    """A member on the roll of a poll: whether they voted, never when; who votes for them, if any.

    Triggers freeze the roll and keep ``proxies_held``, which a constraint limits.
    """

    __tablename__ = "poll_voter"
    __table_args__ = (
        ForeignKeyConstraint(
            ["poll_id", "holder_id"], ["poll_voter.poll_id", "poll_voter.member_id"]
        ),
        Index("poll_voter_member", "member_id"),
        Index("poll_voter_holder", "poll_id", "holder_id"),
    )

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    weight: Mapped[int] = mapped_column(BigInteger)
    has_voted: Mapped[bool] = mapped_column(server_default="false")
    holder_id: Mapped[UUID | None]
    proxies_held: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    max_proxies: Mapped[int] = mapped_column(SmallInteger)


class BallotRow(Base):
    """A ballot, of a voter or with the hash of a receipt; triggers say when, and how many."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("poll_id", "member_id"),
        ForeignKeyConstraint(
            ["poll_id", "member_id"], ["poll_voter.poll_id", "poll_voter.member_id"]
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"))
    member_id: Mapped[UUID | None]
    receipt_sha256: Mapped[str | None] = mapped_column(unique=True)
    weight: Mapped[int] = mapped_column(BigInteger)
    choice: Mapped[ChoiceContent] = mapped_column(JSONB)


class PollSealRow(Base):
    """The result of a poll, to the byte; it never changes (trigger)."""

    __tablename__ = "poll_seal"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    content: Mapped[bytes]
    sha256: Mapped[str]
    sealed_at: Mapped[datetime]
