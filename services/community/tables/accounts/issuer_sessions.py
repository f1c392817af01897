"""The rows of sessions of people who log in at the co-op's own issuer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class IssuerSessionRow(Base):
    """A log-in of a browser, until it expires or ends; then it is deleted, with its tokens.

    subject: the issuer's name for the person, who has no account here. secret_sha256: of the
    cookie. locked_tokens: ``KeptTokens`` sealed under ``SECRET_KEYS``. renewing_until: a process is
    renewing the tokens, and should have finished by then. member_id: the issuer's last claim; there
    may be no such member here.
    """

    __tablename__ = "issuer_session"
    __table_args__ = (
        Index("issuer_session_expires", "expires_at"),
        Index("issuer_session_member", "member_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[str]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    locked_tokens: Mapped[bytes]
    access_ends_at: Mapped[datetime]
    renewing_until: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    member_id: Mapped[UUID | None]
