"""Sharing keys."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class SharingKeyRow(Base):
    """A version of a key; the columns are the fields of ``domain.keys.versions.KeyVersion``.

    The exclusion constraint ``sharing_key_overlap`` is in the migration.
    """

    __tablename__ = "sharing_key"
    __table_args__ = (UniqueConstraint("operation_id", "number"),)

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    state: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    in_force_to: Mapped[date | None]
    definition: Mapped[dict[str, Any]]
    poll_id: Mapped[UUID | None]
    title: Mapped[str | None]
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    declared_by: Mapped[str | None]
    declared_on: Mapped[date | None]
    activated_by: Mapped[str | None]
    activated_at: Mapped[datetime | None]
