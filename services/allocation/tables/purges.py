"""Months whose curves were deleted because they were too old."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class PurgeRow(Base):
    """The numbers of day blocks deleted, by kind; later data of the month are not kept."""

    __tablename__ = "purge"
    __table_args__ = (Index("purge_purged_at", "purged_at"),)

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    purged_at: Mapped[datetime]
    readings: Mapped[int] = mapped_column(BigInteger)
    shares: Mapped[int] = mapped_column(BigInteger)
    dso_results: Mapped[int] = mapped_column(BigInteger)
