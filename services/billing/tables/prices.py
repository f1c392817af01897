"""Price lists."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Identity, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class PriceRow(Base):
    """A price of an operation; a producer of None is all those without one of their own."""

    __tablename__ = "price"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    operation_id: Mapped[str]
    producer: Mapped[str | None]
    price_micro_eur_per_kwh: Mapped[int] = mapped_column(BigInteger)
    vat_rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    vat_mention: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
