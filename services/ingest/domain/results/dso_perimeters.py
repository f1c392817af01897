"""The perimeter of an operation as the DSO has it, and its differences from ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.readings.coverage import Participation

OpenDaySpan = tuple[date | None, date | None]
"""``[first, last)`` in local days."""


class DsoPoint(NamedTuple):
    """A point in the operation over ``[valid_from, valid_to)``; None is open-ended or unknown."""

    prm: Prm
    direction: Direction
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class DsoPerimeter:
    """All points of an operation, in order."""

    operation_id: OperationId
    published_us: int
    points: Sequence[DsoPoint]

    @property
    def order(self) -> tuple[object, ...]:
        """The rank among perimeters; the greater counts, in whatever order they come."""
        return self.published_us, [
            tuple(str(value or "") for value in point) for point in self.points
        ]


class PerimeterDifference(StrEnum):
    """The kind of a difference between the perimeters."""

    MISSING_HERE = "missing_here"  # only the DSO has it
    MISSING_THERE = "missing_there"  # only we have it
    OTHER_DATES = "other_dates"


@dataclass(frozen=True)
class PointDifference:
    """A point that differs between the two perimeters."""

    prm: Prm
    direction: Direction
    difference: PerimeterDifference
    ours: Sequence[OpenDaySpan]
    theirs: Sequence[OpenDaySpan]


def in_order(points: Iterable[DsoPoint]) -> list[DsoPoint]:
    """Return the points sorted, without repetitions."""
    return sorted(set(points), key=lambda point: [str(value or "") for value in point])


def compare_perimeters(
    ours: Iterable[Participation], theirs: Iterable[DsoPoint]
) -> list[PointDifference]:
    """Return the differences by prm and direction; adjacent periods are joined.

    Of a point whose first day the DSO does not state, only the presence is compared.
    """
    our_periods = _periods(
        DsoPoint(
            participation.prm,
            participation.direction,
            participation.valid_from,
            participation.valid_to,
        )
        for participation in ours
    )
    dso = _periods(theirs)
    differences = []
    for key in sorted(our_periods.keys() | dso.keys()):
        difference = _difference(our_periods.get(key, []), dso.get(key, []))
        if difference is not None:
            differences.append(
                PointDifference(*key, difference, our_periods.get(key, []), dso.get(key, []))
            )
    return differences


def _difference(
    ours: Sequence[OpenDaySpan], theirs: Sequence[OpenDaySpan]
) -> PerimeterDifference | None:
    if not ours:
        return PerimeterDifference.MISSING_HERE
    if not theirs:
        return PerimeterDifference.MISSING_THERE
    are_known = all(first is not None for first, _ in theirs)
    return PerimeterDifference.OTHER_DATES if are_known and ours != theirs else None


def _periods(points: Iterable[DsoPoint]) -> dict[tuple[Prm, Direction], list[OpenDaySpan]]:
    periods_by_point: dict[tuple[Prm, Direction], list[OpenDaySpan]] = {}
    for point in in_order(points):
        periods = periods_by_point.setdefault((point.prm, point.direction), [])
        if periods and point.valid_from is not None and periods[-1][1] == point.valid_from:
            periods[-1] = (periods[-1][0], point.valid_to)
        else:
            periods.append((point.valid_from, point.valid_to))
    return periods_by_point
