"""Settlements."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class SettlementRow(Base):
    """The frozen shares of an operation-month; a trigger refuses every change."""

    __tablename__ = "settlement"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str]
    closed_at: Mapped[datetime]
    revisions: Mapped[dict[str, Any]]
    content: Mapped[str]
    content_hash: Mapped[str]
