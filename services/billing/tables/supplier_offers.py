"""Members' supplier offers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class SupplierOfferRow(Base):
    """A supplier's offer entered by a member for a point, from a local day on."""

    __tablename__ = "supplier_offer"

    prm: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    offer: Mapped[dict[str, Any]]
