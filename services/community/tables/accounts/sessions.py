"""The rows of sessions, of the tokens that refresh them, and of failed log-ins."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import FetchedValue, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class SessionRow(Base):
    """A log-in, until it expires or is revoked; device is the program's own name.

    secret_sha256: of its cookie, in a browser; other programs have refresh tokens.
    """

    __tablename__ = "session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    device: Mapped[str]
    secret_sha256: Mapped[str | None] = mapped_column(unique=True)
    began_at: Mapped[datetime]
    stepped_up_at: Mapped[datetime]
    last_used_on: Mapped[date]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        Index("session_account", "account_id"),
        Index("session_revoked", "revoked_at"),
        Index("session_expires", "expires_at"),
    )


class RefreshTokenRow(Base):
    """A session outside browsers has one valid token at a time; the token itself is not kept."""

    __tablename__ = "refresh_token"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    spent_at: Mapped[datetime | None]

    __table_args__ = (
        Index("refresh_token_session", "session_id"),
        Index(
            "refresh_token_unspent",
            "session_id",
            unique=True,
            postgresql_where=text("spent_at IS NULL"),
        ),
    )


class LogInFailureRow(Base):
    """Failures of an account or an address, hashed; counted before the password is checked."""

    __tablename__ = "log_in_failure"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
    paused_until: Mapped[datetime]

    __table_args__ = (Index("log_in_failure_last", "last_at"),)


class AddressKeyRow(Base):
    """The key with which a day's addresses are hashed; without it nobody can identify them."""

    __tablename__ = "address_key"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(server_default=FetchedValue())
