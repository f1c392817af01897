"""Coefficients as sent to the network operator."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class CoefficientSubmissionRow(Base):
    """A recorded submission for an operation-month; a trigger refuses every change.

    content: the downloaded bytes, text or zip. files: the name, producer, rows and sha256 of each.
    """

    __tablename__ = "coefficient_submission"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sent_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    note: Mapped[str | None]
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    files: Mapped[list[Any]]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
