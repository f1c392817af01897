"""The rows of polls, their rolls, ballots and seals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.domain.polls.choices import ChoiceContent
from services.community.tables.base import Base


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
    """A member on the roll of a poll: whether they voted, never when; their proxy holder, if any.

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
    """A ballot, of a voter or with the hash of a receipt; triggers limit when, and how many."""

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
