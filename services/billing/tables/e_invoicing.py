"""Submissions to platforms, and customers' routings of invoices."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class CustomerRoutingRow(Base):
    """A member's routing of the invoices that it receives."""

    __tablename__ = "customer_routing"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    siret: Mapped[str | None]
    service_code: Mapped[str | None]
    commitment_number: Mapped[str | None]


class EReportRow(Base):
    """The closed sums of a period; a trigger refuses every change."""

    __tablename__ = "e_report"
    __table_args__ = (
        UniqueConstraint("issuer_id", "period_from", "number", name="e_report_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    issuer_id: Mapped[UUID]
    period: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    number: Mapped[int]
    content: Mapped[str]
    content_hash: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SubmissionRow(Base):
    """The submission of a document or a report; next_at: time of the worker's next step."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("invoice_id", name="submission_invoice"),
        UniqueConstraint("e_report_id", name="submission_e_report"),
        Index("submission_issuer", "issuer_id", "created_at"),
        Index("submission_due", "next_at", postgresql_where=text("next_at IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    issuer_id: Mapped[UUID]
    invoice_id: Mapped[UUID | None] = mapped_column(ForeignKey("invoice.id"))
    e_report_id: Mapped[UUID | None] = mapped_column(ForeignKey("e_report.id"))
    state: Mapped[str]
    why: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    next_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    looks: Mapped[int] = mapped_column(server_default=text("0"))
    platform: Mapped[str | None]
    receipt: Mapped[str | None]
    sent: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class SubmissionEventRow(Base):
    """A state that a submission had from an instant on; a trigger refuses every change."""

    __tablename__ = "submission_event"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    state: Mapped[str]
    platform_code: Mapped[str | None]
    reason: Mapped[str | None]
