"""Resolved prices and fees: an entry of a price list, indexed, discounted, with its rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from services.billing.domain.prices.price_list.entries import (
    BuyerScope,
    DiscountEntry,
    FeeEntry,
    PriceEntry,
    euro_text,
)
from services.billing.domain.prices.price_list.indexes import PriceIndex, multiply

_WHOLE = Decimal(100)


class PriceRule(StrEnum):
    """The reason for the choice of an entry: the most specific scope that it names."""

    POINT = "point"
    SOCIAL_GROUP = "social_group"
    GROUP = "group"
    PRODUCER = "producer"
    OPERATION = "operation"


@dataclass(frozen=True, eq=False)
class Price:
    """A kWh over local days ``[valid_from, valid_to)``; a list makes one object per price.

    price_micro_eur_per_kwh: to pay, after indexation and discount. list_micro_eur_per_kwh: before
    the discount. coefficient: the one that multiplied the entry.
    """

    entry: PriceEntry
    rule: PriceRule
    price_micro_eur_per_kwh: int
    list_micro_eur_per_kwh: int
    coefficient: Decimal | None
    discount: DiscountEntry | None
    valid_from: date
    valid_to: date | None

    @property
    def producer(self) -> Prm | None:
        return self.entry.producer

    @property
    def scope(self) -> BuyerScope:
        return self.entry.scope

    @property
    def hour_class(self) -> str | None:
        return self.entry.hour_class

    @property
    def vat_rate(self) -> Decimal:
        return self.entry.vat_rate

    @property
    def vat_mention(self) -> str | None:
        return self.entry.vat_mention

    @property
    def price_eur_per_kwh(self) -> str:
        return euro_text(self.price_micro_eur_per_kwh)

    @property
    def list_price_eur_per_kwh(self) -> str:
        return euro_text(self.list_micro_eur_per_kwh)

    @property
    def incl_vat_eur_per_kwh(self) -> str:
        """For display only, as VAT is due on sums; rounded half up to six decimals."""
        incl_vat = self.price_micro_eur_per_kwh * (1 + self.vat_rate)
        return euro_text(int(round_half_up(incl_vat, 0)))


@dataclass(frozen=True, eq=False)
class Fee:
    """A monthly fee over local days ``[valid_from, valid_to)``; a list makes one object per fee."""

    entry: FeeEntry
    rule: PriceRule
    micro_eur_per_month: int
    coefficient: Decimal | None
    valid_from: date
    valid_to: date | None

    @property
    def producer(self) -> Prm:
        return self.entry.producer

    @property
    def scope(self) -> BuyerScope:
        return self.entry.scope

    @property
    def eur_per_month(self) -> str:
        return euro_text(self.micro_eur_per_month)


def index_price(entry: PriceEntry, rule: PriceRule, index: PriceIndex) -> Iterator[Price]:
    """The entry cut where its coefficient changes, without discount."""
    for period in index.periods(entry.valid_from, entry.valid_to):
        price = multiply(entry.price_micro_eur_per_kwh, period.coefficient)
        yield Price(
            entry=entry,
            rule=rule,
            price_micro_eur_per_kwh=price,
            list_micro_eur_per_kwh=price,
            coefficient=period.coefficient,
            discount=None,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
        )


def index_fee(entry: FeeEntry, rule: PriceRule, index: PriceIndex) -> Iterator[Fee]:
    for period in index.periods(entry.valid_from, entry.valid_to):
        yield Fee(
            entry=entry,
            rule=rule,
            micro_eur_per_month=multiply(entry.micro_eur_per_month, period.coefficient),
            coefficient=period.coefficient,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
        )


def discounted(price: Price, discount: DiscountEntry) -> Price:
    """The price while both apply, rounded half up to six decimals and never below zero."""
    ends = [day for day in (price.valid_to, discount.valid_to) if day is not None]
    return Price(
        entry=price.entry,
        rule=price.rule,
        price_micro_eur_per_kwh=_take_off(price.list_micro_eur_per_kwh, discount),
        list_micro_eur_per_kwh=price.list_micro_eur_per_kwh,
        coefficient=price.coefficient,
        discount=discount,
        valid_from=max(price.valid_from, discount.valid_from),
        valid_to=min(ends, default=None),
    )


def _take_off(micro_eur: int, discount: DiscountEntry) -> int:
    if discount.percent is not None:
        return int(round_half_up(micro_eur * (_WHOLE - discount.percent) / _WHOLE, 0))
    assert discount.micro_eur_per_kwh is not None
    return max(micro_eur - discount.micro_eur_per_kwh, 0)
