"""A supplier's bill of a month, with and without local energy: an estimate by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.both_bills.reference_offers import ReferenceOffer
from services.billing.domain.both_bills.supplier_offers import SupplierOffer
from services.billing.domain.both_bills.tariff_hours import HourName, MonthEnergy
from services.billing.domain.both_bills.turpe import TurpeRates, grid_on, prorated_eur
from services.billing.domain.invoices.totals import Totals, totals
from services.billing.domain.reference import RateTable, rate_on
from services.billing.domain.taxes.accise import AcciseCategory

_CENTS = 100
_KWH_PER_MWH = 1000


class SupplierLineKind(StrEnum):
    SUBSCRIPTION = "subscription"
    ENERGY = "energy"
    TURPE_FIXED = "turpe_fixed"  # management, metering, power
    TURPE_ENERGY = "turpe_energy"
    TURPE_LOCAL = "turpe_local"  # for local energy: it uses the networks too
    CTA = "cta"
    ACCISE = "accise"


_FIXED = (SupplierLineKind.SUBSCRIPTION, SupplierLineKind.TURPE_FIXED, SupplierLineKind.CTA)
"""Lines with the VAT rate of subscriptions."""


class RateUnit(StrEnum):
    EUR_PER_MONTH = "EUR/month"
    EUR_PER_KWH = "EUR/kWh"
    CEUR_PER_KWH = "cEUR/kWh"
    EUR_PER_MWH = "EUR/MWh"
    EUR_PER_YEAR = "EUR/year"
    SHARE_OF_TURPE_FIXED = "share of the fixed TURPE"


@dataclass(frozen=True)
class SupplierLine:
    """An amount over local days ``[valid_from, valid_to)``, rounded once, half up.

    energy_wmin and hour_class: of lines charged by energy.
    """

    kind: SupplierLineKind
    hour_class: HourName | None
    valid_from: date
    valid_to: date
    energy_wmin: int | None
    rate: Decimal
    unit: RateUnit
    vat_rate: Decimal
    amount_cents: int


@dataclass(frozen=True)
class SupplierBill:
    """VAT is by rate, on the sum of lines."""

    energy_wmin: int
    lines: Sequence[SupplierLine]
    totals: Totals


@dataclass(frozen=True)
class LegalRates:
    """The rates that law and regulator set for a point on a day; None if no row covers the day.

    vat_subscription: on subscription, fixed TURPE and CTA.
    """

    vat: Decimal | None
    vat_subscription: Decimal | None
    accise_eur_per_mwh: Decimal | None
    cta: Decimal | None
    grid: TurpeRates | None

    def missing_for(self, offer: SupplierOffer) -> list[str]:
        """The tables that lack a row needed by the offer."""
        rates = {
            "VAT": self.vat,
            "VAT on subscriptions": self.vat_subscription,
            "accise": self.accise_eur_per_mwh,
            "CTA": self.cta if not offer.includes_cta else 0,
            "TURPE": self.grid,
        }
        return [name for name, rate in rates.items() if rate is None]


@dataclass(frozen=True)
class Stretch:
    """Consecutive days of one month with one offer and the same rates.

    reference: the assumed offer, if the member has entered none.
    """

    offer: SupplierOffer
    rates: LegalRates
    reference: ReferenceOffer | None
    days: Sequence[date]
    month_days: int

    @property
    def end(self) -> date:
        return self.days[-1] + timedelta(days=1)

    @property
    def grid(self) -> TurpeRates:
        assert self.rates.grid is not None
        return self.rates.grid


@dataclass(frozen=True)
class Use:
    """A point's consumption on the days of a stretch, and its local energy."""

    stretch: Stretch
    consumed: MonthEnergy
    local: MonthEnergy

    @property
    def supplied(self) -> MonthEnergy:
        """The rest, which comes from the supplier."""
        return self.consumed - self.local


def legal_rates_on(day: date, offer: SupplierOffer, category: AcciseCategory) -> LegalRates:
    subscription = "small-subscription" if offer.is_small else "standard"
    return LegalRates(
        vat=_value(day, RateTable.VAT, "standard"),
        vat_subscription=_value(day, RateTable.VAT, subscription),
        accise_eur_per_mwh=_value(day, RateTable.ACCISE, category),
        cta=_value(day, RateTable.CTA, "distribution"),
        grid=grid_on(day, offer.tariff_formula),
    )


def bill_without(uses: Sequence[Use]) -> SupplierBill:
    """The bill of a month if all energy came from the supplier. The stretches lack no rate."""
    lines = [line for use in uses for line in _lines(use.stretch, use.consumed)]
    return _bill(sum(use.consumed.total_wmin for use in uses), lines)


def bill_of_rest(uses: Sequence[Use]) -> SupplierBill:
    """The bill of a month for the rest, with the use of networks by local energy."""
    lines = [
        line
        for use in uses
        for line in [*_lines(use.stretch, use.supplied), *_turpe_local(use.stretch, use.local)]
    ]
    return _bill(sum(use.supplied.total_wmin for use in uses), lines)


def _bill(energy_wmin: int, lines: Sequence[SupplierLine]) -> SupplierBill:
    charged = ((line.vat_rate, line.amount_cents) for line in lines)
    return SupplierBill(energy_wmin, lines, totals(charged))


def _lines(stretch: Stretch, energy: MonthEnergy) -> list[SupplierLine]:
    offer = stretch.offer
    return [
        _subscription(stretch),
        *_energy(stretch, energy),
        *(() if offer.includes_turpe else _turpe(stretch, energy)),
        *(() if offer.includes_cta else [_cta(stretch)]),
        *([_accise(stretch, energy)] if energy.total_wmin else ()),
    ]


def _subscription(stretch: Stretch) -> SupplierLine:
    monthly_eur = stretch.offer.subscription_eur_per_month
    return _line(
        stretch,
        SupplierLineKind.SUBSCRIPTION,
        rate=monthly_eur,
        unit=RateUnit.EUR_PER_MONTH,
        amount_eur=monthly_eur * len(stretch.days) / stretch.month_days,
    )


def _energy(stretch: Stretch, energy: MonthEnergy) -> list[SupplierLine]:
    prices = stretch.offer.energy_eur_per_kwh
    energy_by_class = energy.by_class(prices.keys(), calendar_month=stretch.days[0].month)
    return [
        _line(
            stretch,
            SupplierLineKind.ENERGY,
            rate=prices[name],
            unit=RateUnit.EUR_PER_KWH,
            amount_eur=kwh_from_wmin(energy_wmin) * prices[name],
            counted=(name, energy_wmin),
        )
        for name, energy_wmin in energy_by_class.items()
    ]


def _turpe(stretch: Stretch, energy: MonthEnergy) -> list[SupplierLine]:
    fixed = _line(
        stretch,
        SupplierLineKind.TURPE_FIXED,
        rate=stretch.grid.fixed_eur_per_year(stretch.offer.subscribed_kva),
        unit=RateUnit.EUR_PER_YEAR,
        amount_eur=_fixed_turpe_eur(stretch),
    )
    return [fixed, *_turpe_energy(SupplierLineKind.TURPE_ENERGY, stretch, energy)]


def _turpe_local(stretch: Stretch, local: MonthEnergy) -> list[SupplierLine]:
    return _turpe_energy(SupplierLineKind.TURPE_LOCAL, stretch, local)


def _turpe_energy(
    kind: SupplierLineKind, stretch: Stretch, energy: MonthEnergy
) -> list[SupplierLine]:
    prices = stretch.grid.energy_ceur_per_kwh
    energy_by_class = energy.by_class(prices.keys(), calendar_month=stretch.days[0].month)
    return [
        _line(
            stretch,
            kind,
            rate=prices[name],
            unit=RateUnit.CEUR_PER_KWH,
            amount_eur=kwh_from_wmin(energy_wmin) * prices[name] / _CENTS,
            counted=(name, energy_wmin),
        )
        for name, energy_wmin in energy_by_class.items()
    ]


def _cta(stretch: Stretch) -> SupplierLine:
    share = stretch.rates.cta
    assert share is not None
    return _line(
        stretch,
        SupplierLineKind.CTA,
        rate=share,
        unit=RateUnit.SHARE_OF_TURPE_FIXED,
        amount_eur=_fixed_turpe_eur(stretch) * share,
    )


def _accise(stretch: Stretch, energy: MonthEnergy) -> SupplierLine:
    rate_eur_per_mwh = stretch.rates.accise_eur_per_mwh
    assert rate_eur_per_mwh is not None
    return _line(
        stretch,
        SupplierLineKind.ACCISE,
        rate=rate_eur_per_mwh,
        unit=RateUnit.EUR_PER_MWH,
        amount_eur=kwh_from_wmin(energy.total_wmin) * rate_eur_per_mwh / _KWH_PER_MWH,
        counted=(None, energy.total_wmin),
    )


def _fixed_turpe_eur(stretch: Stretch) -> Decimal:
    yearly_eur = stretch.grid.fixed_eur_per_year(stretch.offer.subscribed_kva)
    return prorated_eur(yearly_eur, len(stretch.days))


def _line(
    stretch: Stretch,
    kind: SupplierLineKind,
    *,
    rate: Decimal,
    unit: RateUnit,
    amount_eur: Decimal,
    counted: tuple[HourName | None, int] | None = None,
) -> SupplierLine:
    """counted: the hour class and the energy in watt-minutes."""
    rates = stretch.rates
    vat_rate = rates.vat_subscription if kind in _FIXED else rates.vat
    assert vat_rate is not None
    hour_class, energy_wmin = counted or (None, None)
    return SupplierLine(
        kind=kind,
        hour_class=hour_class,
        valid_from=stretch.days[0],
        valid_to=stretch.end,
        energy_wmin=energy_wmin,
        rate=rate,
        unit=unit,
        vat_rate=vat_rate,
        amount_cents=int(round_half_up(amount_eur * _CENTS, 0)),
    )


def _value(day: date, table: RateTable, code: str) -> Decimal | None:
    rate = rate_on(day, table, code)
    return rate.value if rate else None
