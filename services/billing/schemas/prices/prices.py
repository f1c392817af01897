"""Bodies of requests about prices: a whole price list."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from libs.common.http import BodyIn
from libs.common.ids import PrmField
from libs.common.texts import AS_SEEN, LineField, RawLineField
from services.billing.domain.prices.price_list.tariff_classes import TariffClass

_MOST = 2000

_EuroText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6})?$")]
_RateText = Annotated[str, StringConstraints(pattern=r"^[0-9](\.[0-9]{1,4})?$")]
_PercentText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,4})?$")]
_CoefficientText = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,6})?$")]
_NameText = Annotated[RawLineField, StringConstraints(max_length=60), AS_SEEN]
_Months = list[Annotated[int, Field(ge=1, le=12)]]
_DayKinds = list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "working_day", "holiday"]]
_Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-4]):[03]0$")]
_HourPair = Annotated[list[_Clock], Field(min_length=2, max_length=2)]


class _Targeted(BodyIn):
    """The buyers and days of an entry; null matches any."""

    consumer: PrmField | None = Field(
        description="the only point to which it applies", examples=[None]
    )
    group: _NameText | None = Field(
        description="the member group to which it applies", examples=[None]
    )
    valid_from: date = Field(description="local day", examples=["2026-01-01"])
    valid_to: date | None = Field(
        description="first local day without it; null: open-ended", examples=[None]
    )


class _Taxed(BodyIn):
    vat_rate: _RateText = Field(description="0.20 is 20 %", examples=["0.20"])
    vat_mention: LineField | None = Field(
        description="the reason, required if the rate is 0", examples=[None]
    )
    index: _NameText | None = Field(description="the index that multiplies it", examples=[None])


class PriceIn(_Targeted, _Taxed):
    """A price of a producer, or of all producers without their own."""

    producer: PrmField | None = Field(examples=["99220000000010"])
    price_eur_per_kwh: _EuroText = Field(
        description="before VAT, at most six decimals", examples=["0.1250"]
    )
    hour_class: _NameText | None = Field(
        description="null: all half-hours without a price of their class", examples=[None]
    )


class FeeIn(_Targeted, _Taxed):
    """A producer's monthly fee per consuming point, in proportion to the days of participation."""

    name: _NameText = Field(description="as invoices show it", examples=["Abonnement"])
    producer: PrmField = Field(examples=["99220000000010"])
    eur_per_month: _EuroText = Field(description="before VAT", examples=["2.50"])


class DiscountIn(_Targeted):
    """A discount on the price of a kWh: either `percent` or `eur_per_kwh`."""

    name: _NameText = Field(description="as invoices show it", examples=["Bienvenue"])
    producer: PrmField | None = Field(examples=["99220000000010"])
    percent: _PercentText | None = Field(description="10 is 10 %", examples=["10"])
    eur_per_kwh: _EuroText | None = Field(description="before VAT", examples=[None])


class GroupIn(BodyIn):
    """Points and members; a member stands for all its points."""

    name: _NameText = Field(examples=["Communes"])
    social: bool = Field(
        description="a social tariff has precedence over ordinary groups", examples=[False]
    )
    consumers: list[PrmField] = Field(max_length=5000, examples=[["99220000000101"]])
    members: list[UUID] = Field(max_length=5000, examples=[[]])


class WindowIn(BodyIn):
    """Half-hours that match months, days and hours; an omitted condition matches any."""

    months: _Months = Field([], examples=[[11, 12, 1, 2, 3]])
    days: _DayKinds = Field([], examples=[["working_day"]])
    hours: list[_HourPair] = Field(
        [],
        description="times of the local clock, on half-hours; the second is excluded, and may be on"
        " the next day",
        max_length=24,
        examples=[[["06:00", "22:00"]]],
    )


class HourClassIn(BodyIn):
    """A name, and half-hours or the DSO's classes; none is in two hour classes of a list.

    The classes of a list have all `windows`, or all `tariff_classes`; the other is empty.
    """

    name: _NameText = Field(description="as invoices show it", examples=["Heures pleines"])
    windows: list[WindowIn] = Field(max_length=24)
    tariff_classes: list[TariffClass] = Field(
        max_length=5,
        description="of the DSO: `P` all hours, `HPH` and `HCH` peak and off-peak of November to"
        " March, `HPB` and `HCB` of April to October",
        examples=[[]],
    )


class CoefficientIn(BodyIn):
    valid_from: date = Field(description="local day", examples=["2026-02-01"])
    coefficient: _CoefficientText = Field(
        description="on the price as entered, not on the previous year's", examples=["1.021300"]
    )


class IndexIn(BodyIn):
    """Coefficients, in the order of their days."""

    name: _NameText = Field(examples=["L"])
    coefficients: list[CoefficientIn] = Field(max_length=200)


class PriceListIn(BodyIn):
    """The whole price list of an operation.

    `elocoop price --tariff` reads the same shape, but may leave out what is null or empty.
    """

    entries: list[PriceIn] = Field(min_length=1, max_length=_MOST)
    groups: list[GroupIn] = Field(max_length=100)
    hour_classes: list[HourClassIn] = Field(max_length=12)
    indexes: list[IndexIn] = Field(max_length=50)
    fees: list[FeeIn] = Field(max_length=_MOST)
    discounts: list[DiscountIn] = Field(max_length=_MOST)
    unknown_hours: Literal["refuse", "price_without_class"] = Field(
        description="if prices depend on the hour and it is unknown: block the month, or use the"
        " prices without a class",
    )
