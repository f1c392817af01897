"""Price lists."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Identity, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.tables.base import Base


class PriceListRow(Base):
    """The definitions to which an operation's prices refer, in the shape of the API."""

    __tablename__ = "price_list"

    operation_id: Mapped[str] = mapped_column(primary_key=True)
    definitions: Mapped[dict[str, Any]] = mapped_column(JSONB)


class PriceRow(Base):
    """A price of an operation; without a producer, it is for all without their own."""

    __tablename__ = "price"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    operation_id: Mapped[str]
    producer: Mapped[str | None]
    price_micro_eur_per_kwh: Mapped[int] = mapped_column(BigInteger)
    vat_rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    vat_mention: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    consumer: Mapped[str | None]
    member_group: Mapped[str | None]
    hour_class: Mapped[str | None]
    price_index: Mapped[str | None]


class MeterHoursRow(Base):
    """The off-peak hours of a consuming point's meter, from a day on."""

    __tablename__ = "meter_hours"

    prm: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    off_peak: Mapped[list[Any]] = mapped_column(JSONB)


class FeeRow(Base):
    """A producer's monthly charge to a consuming point."""

    __tablename__ = "price_fee"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    operation_id: Mapped[str]
    name: Mapped[str]
    producer: Mapped[str]
    consumer: Mapped[str | None]
    member_group: Mapped[str | None]
    price_index: Mapped[str | None]
    micro_eur_per_month: Mapped[int] = mapped_column(BigInteger)
    vat_rate: Mapped[Decimal] = mapped_column(Numeric(5, 4))
    vat_mention: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class DiscountRow(Base):
    """A discount on the price of a kWh, in percent or as an amount."""

    __tablename__ = "price_discount"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    operation_id: Mapped[str]
    name: Mapped[str]
    producer: Mapped[str | None]
    consumer: Mapped[str | None]
    member_group: Mapped[str | None]
    percent: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    micro_eur_per_kwh: Mapped[int | None] = mapped_column(BigInteger)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
