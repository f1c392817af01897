"""The rows of invitations, and of links that log in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.accounts.rights import RightsColumns
from services.community.tables.base import Base


class InvitationRow(RightsColumns, Base):
    """Rights offered to an address; the secret of its link is not kept."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("invitation_invited", "invited_at", "id"),
        Index("invitation_email", "email"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    secret_sha256: Mapped[str] = mapped_column(unique=True)
    invited_at: Mapped[datetime]
    invited_by: Mapped[str]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None]


class LogInLinkRow(Base):
    """A link sent to an account's address; it is deleted when it is used."""

    __tablename__ = "log_in_link"
    __table_args__ = (
        Index("log_in_link_account", "account_id", "expires_at"),
        Index("log_in_link_expires", "expires_at"),
    )

    secret_sha256: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime]
