"""The rows of erasures."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.community.tables.base import Base


class ErasureRow(Base):
    """A member's request to be erased, and the result: the number of rows by table, no more."""

    __tablename__ = "erasure"
    __table_args__ = (
        Index(
            "erasure_published_once",
            "executed_at",
            postgresql_where="executed_at IS NOT NULL AND republished_at IS NULL",
        ),
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    requested_at: Mapped[datetime]
    requested_by: Mapped[str]
    executed_at: Mapped[datetime | None]
    executed_by: Mapped[str | None]
    republished_at: Mapped[datetime | None]
    erased: Mapped[dict[str, int] | None] = mapped_column(JSONB)
    kept: Mapped[dict[str, int] | None] = mapped_column(JSONB)
