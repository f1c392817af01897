"""The yearly energy that a feed-in contract buys at its price, and the price of the rest."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from libs.common.units import WMIN_PER_KWH

_LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class YearlyCap:
    """A cap per year, which starts on each anniversary of ``since``, the day of effect.

    beyond_cents_per_kwh: the price of energy beyond the cap, before VAT and never indexed.
    Source: arrêté du 9 mai 2017 (S17), installed power × 1,600 h, then 5 c€/kWh; S21 has other
    hours and prices by power, so that both come from the contract.
    """

    energy_kwh: int
    beyond_cents_per_kwh: Decimal
    since: date

    def year_start(self, day: date) -> date:
        """The last anniversary, perhaps the day itself; 29 February counts as 1 March."""
        anniversary = _anniversary(self.since, day.year)
        return anniversary if anniversary <= day else _anniversary(self.since, day.year - 1)

    def split(self, surplus_wmin: int, *, used_wmin: int) -> tuple[int, int]:
        """Split a surplus at the cap. used_wmin: the earlier surplus of the contract year."""
        left_wmin = max(0, self.energy_kwh * WMIN_PER_KWH - used_wmin)
        within_wmin = min(surplus_wmin, left_wmin)
        return within_wmin, surplus_wmin - within_wmin


def _anniversary(since: date, year: int) -> date:
    if (since.month, since.day) == _LEAP_DAY:
        return date(year, 3, 1)
    return since.replace(year=year)
