"""The rows of new e-mail addresses that members have not confirmed yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class EmailChangeRow(Base):
    """A new address of a member; its secret was sent there, and is nowhere else.

    cancelled_at: when the member kept the old address after all, or confirmed this or another one.
    The row still counts in the limit of the day: otherwise anybody's mailbox could be flooded.
    """

    __tablename__ = "email_change"
    __table_args__ = (Index("email_change_member", "member_id"),)

    secret_sha256: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    email: Mapped[str]
    expires_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
