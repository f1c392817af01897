"""The price of a kWh for a buyer on a day, with all its components."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import Field

from libs.common.http import BodyOut
from libs.common.ids import OperationId, Prm
from services.billing.domain.prices.price_list import (
    ComingPrice,
    DayPrices,
    DiscountEntry,
    Fee,
    ListedPrice,
    PlantPrices,
    PriceList,
    PriceRule,
)
from services.billing.domain.rate_texts import coefficient_text, rate_text
from services.billing.schemas.prices.price_lists import HourClassOut

_CLASS = "null: all hours without a price of their own"


class PaidDiscountOut(BodyOut):
    """A discount: either `percent` or `eur_per_kwh`."""

    name: str = Field(examples=["Bienvenue"])
    percent: str | None = Field(examples=["10"])
    eur_per_kwh: str | None = Field(examples=[None])

    @classmethod
    def of(cls, discount: DiscountEntry) -> Self:
        return cls(
            name=discount.name, percent=discount.percent_text, eur_per_kwh=discount.eur_per_kwh
        )


class PaidPriceOut(BodyOut):
    """The price paid per kWh, after index and discount, on local days `[valid_from, valid_to)`."""

    hour_class: str | None = Field(description=_CLASS, examples=["Heures pleines"])
    eur_per_kwh: str = Field(description="before VAT", examples=["0.125"])
    incl_vat_eur_per_kwh: str = Field(
        description="for display: bills compute VAT on sums", examples=["0.15"]
    )
    vat_rate: str = Field(examples=["0.2"])
    rule: PriceRule = Field(description="why this price applies")
    group: str | None = Field(examples=[None])
    index: str | None = Field(description="the index that multiplies it", examples=[None])
    coefficient: str | None = Field(description="of that index", examples=[None])
    discount: PaidDiscountOut | None = Field(description="already taken off", examples=[None])
    valid_from: date = Field(examples=["2026-01-01"])
    valid_to: date | None = Field(examples=[None])

    @classmethod
    def of(cls, listed: ListedPrice) -> Self:
        price = listed.price
        return cls(
            hour_class=price.hour_class,
            eur_per_kwh=price.price_eur_per_kwh,
            incl_vat_eur_per_kwh=price.incl_vat_eur_per_kwh,
            vat_rate=rate_text(price.vat_rate),
            rule=price.rule,
            group=price.group,
            index=listed.entry.index,
            coefficient=coefficient_text(price.coefficient),
            discount=PaidDiscountOut.of(listed.discount) if listed.discount else None,
            valid_from=price.valid_from,
            valid_to=price.valid_to,
        )


class PlantPricesOut(BodyOut):
    producer: Prm | None = Field(description="null: all plants not named", examples=[None])
    prices: list[PaidPriceOut] = Field(
        description="of hour classes with a price of their own, then of all other hours"
    )
    half_hours: list[str | None] = Field(
        description="for each of the clock's 48 half-hours, VAT included; null: no price, or one"
        " that depends on the meter, as prices by the DSO's classes do",
        examples=[["0.15"] * 2],
    )

    @classmethod
    def of(cls, plant: PlantPrices) -> Self:
        return cls(
            producer=plant.producer,
            prices=[PaidPriceOut.of(listed) for listed in plant.prices],
            half_hours=[price and price.incl_vat_eur_per_kwh for price in plant.half_hours],
        )


class PaidFeeOut(BodyOut):
    name: str = Field(examples=["Abonnement"])
    producer: Prm
    eur_per_month: str = Field(description="before VAT", examples=["2.5"])

    @classmethod
    def of(cls, fee: Fee) -> Self:
        return cls(name=fee.entry.name, producer=fee.producer, eur_per_month=fee.eur_per_month)


class ComingPriceOut(BodyOut):
    """A price that starts later, as on its first day."""

    producer: Prm | None = Field(examples=[None])
    price: PaidPriceOut

    @classmethod
    def of(cls, coming: ComingPrice) -> Self:
        return cls(producer=coming.listed.producer, price=PaidPriceOut.of(coming.listed))


class DayPricesOut(BodyOut):
    operation_id: OperationId
    prm: Prm | None = Field(description="the buyer's point; null: anybody")
    day: date = Field(examples=["2026-11-29"])
    plants: list[PlantPricesOut] = Field(
        description="the plants named in the price list, then all others; not the buyer's own"
    )
    hour_classes: list[HourClassOut]
    classes: Sequence[str | None] = Field(
        description="the hour class of each of the clock's 48 half-hours; null: none, or one of"
        " the DSO's classes, which depend on the meter",
        examples=[[None, "Heures pleines"]],
    )
    fees: list[PaidFeeOut]
    coming: list[ComingPriceOut] = Field(description="by first day", examples=[[]])
    is_gift: bool = Field(
        description="whether the operation gives its energy on the day, at no price",
        examples=[False],
    )

    @classmethod
    def of(
        cls,
        operation_id: OperationId,
        prm: Prm | None,
        day: date,
        *,
        listed: PriceList,
        prices: DayPrices,
        is_gift: bool,
    ) -> Self:
        return cls(
            operation_id=operation_id,
            prm=prm,
            day=day,
            plants=[] if is_gift else [PlantPricesOut.of(plant) for plant in prices.plants],
            hour_classes=[HourClassOut.of(hour_class) for hour_class in listed.hour_classes],
            classes=prices.classes,
            fees=[PaidFeeOut.of(fee) for fee in prices.fees],
            coming=[ComingPriceOut.of(coming) for coming in prices.coming],
            is_gift=is_gift,
        )
