"""Surplus contracts of plants."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Identity, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.domain.surplus.surplus_contracts import SurplusKind
from services.billing.tables.base import Base


class SurplusContractRow(Base):
    """A contract of a producing point; prices by month are decimal texts, in cents per kWh."""

    __tablename__ = "surplus_contract"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    prm: Mapped[str]
    kind: Mapped[SurplusKind] = mapped_column(Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    buyer: Mapped[str | None]
    number: Mapped[str | None]
    price_cents_per_kwh: Mapped[Decimal | None] = mapped_column(Numeric(12, 6))
    coefficient: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    prices_by_month: Mapped[dict[str, str]] = mapped_column(JSONB)
    cap_kwh: Mapped[int | None]
    cap_beyond_cents_per_kwh: Mapped[Decimal | None] = mapped_column(Numeric(12, 6))
    cap_since: Mapped[date | None]
