"""Emissions that local energy avoids: a range, or the reason why it is unknown."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from libs.common.calendar import Month
from libs.common.rounding import round_half_up
from services.allocation.domain.months.reference import GRID, Factor

_WMIN_PER_KWH = 60_000


class CarbonUnknown(StrEnum):
    """The reason why there is no figure."""

    NOTHING_LOCAL = "nothing_local"
    GRID_WITHOUT_FACTOR = "grid_without_factor"
    PLANT_KIND_UNKNOWN = "plant_kind_unknown"  # nobody has said what energy one of the plants uses
    PLANT_WITHOUT_FACTOR = "plant_without_factor"


@dataclass(frozen=True)
class Carbon:
    """local: the factors that the plants may have, lowest first, at least one."""

    shared_wmin: int
    grid: Factor
    local: Sequence[Factor]

    @property
    def grid_g_per_kwh(self) -> Decimal:
        return self.grid.g_per_kwh

    @property
    def local_g_per_kwh_low(self) -> Decimal:
        return self.local[0].g_per_kwh

    @property
    def local_g_per_kwh_high(self) -> Decimal:
        return self.local[-1].g_per_kwh

    @property
    def avoided_g_low(self) -> int:
        """Negative where the plants may emit more than the grid."""
        return self._avoided_g(self.local_g_per_kwh_high)

    @property
    def avoided_g_high(self) -> int:
        return self._avoided_g(self.local_g_per_kwh_low)

    @property
    def sources(self) -> Sequence[str]:
        return list(dict.fromkeys(factor.source for factor in self._factors))

    @property
    def verified_by(self) -> str | None:
        """None unless every factor is verified."""
        names = [factor.verified_by or "" for factor in self._factors]
        return ", ".join(dict.fromkeys(names)) if all(names) else None

    @property
    def valid_from(self) -> date:
        """The first day on which all factors hold."""
        return max(factor.start for factor in self._factors)

    @property
    def _factors(self) -> Sequence[Factor]:
        return [self.grid, *self.local]

    def _avoided_g(self, local_g_per_kwh: Decimal) -> int:
        less_g_per_kwh = self.grid_g_per_kwh - local_g_per_kwh
        return int(round_half_up(self.shared_wmin * less_g_per_kwh / _WMIN_PER_KWH, 0))


def carbon_of(
    month: Month, shared_wmin: int, kinds: AbstractSet[str | None], factors: Sequence[Factor]
) -> Carbon | CarbonUnknown:
    """Return the carbon range of a month's local energy, by the factors valid on its first day.

    kinds: the energy that each plant uses, None where nobody has said. How much each plant gave
    does not count: the range covers all factors of these kinds.
    """
    valid = [factor for factor in factors if factor.covers(month.days[0])]
    grid = next((factor for factor in valid if factor.code == GRID), None)
    local = [factor for factor in valid if factor.code in kinds]
    if not shared_wmin:
        return CarbonUnknown.NOTHING_LOCAL
    if grid is None:
        return CarbonUnknown.GRID_WITHOUT_FACTOR
    if None in kinds:
        return CarbonUnknown.PLANT_KIND_UNKNOWN
    if not local or kinds > {factor.code for factor in local}:
        return CarbonUnknown.PLANT_WITHOUT_FACTOR
    return Carbon(shared_wmin, grid, sorted(local, key=lambda factor: factor.g_per_kwh))
