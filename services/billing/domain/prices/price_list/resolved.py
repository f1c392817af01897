"""Resolved prices and fees: an entry of a price list, indexed, discounted, with its rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from libs.common.calendar import Month
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


@dataclass(frozen=True)
class Price:
    """The price of a kWh over local days ``[valid_from, valid_to)``, and the reasons for it.

    The same in a price list, where it may have no end, and on a line of an invoice, which limits
    it to its days of a month. Prices with equal fields are equal.
    price_micro_eur_per_kwh: to pay, after indexation and discount. list_micro_eur_per_kwh: before
    the discount. coefficient: of the index. discount: its name.
    """

    price_micro_eur_per_kwh: int
    list_micro_eur_per_kwh: int
    vat_rate: Decimal
    vat_mention: str | None
    valid_from: date
    valid_to: date | None
    rule: PriceRule
    group: str | None = None
    hour_class: str | None = None
    coefficient: Decimal | None = None
    discount: str | None = None

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

    @property
    def order(self) -> tuple[date, str, str, str, str, int, date]:
        """The order in which lines of one producer and consumer are written."""
        return (
            self.valid_from,
            self.hour_class or "",
            self.rule,
            self.group or "",
            self.discount or "",
            self.price_micro_eur_per_kwh,
            self.valid_to or date.max,
        )

    def within(self, month: Month) -> "Price":
        """The price on its days of the month."""
        return replace(
            self,
            valid_from=max(self.valid_from, month.first_day),
            valid_to=min(self.valid_to or month.next_first_day, month.next_first_day),
        )


Offered = Mapping[str | None, Price | None]
"""Prices by hour class, None for half-hours in no class."""


@dataclass(frozen=True, eq=False)
class ListedPrice:
    """A price, and the entry and discount that make it; a list makes one object per price."""

    entry: PriceEntry
    discount: DiscountEntry | None
    price: Price

    @property
    def producer(self) -> Prm | None:
        return self.entry.producer

    @property
    def scope(self) -> BuyerScope:
        return self.entry.scope

    @property
    def valid_from(self) -> date:
        return self.price.valid_from

    @property
    def valid_to(self) -> date | None:
        return self.price.valid_to


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


def index_price(entry: PriceEntry, rule: PriceRule, index: PriceIndex) -> Iterator[ListedPrice]:
    """The entry cut where its coefficient changes, without discount."""
    for period in index.periods(entry.valid_from, entry.valid_to):
        micro_eur = multiply(entry.price_micro_eur_per_kwh, period.coefficient)
        price = Price(
            price_micro_eur_per_kwh=micro_eur,
            list_micro_eur_per_kwh=micro_eur,
            vat_rate=entry.vat_rate,
            vat_mention=entry.vat_mention,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            rule=rule,
            group=entry.scope.group,
            hour_class=entry.hour_class,
            coefficient=period.coefficient,
        )
        yield ListedPrice(entry, None, price)


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


def discounted(listed: ListedPrice, discount: DiscountEntry) -> ListedPrice:
    """The price while both apply, rounded half up to six decimals and never below zero."""
    ends = [day for day in (listed.valid_to, discount.valid_to) if day is not None]
    price = replace(
        listed.price,
        price_micro_eur_per_kwh=_take_off(listed.price.list_micro_eur_per_kwh, discount),
        discount=discount.name,
        valid_from=max(listed.valid_from, discount.valid_from),
        valid_to=min(ends, default=None),
    )
    return ListedPrice(listed.entry, discount, price)


def _take_off(micro_eur: int, discount: DiscountEntry) -> int:
    if discount.percent is not None:
        return int(round_half_up(micro_eur * (_WHOLE - discount.percent) / _WHOLE, 0))
    assert discount.micro_eur_per_kwh is not None
    return max(micro_eur - discount.micro_eur_per_kwh, 0)
