"""The sharing key of an operation in force on each day."""

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
from services.allocation.domain.keys.bases import DayBasis
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
"""A key as stored in JSON; ``domain.keys.parse_key`` parses it."""


@dataclass(frozen=True)
class KeyPeriod:
    """A key over the days ``[valid_from, valid_to)``; open_ended: until a later one begins.

    key_id: its version, if it has one. basis: of what shares in place of a key.
    """

    valid_from: date
    valid_to: date | None
    open_ended: bool
    definition: Definition
    key_id: UUID | None = None
    basis: DayBasis | None = None

    @property
    def kind(self) -> str:
        """Its type; of fixed shares, whether the rest is shared again."""
        kind: str = self.definition["type"]
        return f"{kind}_redistribute" if self.definition.get("redistribute") else kind

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


Timeline = Sequence[KeyPeriod]
"""The keys of an operation, in order of valid_from, without overlap."""


def place_key(timeline: Timeline, placed: KeyPeriod) -> Timeline:
    """Put a key at a date, in place of the one that begins there; open-ended ones give way.

    Raises KeyOverlap when a key with a stated end reaches into another.
    """
    other_periods = [period for period in timeline if period.valid_from != placed.valid_from]
    ordered = sorted([*other_periods, placed], key=lambda period: period.valid_from)
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


def kinds_in_force(timeline: Timeline, start: date, end: date) -> list[KeyPeriod]:
    """Return the keys in force on ``[start, end)``, cut to it; consecutive ones of a kind are one.

    Of several versions of a kind the first one's definition is returned.
    """
    kinds: list[KeyPeriod] = []
    for period in timeline:
        valid_from, valid_to = max(period.valid_from, start), min(period.valid_to or end, end)
        if valid_from >= valid_to:
            continue
        last = kinds[-1] if kinds else None
        if last and last.valid_to == valid_from and last.kind == period.kind:
            kinds[-1] = replace(last, valid_to=valid_to)
        else:
            kinds.append(replace(period, valid_from=valid_from, valid_to=valid_to))
    return kinds


def days_with_another_key(before: Timeline, after: Timeline, days: Iterable[date]) -> list[date]:
    """Return the days with another version in force: even an equal one has its own coefficients."""
    return [day for day in days if _key_on(before, day) != _key_on(after, day)]


def _key_on(timeline: Timeline, day: date) -> UUID | None:
    period = period_on(timeline, day)
    return None if period is None else period.key_id


def only_points(definition: Definition, own_points: set[Prm]) -> Definition:
    """Return a definition without the points of other people, wherever it names them."""
    visible_definition: Definition = _only_points(definition, own_points)
    return visible_definition


def _only_points(value: Any, own_points: set[Prm]) -> Any:  # noqa: ANN401 - JSON of any shape
    # Whatever looks like a prm is hidden, so that a new kind of key hides its points too.
    match value:
        case Mapping():
            return {
                name: _only_points(inner, own_points)
                for name, inner in value.items()
                if not (_is_foreign(name, own_points) or _is_foreign(inner, own_points))
            }
        case list():
            return [
                _only_points(inner, own_points)
                for inner in value
                if not _is_foreign(inner, own_points)
            ]
        case _:
            return value


def _is_foreign(value: object, own_points: set[Prm]) -> bool:
    return (
        isinstance(value, str)
        and bool(re.fullmatch(PRM_PATTERN, value))
        and value not in own_points
    )


def unknown_points(period: KeyPeriod, perimeter: Perimeter | None) -> frozenset[Prm]:
    """Return the key's points that never take part on their side while it is in force."""
    producers, consumers = parse_key(period.definition).points
    participations = [
        participation
        for participation in (perimeter.participations if perimeter else ())
        if (period.valid_to is None or participation.valid_from < period.valid_to)
        and (participation.valid_to is None or period.valid_from < participation.valid_to)
    ]
    return (producers - _points(participations, Direction.PRODUCTION)) | (
        consumers - _points(participations, Direction.CONSUMPTION)
    )


def _points(participations: Iterable[Participation], direction: Direction) -> set[Prm]:
    return {
        participation.prm
        for participation in participations
        if participation.direction == direction
    }
