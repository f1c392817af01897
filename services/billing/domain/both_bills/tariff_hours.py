"""The hour classes of supply and of networks, and energy split by them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from libs.common.rounding import round_half_up
from services.billing.domain.prices.price_list.tariff_classes import HIGH_SEASON


class HourName(StrEnum):
    """Names as on French bills: peak (heures pleines) and off-peak (creuses), by season."""

    BASE = "base"
    HP = "hp"
    HC = "hc"
    HPH = "hph"  # high season, November to March
    HCH = "hch"
    HPB = "hpb"  # low season, April to October
    HCB = "hcb"


NO_CLASSES = frozenset({HourName.BASE})
_TWO = frozenset({HourName.HP, HourName.HC})
_FOUR = frozenset({HourName.HPH, HourName.HCH, HourName.HPB, HourName.HCB})
CLASSES = (NO_CLASSES, _TWO, _FOUR)


@dataclass(frozen=True)
class MonthEnergy:
    """The energy of a month, and its off-peak share; None if unknown."""

    total_wmin: int
    off_peak_wmin: int | None

    def __sub__(self, other: Self) -> "MonthEnergy":
        is_known = self.off_peak_wmin is not None and other.off_peak_wmin is not None
        return MonthEnergy(
            self.total_wmin - other.total_wmin,
            (self.off_peak_wmin or 0) - (other.off_peak_wmin or 0) if is_known else None,
        )

    def by_class(
        self, classes: AbstractSet[HourName], *, calendar_month: int
    ) -> Mapping[HourName, int]:
        """The energies by class, peak first, without zeros."""
        if classes == NO_CLASSES:
            energies = {HourName.BASE: self.total_wmin}
        else:
            assert self.off_peak_wmin is not None
            peak, off_peak = _pair(classes, calendar_month)
            energies = {
                peak: self.total_wmin - self.off_peak_wmin,
                off_peak: self.off_peak_wmin,
            }
        return {name: energy_wmin for name, energy_wmin in energies.items() if energy_wmin}


def _pair(classes: AbstractSet[HourName], calendar_month: int) -> tuple[HourName, HourName]:
    if classes == _TWO:
        return HourName.HP, HourName.HC
    if calendar_month in HIGH_SEASON:
        return HourName.HPH, HourName.HCH
    return HourName.HPB, HourName.HCB


def split_consumption(total_wmin: int, percent: Decimal | None, local: MonthEnergy) -> MonthEnergy:
    """Split consumption as the member stated, but no class below its local energy.

    percent: of off-peak hours. local: the energy of the total that came from the operation.
    """
    if percent is None or local.off_peak_wmin is None:
        return MonthEnergy(total_wmin, None)
    said_wmin = _said_wmin(total_wmin, percent)
    local_peak_wmin = local.total_wmin - local.off_peak_wmin
    return MonthEnergy(
        total_wmin, min(max(said_wmin, local.off_peak_wmin), total_wmin - local_peak_wmin)
    )


def is_as_said(consumed: MonthEnergy, percent: Decimal | None) -> bool:
    """Whether consumption is split by this percentage of off-peak hours."""
    return percent is None or consumed.off_peak_wmin == _said_wmin(consumed.total_wmin, percent)


def _said_wmin(total_wmin: int, percent: Decimal) -> int:
    return int(round_half_up(total_wmin * percent / 100, 0))
