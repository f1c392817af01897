"""The rows of feeds and of their secrets."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class FeedRow(Base):
    """A program that logs in by itself, to push meter data."""

    __tablename__ = "feed"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (Index("feed_revoked", "revoked_at"),)


class FeedSecretRow(Base):
    """A secret with which a feed logs in, until it expires; during a change there are two."""

    __tablename__ = "feed_secret"

    feed_id: Mapped[UUID] = mapped_column(ForeignKey("feed.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
