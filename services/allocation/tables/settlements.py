"""Settlements, their inputs, and those for which something has changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class SettlementRow(Base):
    """The frozen shares of an operation-month; a trigger refuses every change.

    inputs: names of rows of ``settlement_input``.
    """

    __tablename__ = "settlement"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str]
    closed_at: Mapped[datetime]
    revisions: Mapped[dict[str, Any]]
    content: Mapped[str]
    content_hash: Mapped[str]
    inputs: Mapped[dict[str, Any]]


class SettlementInputRow(Base):
    """A day's inputs, or a key: compressed bytes, by the hash of their content. Never changes."""

    __tablename__ = "settlement_input"

    hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class StaleSettlementRow(Base):
    """A settled month for which something has changed; refusal: why it cannot be settled again."""

    __tablename__ = "stale_settlement"
    __table_args__ = (
        Index(
            "stale_settlement_turn",
            "marked_at",
            "operation_id",
            "month",
            postgresql_where=text("refusal IS NULL"),
        ),
    )

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
