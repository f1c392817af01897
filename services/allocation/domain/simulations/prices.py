"""The value of a kWh in a simulation, and the amounts that follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin


@dataclass(frozen=True)
class Prices:
    """Euros per kWh, all taxes and network charges that differ between the two included.

    local: paid to a producer of the operation; supplier: of the ordinary supplier, with exceptions
    by consumer; feed_in: paid to a producer for its surplus.
    """

    local_eur_per_kwh: Decimal
    supplier_eur_per_kwh: Decimal
    feed_in_eur_per_kwh: Decimal = Decimal(0)
    supplier_by_consumer_eur_per_kwh: Mapping[Prm, Decimal] = field(default_factory=dict)

    def saving_eur_per_kwh(self, consumer: Prm) -> Decimal:
        """Return what a shared kWh saves its consumer; negative where the local one is dearer."""
        supplier = self.supplier_by_consumer_eur_per_kwh.get(consumer, self.supplier_eur_per_kwh)
        return supplier - self.local_eur_per_kwh

    def savings_cents(self, consumer: Prm, shared_wmin: int) -> int:
        return _cents(kwh_from_wmin(shared_wmin) * self.saving_eur_per_kwh(consumer))

    def revenue_cents(self, *, sold_wmin: int, surplus_wmin: int) -> int:
        sold = kwh_from_wmin(sold_wmin) * self.local_eur_per_kwh
        return _cents(sold + kwh_from_wmin(surplus_wmin) * self.feed_in_eur_per_kwh)


def _cents(amount_eur: Decimal) -> int:
    return int(round_half_up(amount_eur * 100, 0))
