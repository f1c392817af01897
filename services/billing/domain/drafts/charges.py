"""Prices, hours and fees from which an operation's drafts for some months are charged."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from libs.common.calendar import Month
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.prices.price_list import HourClass, PriceList
from services.billing.domain.prices.pricing import HoursByPair
from services.billing.domain.prices.sales import Parties


@dataclass(frozen=True)
class PricedHours:
    """A price list, and the energies of each month by its hour classes."""

    prices: PriceList
    hours: Mapping[Month, HoursByPair]

    @cached_property
    def names(self) -> AbstractSet[str]:
        return {hour_class.name for hour_class in self.prices.hour_classes}


@dataclass(frozen=True)
class Charges:
    """An operation's price list, with the hours and fees of each month.

    ``as_billed``: the price list by former hour classes, which issued documents still have.
    """

    prices: PriceList
    hours: Mapping[Month, HoursByPair]
    fees: Mapping[Month, Mapping[Parties, Sequence[InvoiceLine]]]
    as_billed: Mapping[tuple[HourClass, ...], PricedHours] = field(default_factory=dict)

    @cached_property
    def listed(self) -> PricedHours:
        return PricedHours(self.prices, self.hours)
