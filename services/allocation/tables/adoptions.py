"""Keys that members adopted in a poll."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class AdoptionRow(Base):
    """A poll's decision about a key, and its outcome: ``domain.keys.adoptions``."""

    __tablename__ = "adoption"
    __table_args__ = (Index("adoption_operation", "operation_id", "closed_at"),)

    poll_id: Mapped[UUID] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    key_id: Mapped[UUID]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime]
    seal_hash: Mapped[str]
    state: Mapped[str]
    judged_at: Mapped[datetime]
