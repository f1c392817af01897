"""A consuming point's month, day by day and step by step, and the hours of sun."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Self
from uuid import UUID

import numpy as np

from libs.common.calendar import PARIS, Month, step_starts
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from services.allocation.domain.curves import BoolArray, Curve
from services.allocation.domain.days import DayStatus
from services.allocation.domain.explanations import viewer_on
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Perimeter

_HOUR_MIN = 60
_HOURS = 24
_LEAST_DAYS = 20
_ABOUT = 0.05
"""Coverages this close to the median count as about the median: five percentage points."""


@dataclass(frozen=True)
class PointDay:
    """curve: on the operation's step of that day.

    taken_wmin: by producer, [step]; for an allocated day, only producers that gave something.
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

        None if all are measured.
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
    """Metered and shared energy over the allocated days of a month."""

    days_allocated: int = 0
    consumption_wmin: int = 0
    shared_wmin: int = 0

    @property
    def coverage(self) -> float | None:
        """None if nothing was consumed."""
        return self.shared_wmin / self.consumption_wmin if self.consumption_wmin else None

    @classmethod
    def of(cls, days: Sequence[tuple[int, int]]) -> Self:
        """days: the metered and the shared energy of each allocated day."""
        return cls(
            days_allocated=len(days),
            consumption_wmin=sum(metered_wmin for metered_wmin, _ in days),
            shared_wmin=sum(shared_wmin for _, shared_wmin in days),
        )


class Place(StrEnum):
    """The position of a point's coverage among those of all points."""

    ABOVE = "above"
    ABOUT = "about"
    BELOW = "below"


@dataclass(frozen=True)
class GroupMonth:
    """All consumers together, on the allocated days of a month.

    middle: the median coverage; None if nobody consumed.
    """

    consumption_wmin: int = 0
    shared_wmin: int = 0
    middle: float | None = None

    @property
    def coverage(self) -> float | None:
        """In hundredths: a finer figure would reveal what one point's corrected reading changed."""
        if not self.consumption_wmin:
            return None
        return float(round_half_up(Decimal(self.shared_wmin) / self.consumption_wmin, 2))

    def place_of(self, point_totals: MonthTotals) -> Place | None:
        """None if nothing was consumed."""
        if self.middle is None or point_totals.coverage is None:
            return None
        if abs(point_totals.coverage - self.middle) <= _ABOUT:
            return Place.ABOUT
        return Place.ABOVE if point_totals.coverage > self.middle else Place.BELOW


def is_group_visible(
    perimeter: Perimeter, days: Sequence[date], member_id: UUID, *, least_points: int
) -> bool:
    """Return whether a member may see what all consumers used together on these days, in order.

    Each day's sum must cover enough other members. Otherwise the difference between the month and
    the days of many would cover few.
    """
    stays = perimeter.participations
    changes = {stay.valid_from for stay in stays} | {stay.valid_to for stay in stays}
    starts = [day for day in days if day == days[0] or day in changes]
    viewers = [viewer_on(perimeter, day, member_id, least_points=least_points) for day in starts]
    return all(viewer.may_see_sums([viewer.owners]) for viewer in viewers)


def totals_of(days: Iterable[PointDay]) -> MonthTotals:
    return MonthTotals.of(
        [
            (day.consumption_wmin, int(day.shared_by_step_wmin.sum()))
            for day in days
            if day.is_allocated
        ]
    )


def taken_of_producers(days: Iterable[PointDay]) -> dict[Prm, int]:
    """Watt-minutes over the days, in order of prm."""
    taken_wmin: dict[Prm, int] = {}
    for day in days:
        for producer, energy_wmin in day.taken_wmin.items():
            taken_wmin[producer] = taken_wmin.get(producer, 0) + int(energy_wmin.sum())
    return dict(sorted(taken_wmin.items()))


def months_until(first: date, today: date) -> list[Month]:
    """Return the months from the first day's to today's, in order."""
    months, last_month = [], Month.of(today)
    month = Month.of(first)
    while month <= last_month:
        months.append(month)
        month = Month.of(month.next_first_day)
    return months


def sun_tenths(productions: Sequence[tuple[date, IntArray]]) -> list[int] | None:
    """Return the mean sun of each hour of the Paris clock, in tenths of the best hour.

    productions: the energies of the days of a whole month, [step]. Returns None for fewer than
    twenty days, or no sun at all. Without a scale and over many days, the result reveals no
    half-hour of any day: from the production of a step, their share and their consumption a
    consumer could work out what all others consumed. The hour that autumn repeats counts twice, the
    one that spring skips not at all.
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
    """Return the hour that a clock in Paris shows at each hour of a local day."""
    starts = step_starts(day, _HOUR_MIN)
    return np.array([start.astimezone(PARIS).hour for start in starts], dtype=np.int64)
