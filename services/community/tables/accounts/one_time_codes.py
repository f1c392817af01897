"""The rows of authenticator apps and recovery codes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class TotpRow(Base):
    """The secret that an account shares with an app; it counts once it is confirmed.

    locked_under: the name of the key that seals the secret.
    last_step: the latest one whose code was used, so that none is used twice.
    """

    __tablename__ = "totp"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[bytes]
    locked_under: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default="0")
    failures: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    paused_until: Mapped[datetime | None]


class RecoveryCodeRow(Base):
    """A code for when the app is lost; only its hash is kept, and deleted when it is used."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("recovery_code_account", "account_id"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
