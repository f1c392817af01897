"""Whether the optional TURPE grid of collective self-consumption is worth it, for one month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin
from services.billing.domain.both_bills.supplier_bills import Use
from services.billing.domain.both_bills.tariff_hours import HourName, MonthEnergy
from services.billing.domain.both_bills.turpe import RowStatus, TurpeRates, collective_grids_on


class Tariff(StrEnum):
    """The grid of a line."""

    USUAL = "usual"  # the usual grid, all consumption
    LOCAL = "local"  # the collective grid, local energy (autoproduit)
    REST = "rest"  # the collective grid, the rest (alloproduit)


@dataclass(frozen=True)
class TurpeLine:
    """The variable part of one class of hours, before VAT; rounded once, half up."""

    tariff: Tariff
    hour_class: HourName
    energy_wmin: int
    price_ceur_per_kwh: Decimal
    amount_cents: int


@dataclass(frozen=True)
class TurpeOption:
    """Variable parts of both grids, before VAT, without the cost of managing the point.

    The collective grid can be chosen only if all points of the operation are behind one HTA/BT
    transformer.
    """

    usual_cents: int
    collective_cents: int
    lines: Sequence[TurpeLine]
    is_estimate: bool

    @property
    def gain_cents(self) -> int:
        return self.usual_cents - self.collective_cents

    @property
    def is_worth_it(self) -> bool:
        return self.gain_cents > 0


def turpe_option(uses: Iterable[Use]) -> TurpeOption | None:
    """Compare the grids for a month; None without such an option, or without the hours."""
    lines: list[TurpeLine] = []
    grids: list[TurpeRates] = []
    for use in uses:
        usual, day = use.stretch.grid, use.stretch.days[0]
        collective = collective_grids_on(day, use.stretch.offer.tariff_formula)
        if collective is None or use.consumed.off_peak_wmin is None:
            return None
        month = day.month
        lines += _lines(Tariff.USUAL, usual, use.consumed, month)
        lines += _lines(Tariff.LOCAL, collective.local, use.local, month)
        lines += _lines(Tariff.REST, collective.rest, use.supplied, month)
        grids += [usual, collective.local, collective.rest]
    usual_cents = sum(line.amount_cents for line in lines if line.tariff is Tariff.USUAL)
    return TurpeOption(
        usual_cents=usual_cents,
        collective_cents=sum(line.amount_cents for line in lines) - usual_cents,
        lines=lines,
        is_estimate=any(grid.status is RowStatus.ESTIMATE for grid in grids),
    )


def _lines(tariff: Tariff, grid: TurpeRates, energy: MonthEnergy, month: int) -> list[TurpeLine]:
    prices: Mapping[HourName, Decimal] = grid.energy_ceur_per_kwh
    return [
        TurpeLine(
            tariff=tariff,
            hour_class=name,
            energy_wmin=energy_wmin,
            price_ceur_per_kwh=prices[name],
            amount_cents=int(round_half_up(kwh_from_wmin(energy_wmin) * prices[name], 0)),
        )
        for name, energy_wmin in energy.by_class(prices.keys(), calendar_month=month).items()
    ]
