"""The rules of one perimeter: which points take part in an operation, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.community.domain.problems import (
    ParticipationAmbiguous,
    ParticipationOverlap,
    ParticipationRepeated,
    ParticipationUnknown,
    ValidityEmpty,
)


@dataclass(frozen=True, kw_only=True)
class Participation:
    """A point on one side of an operation over ``[valid_from, valid_to)``; None is open-ended.

    Storage takes part on both sides: it consumes as it charges and produces as it discharges
    (code de l'énergie, D315-5).

    Raises ValidityEmpty.
    """

    prm: Prm
    direction: Direction
    member_id: UUID
    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValidityEmpty(
                f"Point {self.prm}: valid_to {self.valid_to} must be after "
                f"valid_from {self.valid_from}; it is the first day that no longer counts."
            )

    @property
    def key(self) -> tuple[Prm, Direction, date]:
        return self.prm, self.direction, self.valid_from

    def overlaps(self, other: "Participation") -> bool:
        """Whether the same point would take part twice, on one side, on some day."""
        return self.direction == other.direction and self.meets(other)

    def meets(self, other: "Participation") -> bool:
        """Whether the same point takes part in both on some day, on whatever sides."""
        return (
            self.prm == other.prm
            and (other.valid_to is None or self.valid_from < other.valid_to)
            and (self.valid_to is None or other.valid_from < self.valid_to)
        )

    def takes_part(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def merge(
    current: Iterable[Participation], changes: Sequence[Participation]
) -> list[Participation]:
    """Apply changes to a perimeter; one replaces that with its prm, direction and valid_from.

    Returns the whole perimeter in prm, direction, valid_from order.
    Raises ParticipationRepeated, or ParticipationOverlap within the operation.
    """
    changes_by_key = {change.key: change for change in changes}
    if len(changes_by_key) < len(changes):
        raise ParticipationRepeated("Give each prm, direction and valid_from once.")
    merged = {participation.key: participation for participation in current} | changes_by_key
    perimeter = [merged[key] for key in sorted(merged)]
    for earlier, later in pairwise(perimeter):
        if earlier.overlaps(later):
            raise ParticipationOverlap(
                f"Point {later.prm} would take part twice from {later.valid_from}: "
                f"first end the participation that began on {earlier.valid_from}.",
                prm=later.prm,
                valid_from=earlier.valid_from.isoformat(),
                valid_to=earlier.valid_to and earlier.valid_to.isoformat(),
            )
    return perimeter


def find(
    perimeter: Iterable[Participation], prm: Prm, valid_from: date, direction: Direction | None
) -> Participation:
    """Return the participation of a point that begins on a day; direction: needed where two do.

    Raises ParticipationUnknown, ParticipationAmbiguous.
    """
    matches = [
        participation
        for participation in perimeter
        if (participation.prm, participation.valid_from) == (prm, valid_from)
        and direction in {None, participation.direction}
    ]
    if not matches:
        raise ParticipationUnknown(f"No participation of point {prm} begins on {valid_from}.")
    if len(matches) > 1:
        raise ParticipationAmbiguous(
            f"Point {prm} begins to take part on both sides on {valid_from}: give the direction."
        )
    return matches[0]


def ended_by_departure(
    perimeter: Iterable[Participation], prm: Prm, left_on: date
) -> list[Participation]:
    """Return the participations of a point ended on the day it left, on both sides of storage.

    One that begins on that very day is the next holder's, and stays.
    """
    return [
        replace(participation, valid_to=left_on)
        for participation in perimeter
        if participation.prm == prm
        and participation.valid_from < left_on
        and participation.takes_part(left_on)
    ]
