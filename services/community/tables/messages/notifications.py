"""The rows of notifications to members, and of the channels they chose."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.domain.messages.messages import Language
from services.community.domain.messages.notifications import Channel, Digest, NotificationKind
from services.community.tables.base import Base


class NotificationRow(Base):
    """A notification to one member, or one account that runs operations, in words.

    language: of the words. channel: of its e-mail, unless ``in_app``.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("member_id", "kind", "about_id"),
        UniqueConstraint("account_id", "kind", "about_id"),
        Index("notification_member", "member_id", "created_at", "id"),
        Index("notification_account", "account_id", "created_at", "id"),
        Index("notification_unseen", "member_id", postgresql_where=text("seen_at IS NULL")),
        Index("notification_created", "created_at"),
        Index("notification_about", "about_id"),
        Index(
            "notification_due",
            "channel",
            "created_at",
            postgresql_where=text("mailed_at IS NULL AND channel <> 'in_app'"),
        ),
        Index(
            "notification_digest",
            "channel",
            "created_at",
            postgresql_where=text("mailed_at IS NULL AND channel <> 'in_app' AND seen_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[NotificationKind] = mapped_column(Text)
    about_id: Mapped[UUID]
    operation_id: Mapped[OperationId | None]
    title: Mapped[str]
    text: Mapped[str]
    language: Mapped[Language] = mapped_column(Text)
    link: Mapped[str]
    channel: Mapped[Channel] = mapped_column(Text)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


class NotificationChannelRow(Base):
    """The channel that a member, or an account, chose for a kind."""

    __tablename__ = "notification_channel"
    __table_args__ = (
        UniqueConstraint("member_id", "kind"),
        UniqueConstraint("account_id", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[NotificationKind] = mapped_column(Text)
    channel: Mapped[Channel] = mapped_column(Text)


class DigestRow(Base):
    """The one digest of a reader for a day, or for the week that begins before it."""

    __tablename__ = "digest"
    __table_args__ = (
        Index("digest_day", "day"),
        UniqueConstraint("member_id", "digest", "day"),
        UniqueConstraint("account_id", "digest", "day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    digest: Mapped[Digest] = mapped_column(Text)
    day: Mapped[date]


class PollReminderRow(Base):
    """A poll whose voters were reminded, once."""

    __tablename__ = "poll_reminder"

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), primary_key=True)
