"""Answers of the routes about prices: the price list, in the shape of the request."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import Prm
from services.billing.domain.prices.price_list import (
    DiscountEntry,
    FeeEntry,
    HourClass,
    MemberGroup,
    PriceEntry,
    PriceIndex,
    PriceList,
)
from services.billing.domain.prices.price_list.tariff_classes import TariffClass
from services.billing.domain.rate_texts import rate_text


class PriceOut(BodyOut):
    producer: Prm | None
    consumer: Prm | None = Field(examples=[None])
    group: str | None = Field(examples=[None])
    hour_class: str | None = Field(examples=["Heures pleines"])
    price_eur_per_kwh: str = Field(examples=["0.125"])
    vat_rate: str = Field(examples=["0.2"])
    vat_mention: str | None = Field(examples=[None])
    index: str | None = Field(examples=[None])
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, entry: PriceEntry) -> Self:
        return cls(
            producer=entry.producer,
            consumer=entry.scope.consumer,
            group=entry.scope.group,
            hour_class=entry.hour_class,
            price_eur_per_kwh=entry.price_eur_per_kwh,
            vat_rate=rate_text(entry.vat_rate),
            vat_mention=entry.vat_mention,
            index=entry.index,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )


class FeeOut(BodyOut):
    name: str = Field(examples=["Abonnement"])
    producer: Prm
    consumer: Prm | None = Field(examples=[None])
    group: str | None = Field(examples=[None])
    eur_per_month: str = Field(examples=["2.5"])
    vat_rate: str = Field(examples=["0.2"])
    vat_mention: str | None = Field(examples=[None])
    index: str | None = Field(examples=[None])
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, fee: FeeEntry) -> Self:
        return cls(
            name=fee.name,
            producer=fee.producer,
            consumer=fee.scope.consumer,
            group=fee.scope.group,
            eur_per_month=fee.eur_per_month,
            vat_rate=rate_text(fee.vat_rate),
            vat_mention=fee.vat_mention,
            index=fee.index,
            valid_from=fee.valid_from,
            valid_to=fee.valid_to,
        )


class DiscountOut(BodyOut):
    name: str = Field(examples=["Bienvenue"])
    producer: Prm | None
    consumer: Prm | None = Field(examples=[None])
    group: str | None = Field(examples=[None])
    percent: str | None = Field(examples=["10"])
    eur_per_kwh: str | None = Field(examples=[None])
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, discount: DiscountEntry) -> Self:
        return cls(
            name=discount.name,
            producer=discount.producer,
            consumer=discount.scope.consumer,
            group=discount.scope.group,
            percent=discount.percent_text,
            eur_per_kwh=discount.eur_per_kwh,
            valid_from=discount.valid_from,
            valid_to=discount.valid_to,
        )


class GroupOut(BodyOut):
    """A member group; members see only themselves in it."""

    name: str = Field(examples=["Communes"])
    social: bool = Field(examples=[False])
    consumers: Sequence[Prm] = Field(examples=[["99220000000101"]])
    members: Sequence[UUID] = Field(examples=[[]])

    @classmethod
    def of(cls, group: MemberGroup) -> Self:
        return cls(
            name=group.name,
            social=group.social,
            consumers=sorted(group.consumers),
            members=sorted(group.members),
        )


class WindowOut(BodyOut):
    months: Sequence[int] = Field(examples=[[11, 12, 1, 2, 3]])
    days: Sequence[str] = Field(examples=[["working_day"]])
    hours: list[list[str]] = Field(examples=[[["06:00", "22:00"]]])


class HourClassOut(BodyOut):
    name: str = Field(examples=["Heures pleines"])
    windows: list[WindowOut]
    tariff_classes: Sequence[TariffClass] = Field(
        description="those of the DSO that are in it, in place of windows", examples=[[]]
    )

    @classmethod
    def of(cls, hour_class: HourClass) -> Self:
        return cls(
            name=hour_class.name,
            windows=[
                WindowOut(
                    months=window.months,
                    days=window.days,
                    hours=[list(hours.clock_times) for hours in window.hours],
                )
                for window in hour_class.windows
            ],
            tariff_classes=hour_class.tariff_classes,
        )


class CoefficientOut(BodyOut):
    valid_from: date
    coefficient: str = Field(examples=["1.0213"])


class IndexOut(BodyOut):
    name: str = Field(examples=["L"])
    coefficients: list[CoefficientOut]

    @classmethod
    def of(cls, index: PriceIndex) -> Self:
        return cls(
            name=index.name,
            coefficients=[
                CoefficientOut(
                    valid_from=coefficient.valid_from, coefficient=rate_text(coefficient.value)
                )
                for coefficient in index.coefficients
            ],
        )


class PriceListOut(BodyOut):
    entries: list[PriceOut] = Field(description="prices for all producers first, then by producer")
    groups: list[GroupOut]
    hour_classes: list[HourClassOut]
    indexes: list[IndexOut]
    fees: list[FeeOut]
    discounts: list[DiscountOut]
    unknown_hours: Literal["refuse", "price_without_class"] = Field(examples=["refuse"])

    @classmethod
    def of(cls, prices: PriceList) -> Self:
        return cls(
            entries=[PriceOut.of(entry) for entry in prices.entries],
            groups=[GroupOut.of(group) for group in prices.groups],
            hour_classes=[HourClassOut.of(hour_class) for hour_class in prices.hour_classes],
            indexes=[IndexOut.of(index) for index in prices.indexes],
            fees=[FeeOut.of(fee) for fee in prices.fees],
            discounts=[DiscountOut.of(discount) for discount in prices.discounts],
            unknown_hours=prices.unknown_hours.value,
        )
