"""Polls about draft keys, and the shares that these would have given."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, ForeignKeyConstraint, Index, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class KeyPollRow(Base):
    """A poll about a draft key, and its roll."""

    __tablename__ = "key_poll"
    __table_args__ = (Index("key_poll_key", "operation_id", "key_id"),)

    poll_id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    key_id: Mapped[UUID]
    opened_at: Mapped[datetime]
    voters: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class KeyPreviewRow(Base):
    """The trial of a draft on past months for a poll; waiting: the months still to come.

    failure: the class of the error that ended it.
    """

    __tablename__ = "key_preview"
    __table_args__ = (
        ForeignKeyConstraint(
            ["operation_id", "key_id"],
            ["sharing_key.operation_id", "sharing_key.id"],
            ondelete="CASCADE",
        ),
        Index(
            "key_preview_turn",
            "asked_at",
            postgresql_where=text("waiting <> '{}' AND failure IS NULL"),
        ),
        Index("key_preview_poll", "poll_id"),
    )

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    poll_id: Mapped[UUID] = mapped_column(ForeignKey("key_poll.poll_id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    waiting: Mapped[list[str]] = mapped_column(ARRAY(Text))
    failure: Mapped[str | None]


class KeyPreviewPartRow(Base):
    """A member's point in a month: its consumption, its shares, and its shares by the draft."""

    __tablename__ = "key_preview_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["operation_id", "key_id"],
            ["key_preview.operation_id", "key_preview.key_id"],
            ondelete="CASCADE",
        ),
    )

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    prm: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    days: Mapped[int]
    consumption_wmin: Mapped[int] = mapped_column(BigInteger)
    in_force_wmin: Mapped[int] = mapped_column(BigInteger)
    draft_wmin: Mapped[int] = mapped_column(BigInteger)
