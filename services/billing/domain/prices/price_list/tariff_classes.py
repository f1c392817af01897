"""The DSO's tariff classes, by season and by each meter's own off-peak hours."""

from collections.abc import Sequence
from enum import StrEnum

HIGH_SEASON = (11, 12, 1, 2, 3)
"""Its months; the others are low season. Source: TURPE 7, CRE 2025-78."""


class TariffClass(StrEnum):
    """A class of the DSO's calendars, as it names it."""

    P = "P"  # one class at all hours
    HPH = "HPH"  # peak hours of high season
    HCH = "HCH"  # off-peak hours of high season
    HPB = "HPB"  # peak hours of low season
    HCB = "HCB"  # off-peak hours of low season


def classes_in(month: int) -> Sequence[TariffClass]:
    """The classes that a meter may have in a calendar month (1 to 12)."""
    if month in HIGH_SEASON:
        return TariffClass.P, TariffClass.HPH, TariffClass.HCH
    return TariffClass.P, TariffClass.HPB, TariffClass.HCB
