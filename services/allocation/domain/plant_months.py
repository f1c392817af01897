"""What a plant made in a month, day by day, and what of it the operation's consumers took."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from libs.common.ids import Prm
from services.allocation.domain.days import DayStatus
from services.allocation.domain.explanations import Viewer, viewer_on
from services.allocation.domain.perimeter import Perimeter


@dataclass(frozen=True)
class PlantDay:
    """production_wmin: None where no reading is here. shared_wmin: None: not allocated."""

    day: date
    status: DayStatus
    production_wmin: int | None
    shared_wmin: int | None


@dataclass(frozen=True)
class PlantTotals:
    """Of the days of a month that are allocated: what was made, and what of it was shared."""

    days_allocated: int = 0
    production_wmin: int = 0
    shared_wmin: int = 0

    @property
    def surplus_wmin(self) -> int:
        return self.production_wmin - self.shared_wmin

    @property
    def rate(self) -> float | None:
        """None of nothing."""
        return self.shared_wmin / self.production_wmin if self.production_wmin else None

    @classmethod
    def of(cls, days: Sequence[tuple[int, int]]) -> Self:
        """Of each day, what was metered and what of it was shared."""
        return cls(
            days_allocated=len(days),
            production_wmin=sum(metered_wmin for metered_wmin, _ in days),
            shared_wmin=sum(shared_wmin for _, shared_wmin in days),
        )


def totals_of_plant(days: Iterable[PlantDay]) -> PlantTotals:
    return PlantTotals.of(
        [
            (day.production_wmin, day.shared_wmin)
            for day in days
            if day.production_wmin is not None and day.shared_wmin is not None
        ]
    )


def viewers_of_sales(
    perimeter: Perimeter, days: Iterable[date], member_id: UUID, *, least_points: int
) -> Mapping[date, Viewer]:
    return {day: viewer_on(perimeter, day, member_id, least_points=least_points) for day in days}


def are_sales_told(viewers: Mapping[date, Viewer], takers: Mapping[date, Collection[Prm]]) -> bool:
    """Whether the owner of a plant may see what was taken of it on each of these days.

    takers: who got something on each allocated day of a month. By the rule of explanations, of all
    days or of none: the sum of a settled month is told anyhow, and less the days of many others it
    would be what few took.
    """
    return all(viewers[day].may_be_told_sales(prms) for day, prms in takers.items())
