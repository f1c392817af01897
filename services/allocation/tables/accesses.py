"""Accesses to what others share."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from libs.common.logs.accesses import AccessColumns
from services.allocation.tables.base import Base


class ShareAccessRow(AccessColumns, Base):
    """An access to shares or sums by somebody who sees all of an operation.

    prm: the one point that was looked at; None means all of them.
    """

    __tablename__ = "share_access"
    __table_args__ = (
        Index("share_access_operation", "operation_id", "number"),
        Index("share_access_read_at", "read_at"),
    )

    operation_id: Mapped[str]
    prm: Mapped[str | None]
