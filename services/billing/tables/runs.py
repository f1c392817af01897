"""Billing runs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class RunRow(Base):
    """A billing run of an operation, from drafts to issued documents."""

    __tablename__ = "run"
    __table_args__ = (
        Index("run_operation", "operation_id", "created_at"),
        Index("run_due", "changed_at", postgresql_where=text("state IN ('waiting', 'issuing')")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    period: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    created_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    issue_date: Mapped[date | None]
    document_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    anomalies: Mapped[list[Any]]
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
