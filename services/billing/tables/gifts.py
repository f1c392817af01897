"""The months whose energy operations give."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class GiftPeriodRow(Base):
    """Whole months ``[valid_from, valid_to)``, by their first days."""

    __tablename__ = "gift_period"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
