"""What a consuming point did in a month, day by day and step by step, and when there was sun."""

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
"""Coverages as near as that to the middle are about the middle: five points of percent."""


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

    @classmethod
    def of(cls, days: Sequence[tuple[int, int]]) -> Self:
        """Of each day, what was metered and what of it was shared."""
        return cls(
            days_allocated=len(days),
            consumption_wmin=sum(metered_wmin for metered_wmin, _ in days),
            shared_wmin=sum(shared_wmin for _, shared_wmin in days),
        )


class Place(StrEnum):
    """Of a point's coverage among those of all."""

    ABOVE = "above"
    ABOUT = "about"
    BELOW = "below"


@dataclass(frozen=True)
class GroupMonth:
    """All who consume, together, on the allocated days of a month.

    middle: as many points have a higher coverage as have a lower one; None: nobody consumed.
    """

    consumption_wmin: int = 0
    shared_wmin: int = 0
    middle: float | None = None

    @property
    def coverage(self) -> float | None:
        """In hundredths: finer, what one point's corrected reading changed could be worked out."""
        if not self.consumption_wmin:
            return None
        return float(round_half_up(Decimal(self.shared_wmin) / self.consumption_wmin, 2))

    def place_of(self, own: MonthTotals) -> Place | None:
        """None of nothing."""
        if self.middle is None or own.coverage is None:
            return None
        if abs(own.coverage - self.middle) <= _ABOUT:
            return Place.ABOUT
        return Place.ABOVE if own.coverage > self.middle else Place.BELOW


def is_group_told(
    perimeter: Perimeter, days: Sequence[date], member_id: UUID, *, least_points: int
) -> bool:
    """Whether a member may see what all who consume used together on these days, in order.

    It is a sum over enough others on each of them: else what a month has more than the days of
    many others would be few others'.
    """
    stays = perimeter.participations
    changes = {stay.valid_from for stay in stays} | {stay.valid_to for stay in stays}
    starts = [day for day in days if day == days[0] or day in changes]
    viewers = [viewer_on(perimeter, day, member_id, least_points=least_points) for day in starts]
    return all(viewer.may_be_told([viewer.owners]) for viewer in viewers)


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
