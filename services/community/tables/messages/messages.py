"""The rows of the outbox of messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.domain.messages.messages import Language
from services.community.tables.base import Base


class MessageRow(Base):
    """A message as it was written; its revision counts changes of its delivery status.

    body: None for a secret one that no longer waits. is_reported: another service asked for it, and
    its status is published.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("message_member", "member_id", "asked_at"),
        Index("message_operation", "operation_id", "asked_at"),
        Index("message_asked", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    operation_id: Mapped[OperationId | None]
    kind: Mapped[str]
    language: Mapped[Language] = mapped_column(Text)
    subject: Mapped[str]
    body: Mapped[str | None]
    is_secret: Mapped[bool]
    is_reported: Mapped[bool]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    asked_at: Mapped[datetime]
    revision: Mapped[int]


class MessageAttachmentRow(Base):
    """The bytes of a small attachment, which is in no file store."""

    __tablename__ = "message_attachment"

    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class MessageRecipientRow(Base):
    """An address, the member's at the time or a non-member's, and the delivery status there."""

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
