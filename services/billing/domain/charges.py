"""What an operation charges for the energies of some months, as far as drafts need to know."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from libs.common.calendar import Month
from services.billing.domain.fees import FeeLine
from services.billing.domain.price_list import HourClass, PriceList
from services.billing.domain.pricing import Hours
from services.billing.domain.sales import Parties


@dataclass(frozen=True)
class PricedHours:
    """A price list, and the energies of each month by its hour classes."""

    prices: PriceList
    hours: Mapping[Month, Hours]

    @cached_property
    def names(self) -> AbstractSet[str]:
        return {one.name for one in self.prices.hour_classes}


@dataclass(frozen=True)
class Charges:
    """What an operation charges: its price list, with the hours and the fees of each month.

    ``as_billed``: the list by hour classes of issued documents that are not its own any more.
    """

    prices: PriceList
    hours: Mapping[Month, Hours]
    fees: Mapping[Month, Mapping[Parties, Sequence[FeeLine]]]
    as_billed: Mapping[tuple[HourClass, ...], PricedHours] = field(default_factory=dict)

    @cached_property
    def listed(self) -> PricedHours:
        return PricedHours(self.prices, self.hours)
