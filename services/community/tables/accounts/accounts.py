"""The rows of accounts and of the keys that sign their tokens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.community.domain.members.registry import Jwk
from services.community.tables.accounts.rights import RightsColumns
from services.community.tables.base import Base


class AccountRow(RightsColumns, Base):
    """A log-in; operations are those that an organiser runs."""

    __tablename__ = "account"
    __table_args__ = (Index("account_operations", "operations", postgresql_using="gin"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    disabled: Mapped[bool]

    @property
    def is_staff(self) -> bool:
        return self.rights.is_staff


class SigningKeyRow(Base):
    """A key pair that signs tokens.

    secret: the private JWK; locked_under: the name of the key that seals it; None: in the clear.
    """

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(primary_key=True)
    public_jwk: Mapped[Jwk] = mapped_column(JSONB)
    secret: Mapped[bytes]
    locked_under: Mapped[str | None]
    created_at: Mapped[datetime]
