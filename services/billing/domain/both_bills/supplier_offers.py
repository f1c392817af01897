"""A supplier's offers: the prices of the energy that does not come from the operation."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from libs.common.errors import Problem
from services.billing.domain.both_bills.tariff_hours import CLASSES, NO_CLASSES, HourName
from services.billing.domain.both_bills.turpe import TariffFormula
from services.billing.domain.prices.price_list import HourSpan

SMALL_POWER_KVA = 36
W_PER_KVA = 1000


class SupplierOfferInvalid(Problem):
    status, slug, title = 409, "supplier-offer-invalid", "The supplier's offer contradicts itself"
    example_detail = "Prices or networks by hour need off_peak_hours: say when off-peak hours are."
    example_facts: ClassVar = {"field": "off_peak_hours"}


@dataclass(frozen=True, kw_only=True)
class SupplierOffer:
    """A supplier's offer from a local day on, until the next one. Raises SupplierOfferInvalid.

    Prices are before VAT and accise. tariff_formula: of the networks, whose use by local energy
    the supplier bills too. includes_turpe: whether prices include TURPE for the supplier's energy,
    as usual offers do. includes_cta: whether the subscription includes the CTA. off_peak_percent:
    the member's statement about all consumption; no meter reading is available for it.
    """

    valid_from: date
    subscription_eur_per_month: Decimal
    energy_eur_per_kwh: Mapping[HourName, Decimal]
    subscribed_kva: int
    tariff_formula: TariffFormula
    includes_turpe: bool
    includes_cta: bool
    off_peak_hours: tuple[HourSpan, ...] = ()
    off_peak_percent: Decimal | None = None

    def __post_init__(self) -> None:
        self._check_classes()
        self._check_off_peak()
        self._check_formula()

    @property
    def is_small(self) -> bool:
        """Up to 36 kVA, where taxes and tariffs are lower."""
        return self.subscribed_kva <= SMALL_POWER_KVA

    @property
    def price_classes(self) -> AbstractSet[HourName]:
        return self.energy_eur_per_kwh.keys()

    @property
    def needs_hours(self) -> bool:
        """Whether the supplier's bill depends on the hours of the local energy."""
        return self.price_classes != NO_CLASSES or self.tariff_formula.classes != NO_CLASSES

    @property
    def needs_split(self) -> bool:
        """Whether the supplier's bill depends on the hours of the consumption."""
        return self.price_classes != NO_CLASSES or (
            not self.includes_turpe and self.tariff_formula.classes != NO_CLASSES
        )

    @property
    def off_peak_half_hours(self) -> AbstractSet[int]:
        """Half-hours of the local clock, 0 at midnight; empty if not entered."""
        return frozenset[int]().union(*(hours.covered for hours in self.off_peak_hours))

    def _check_classes(self) -> None:
        if self.price_classes not in CLASSES:
            raise SupplierOfferInvalid(
                "Prices are for base, for hp and hc, or for hph, hch, hpb and hcb:"
                f" not for {', '.join(sorted(self.price_classes)) or 'nothing'}.",
                field="energy_eur_per_kwh",
            )

    def _check_off_peak(self) -> None:
        if self.needs_hours and not self.off_peak_hours:
            raise SupplierOfferInvalid(
                "Prices or networks by hour need off_peak_hours: say when off-peak hours are.",
                field="off_peak_hours",
            )
        if self.needs_split and self.off_peak_percent is None:
            raise SupplierOfferInvalid(
                "Prices by hour need off_peak_percent: give the percentage of your consumption in"
                " off-peak hours, as shown on your latest bills.",
                field="off_peak_percent",
            )
        if self.off_peak_percent is not None and not self.off_peak_hours:
            raise SupplierOfferInvalid(
                "A percentage of off-peak hours needs off_peak_hours.", field="off_peak_hours"
            )
        if self.off_peak_hours and all(
            half_hour in self.off_peak_half_hours for half_hour in range(48)
        ):
            raise SupplierOfferInvalid(
                "The off-peak hours cover the whole day.", field="off_peak_hours"
            )

    def _check_formula(self) -> None:
        if self.tariff_formula.is_small != self.is_small:
            raise SupplierOfferInvalid(
                f"{self.tariff_formula} is for points"
                f" {'up to' if self.tariff_formula.is_small else 'above'} 36 kVA, and"
                f" {self.subscribed_kva} kVA are subscribed.",
                field="subscribed_kva",
            )
