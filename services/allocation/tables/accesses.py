"""Accesses to what others share."""

from datetime import datetime

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class ShareAccessRow(Base):
    """An access to shares or sums by somebody who sees all of an operation.

    prm: the one point that was looked at; None means all of them.
    """

    __tablename__ = "share_access"
    __table_args__ = (
        Index("share_access_operation", "operation_id", "number"),
        Index("share_access_read_at", "read_at"),
    )

    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    operation_id: Mapped[str]
    read_at: Mapped[datetime]
    subject: Mapped[str]
    role: Mapped[str]
    route: Mapped[str]
    prm: Mapped[str | None]
