"""The rows of conventions with the DSO."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from libs.common.ids import OperationId
from services.community.tables.base import Base


class ConventionRow(Base):
    """The columns are the fields of ``domain.desk.conventions.Convention``, and its last author."""

    __tablename__ = "convention"
    __table_args__ = (Index("convention_end", "valid_to", postgresql_where="valid_to IS NOT NULL"),)

    operation_id: Mapped[OperationId] = mapped_column(ForeignKey("operation.id"), primary_key=True)
    dso_contract_id: Mapped[str | None]
    signed_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    entry_notice_working_days: Mapped[int] = mapped_column(SmallInteger)
    exit_notice_working_days: Mapped[int] = mapped_column(SmallInteger)
    coefficients_due_working_days: Mapped[int | None] = mapped_column(SmallInteger)
    closing_due_working_days: Mapped[int] = mapped_column(SmallInteger)
    declared_by: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class ConventionReminderRow(Base):
    """The organiser was reminded of the convention's end on that day."""

    __tablename__ = "convention_reminder"

    operation_id: Mapped[OperationId] = mapped_column(
        ForeignKey("convention.operation_id"), primary_key=True
    )
    valid_to: Mapped[date] = mapped_column(primary_key=True)
    reminded_at: Mapped[datetime]
