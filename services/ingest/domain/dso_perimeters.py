"""The perimeter of an operation as the DSO has it, and where it differs from ours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.coverage import Participation

Period = tuple[date | None, date | None]
"""``[first, last)`` in local days."""


class DsoPoint(NamedTuple):
    """A point in the operation over ``[valid_from, valid_to)``; None is open-ended, or not told."""

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
        """Of two perimeters the greater stands, in whatever order they come."""
        return self.published_us, [tuple(str(part or "") for part in one) for one in self.points]


class PerimeterDifference(StrEnum):
    """What is not the same about a point."""

    MISSING_HERE = "missing_here"  # only the DSO has it
    MISSING_THERE = "missing_there"  # only we have it
    OTHER_DATES = "other_dates"


@dataclass(frozen=True)
class PointDifference:
    """A point of which the two perimeters say something else."""

    prm: Prm
    direction: Direction
    difference: PerimeterDifference
    ours: Sequence[Period]
    theirs: Sequence[Period]


def in_order(points: Iterable[DsoPoint]) -> list[DsoPoint]:
    """Without repetitions."""
    return sorted(set(points), key=lambda one: [str(part or "") for part in one])


def compare_perimeters(
    ours: Iterable[Participation], theirs: Iterable[DsoPoint]
) -> list[PointDifference]:
    """By prm and direction; periods that follow each other are one.

    Of a point whose first day the DSO does not tell, only its presence is compared.
    """
    own = _periods(DsoPoint(one.prm, one.direction, one.valid_from, one.valid_to) for one in ours)
    dso = _periods(theirs)
    found = []
    for key in sorted(own.keys() | dso.keys()):
        difference = _difference(own.get(key, []), dso.get(key, []))
        if difference is not None:
            found.append(PointDifference(*key, difference, own.get(key, []), dso.get(key, [])))
    return found


def _difference(ours: Sequence[Period], theirs: Sequence[Period]) -> PerimeterDifference | None:
    if not ours:
        return PerimeterDifference.MISSING_HERE
    if not theirs:
        return PerimeterDifference.MISSING_THERE
    are_told = all(first is not None for first, _ in theirs)
    return PerimeterDifference.OTHER_DATES if are_told and ours != theirs else None


def _periods(points: Iterable[DsoPoint]) -> dict[tuple[Prm, Direction], list[Period]]:
    found: dict[tuple[Prm, Direction], list[Period]] = {}
    for one in in_order(points):
        periods = found.setdefault((one.prm, one.direction), [])
        if periods and one.valid_from is not None and periods[-1][1] == one.valid_from:
            periods[-1] = (periods[-1][0], one.valid_to)
        else:
            periods.append((one.valid_from, one.valid_to))
    return found
