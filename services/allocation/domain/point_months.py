"""What a consuming point did in a month, day by day and step by step, and when there was sun."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Self

import numpy as np

from libs.common.calendar import PARIS, Month, step_starts
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from services.allocation.domain.curves import BoolArray, Curve
from services.allocation.domain.days import DayStatus
from services.allocation.domain.kernels import IntArray

_HOUR_MIN = 60
_HOURS = 24
_LEAST_DAYS = 20


@dataclass(frozen=True)
class PointDay:
    """curve: on the operation's step of that day.

    taken_wmin: by producer, [step]; of an allocated day, and only who gave something.
    """

    day: date
    status: DayStatus
    step_min: int
    curve: Curve
    taken_wmin: Mapping[Prm, IntArray]

    @property
    def is_allocated(self) -> bool:
        return self.status == DayStatus.ALLOCATED

    @property
    def consumption_wmin(self) -> int:
        return int(self.curve.energy_wmin.sum())

    @property
    def shared_by_step_wmin(self) -> IntArray:
        nothing = np.zeros(len(self.curve.energy_wmin), dtype=np.int64)
        return sum(self.taken_wmin.values(), start=nothing)

    @property
    def nature(self) -> str | None:
        """A letter for each step: measured, estimated, reconstructed, or ``-`` for missing.

        None: all are measured.
        """
        letters = np.full(len(self.curve.missing), "m")
        marks: Sequence[tuple[BoolArray, str]] = (
            (self.curve.reconstructed, "r"),
            (self.curve.estimated, "e"),
            (self.curve.missing, "-"),
        )
        for marked, letter in marks:
            letters[marked] = letter
        text = "".join(letters)
        return None if text == "m" * len(text) else text


@dataclass(frozen=True)
class MonthTotals:
    """Of the days of a month that are allocated: what was metered, and what of it was shared."""

    days_allocated: int = 0
    consumption_wmin: int = 0
    shared_wmin: int = 0

    @property
    def coverage(self) -> float | None:
        """None of nothing."""
        return self.shared_wmin / self.consumption_wmin if self.consumption_wmin else None

    def with_day(self, consumption_wmin: int, shared_wmin: int) -> Self:
        return type(self)(
            self.days_allocated + 1,
            self.consumption_wmin + consumption_wmin,
            self.shared_wmin + shared_wmin,
        )


def totals_of(days: Iterable[PointDay]) -> MonthTotals:
    totals = MonthTotals()
    for day in days:
        if day.is_allocated:
            totals = totals.with_day(day.consumption_wmin, int(day.shared_by_step_wmin.sum()))
    return totals


def taken_of_producers(days: Iterable[PointDay]) -> dict[Prm, int]:
    """Watt-minutes over the days, in order of prm."""
    taken: dict[Prm, int] = {}
    for day in days:
        for producer, energy_wmin in day.taken_wmin.items():
            taken[producer] = taken.get(producer, 0) + int(energy_wmin.sum())
    return dict(sorted(taken.items()))


def months_until(first: date, today: date) -> list[Month]:
    """The months from that of a day on to today's, in order."""
    months, last = [], Month.of(today)
    month = Month.of(first)
    while month <= last:
        months.append(month)
        month = Month.of(month.next_first_day)
    return months


def sun_tenths(productions: Sequence[tuple[date, IntArray]]) -> list[int] | None:
    """When there is sun: the mean of each hour of the clock in Paris, in tenths of the best one.

    productions: the energies of the days of a whole month, [step]. None of fewer than twenty days,
    or of no sun at all. Without a scale, and of many days, it tells no half-hour of any day: with
    the production of a step, own share and own consumption a consumer works out what all others
    consumed. The hour that comes twice in autumn counts twice, the one that spring leaves out not
    at all.
    """
    if len(productions) < _LEAST_DAYS:
        return None
    energies = np.zeros(_HOURS, dtype=np.int64)
    counts = np.zeros(_HOURS, dtype=np.int64)
    for day, energy_wmin in productions:
        hours = _hours_of_clock(day)
        np.add.at(energies, hours, energy_wmin.reshape(len(hours), -1).sum(axis=1))
        np.add.at(counts, hours, 1)
    means = [
        Decimal(energy) / count
        for energy, count in zip(energies.tolist(), counts.tolist(), strict=True)
    ]
    best = max(means)
    return [int(round_half_up(10 * mean / best, 0)) for mean in means] if best else None


@lru_cache(maxsize=1000)
def _hours_of_clock(day: date) -> IntArray:
    """What a clock in Paris shows at each hour of a local day."""
    starts = step_starts(day, _HOUR_MIN)
    return np.array([start.astimezone(PARIS).hour for start in starts], dtype=np.int64)
