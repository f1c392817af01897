"""Which sharing key of an operation is in force on which day."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from libs.common.errors import Problem
from libs.common.ids import PRM_PATTERN, Direction, Prm
from services.allocation.domain.keys import parse_key
from services.allocation.domain.perimeter import Participation, Perimeter


class KeyOverlap(Problem):
    status, slug, title = 409, "key-overlap", "Two sharing keys would be in force on one day"
    example_detail = (
        "The key from 2026-01-01 ends on 2026-07-01, after the key from 2026-06-01 has begun."
    )
    example_facts: ClassVar = {"valid_from": ["2026-01-01", "2026-06-01"]}


class KeyNeverInForce(Problem):
    status, slug, title = 409, "key-never-in-force", "The sharing key has no day"
    example_detail = "valid_to must be after 2027-01-01, the first day of the key."


Definition = Mapping[str, Any]
"""A key as its JSON says it; ``domain.keys.parse_key`` makes it a key."""


@dataclass(frozen=True)
class KeyPeriod:
    """A key over the days ``[valid_from, valid_to)``; open_ended: until a later one begins.

    key_id: the version it is of, if it is of one.
    """

    valid_from: date
    valid_to: date | None
    open_ended: bool
    definition: Definition
    key_id: UUID | None = None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


Timeline = Sequence[KeyPeriod]
"""The keys of an operation, in order of valid_from, without overlap."""


def place_key(timeline: Timeline, placed: KeyPeriod) -> Timeline:
    """Put a key at a date, in place of the one that begins there; open-ended ones give way.

    Raises KeyOverlap when a key with a stated end reaches into another.
    """
    others = [period for period in timeline if period.valid_from != placed.valid_from]
    ordered = sorted([*others, placed], key=lambda period: period.valid_from)
    for earlier, later in pairwise(ordered):
        if not earlier.open_ended and earlier.covers(later.valid_from):
            raise KeyOverlap(
                f"The key from {earlier.valid_from} ends on {earlier.valid_to}, "
                f"after the key from {later.valid_from} has begun.",
                valid_from=[earlier.valid_from.isoformat(), later.valid_from.isoformat()],
            )
    ends: list[date | None] = [later.valid_from for _, later in pairwise(ordered)]
    return [
        replace(period, valid_to=end) if period.open_ended else period
        for period, end in zip(ordered, [*ends, None], strict=True)
    ]


def period_on(timeline: Timeline, day: date) -> KeyPeriod | None:
    return next((period for period in timeline if period.covers(day)), None)


def definition_on(timeline: Timeline, day: date) -> Definition | None:
    period = period_on(timeline, day)
    return None if period is None else period.definition


def days_with_another_key(before: Timeline, after: Timeline, days: Iterable[date]) -> list[date]:
    """Where another version is in force, even of the same definition: coefficients are its own."""
    return [day for day in days if _key_on(before, day) != _key_on(after, day)]


def _key_on(timeline: Timeline, day: date) -> UUID | None:
    period = period_on(timeline, day)
    return None if period is None else period.key_id


def only_points(definition: Definition, own: set[Prm]) -> Definition:
    """A definition without the points of other people, wherever it names them."""
    shown: Definition = _only_points(definition, own)
    return shown


def _only_points(value: Any, own: set[Prm]) -> Any:  # noqa: ANN401 - JSON of any shape
    # Whatever looks like a prm is hidden, so that a new kind of key hides its points too.
    match value:
        case Mapping():
            return {
                name: _only_points(inner, own)
                for name, inner in value.items()
                if not (_is_foreign(name, own) or _is_foreign(inner, own))
            }
        case list():
            return [_only_points(inner, own) for inner in value if not _is_foreign(inner, own)]
        case _:
            return value


def _is_foreign(value: object, own: set[Prm]) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(PRM_PATTERN, value)) and value not in own


def unknown_points(period: KeyPeriod, perimeter: Perimeter | None) -> frozenset[Prm]:
    """The points that a key names and that never take part on their side while it is in force."""
    producers, consumers = parse_key(period.definition).points
    known = [
        one
        for one in (perimeter.participations if perimeter else ())
        if (period.valid_to is None or one.valid_from < period.valid_to)
        and (one.valid_to is None or period.valid_from < one.valid_to)
    ]
    return (producers - _points(known, Direction.PRODUCTION)) | (
        consumers - _points(known, Direction.CONSUMPTION)
    )


def _points(participations: Iterable[Participation], direction: Direction) -> set[Prm]:
    return {one.prm for one in participations if one.direction == direction}
