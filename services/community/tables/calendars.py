"""The rows of calendar feeds."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class CalendarFeedRow(Base):
    """A secret address at which an account's calendar is read; the secret itself is not kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("calendar_feed_account", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    label: Mapped[str]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_used_on: Mapped[date | None]
