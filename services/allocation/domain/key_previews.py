"""Previews: shares by a draft key on past days, compared with those by the keys in force."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Self
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.allocation.domain.days import DayFacts, decide_day
from services.allocation.domain.keys import SharingKey
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.simulations import gini

_MONTHS = 12


class Occupancy(NamedTuple):
    """A consuming point while it belongs to one member."""

    prm: Prm
    member_id: UUID


@dataclass(frozen=True)
class PreviewSum:
    """For one point or all: the days that were really allocated and that the draft shares."""

    days: int = 0
    consumption_wmin: int = 0
    in_force_wmin: int = 0
    draft_wmin: int = 0

    def plus(self, addend: Self) -> Self:
        return type(self)(
            self.days + addend.days,
            self.consumption_wmin + addend.consumption_wmin,
            self.in_force_wmin + addend.in_force_wmin,
            self.draft_wmin + addend.draft_wmin,
        )


@dataclass(frozen=True)
class GroupPreview:
    """All consumers over some months; points: one sum for each consuming point."""

    points: Sequence[PreviewSum]

    @property
    def total(self) -> PreviewSum:
        return total_of(self.points)

    @property
    def gini_in_force(self) -> float | None:
        return self._gini([point.in_force_wmin for point in self.points])

    @property
    def gini_draft(self) -> float | None:
        return self._gini([point.draft_wmin for point in self.points])

    def _gini(self, shared_wmin: Iterable[int]) -> float | None:
        """Return the Gini index of coverages, as in simulations: 0 when all are covered alike."""
        return gini(
            shared / point.consumption_wmin
            for shared, point in zip(shared_wmin, self.points, strict=True)
            if point.consumption_wmin
        )


def total_of(sums: Iterable[PreviewSum]) -> PreviewSum:
    total = PreviewSum()
    for point_sum in sums:
        total = total.plus(point_sum)
    return total


def months_to_preview(allocated: Iterable[Month], this_month: Month) -> list[Month]:
    """Return the last twelve of the months that are over, latest first."""
    return sorted((month for month in allocated if month < this_month), reverse=True)[:_MONTHS]


def preview_days(
    days: Sequence[DayFacts],
    draft: SharingKey,
    shared_wmin: Mapping[tuple[date, Prm], int],
    perimeter: Perimeter,
) -> Mapping[Occupancy, PreviewSum]:
    """Share allocated days by the draft key, everything else unchanged.

    shared_wmin: what consumers really received. A day of which the draft says nothing is left out.
    """
    sums = defaultdict[Occupancy, PreviewSum](PreviewSum)
    for facts in days:
        result = decide_day(replace(facts, key=draft), known_hash=None)
        assert result is not None, "no hash is known"
        members = perimeter.consumers_on(facts.day)
        for point in result.points:
            if point.direction == Direction.CONSUMPTION:
                occupancy = Occupancy(point.prm, members[point.prm])
                sums[occupancy] = sums[occupancy].plus(
                    PreviewSum(
                        days=1,
                        consumption_wmin=point.metered_wmin,
                        in_force_wmin=shared_wmin[facts.day, point.prm],
                        draft_wmin=point.shared_wmin,
                    )
                )
    return sums
