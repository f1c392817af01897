"""A plant's month, day by day: its production, and the part that the consumers took."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from libs.common.ids import Prm
from services.allocation.domain.days import DayStatus
from services.allocation.domain.explanations import ExplanationViewer, viewer_on
from services.allocation.domain.perimeter import Perimeter


@dataclass(frozen=True)
class PlantDay:
    """production_wmin: None without readings. shared_wmin: None if not allocated."""

    day: date
    status: DayStatus
    production_wmin: int | None
    shared_wmin: int | None


@dataclass(frozen=True)
class PlantTotals:
    """Production and shared production over the allocated days of a month."""

    days_allocated: int = 0
    production_wmin: int = 0
    shared_wmin: int = 0

    @property
    def surplus_wmin(self) -> int:
        return self.production_wmin - self.shared_wmin

    @property
    def rate(self) -> float | None:
        """None if nothing was produced."""
        return self.shared_wmin / self.production_wmin if self.production_wmin else None

    @classmethod
    def of(cls, days: Sequence[tuple[int, int]]) -> Self:
        """days: the metered and the shared energy of each allocated day."""
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
) -> Mapping[date, ExplanationViewer]:
    return {day: viewer_on(perimeter, day, member_id, least_points=least_points) for day in days}


def are_sales_visible(
    viewers: Mapping[date, ExplanationViewer], takers: Mapping[date, Collection[Prm]]
) -> bool:
    """Return whether the owner of a plant may see what was taken from it on each of these days.

    takers: the consumers who received energy on each allocated day of a month. The rule of
    explanations applies to all days or none: the total of a settled month is published anyway, and
    that total less the days of many consumers would reveal what few took.
    """
    return all(viewers[day].may_see_sales(prms) for day, prms in takers.items())
