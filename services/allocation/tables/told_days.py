"""The consumers in the published sums of each day."""

from datetime import date

from sqlalchemy import ARRAY, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.allocation.tables.base import Base


class ToldDayRow(Base):
    """The consumers in a day's sums when first shown to somebody who sees no single curves.

    prms: those that were metered in full.
    """

    __tablename__ = "told_day"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    prms: Mapped[list[str]] = mapped_column(ARRAY(Text))
