"""When an operation's plants are likely to produce, by what they did; no weather is asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from statistics import median_low
from typing import ClassVar
from uuid import UUID

from libs.common.calendar import step_starts
from libs.common.errors import Problem
from libs.common.ids import Direction, Prm
from services.allocation.domain.curves import Block, energy_of_day
from services.allocation.domain.perimeter import Participation, Perimeter

_HOUR_MIN = 60
_WEEKS = timedelta(days=21)
_YEAR = timedelta(days=364)
"""Whole weeks."""
_SMALL_W = 36_000
"""Connections above 36 kVA are no households'."""
_TOGETHER = 4
"""Members with small plants who are told as one sum: each is left with the rule's three others."""


class NoHistory(Problem):
    status, slug, title = 409, "no-history", "No plant has a history to go by"
    example_detail = "No plant of 2026-10-25 has readings of these weeks, this year or last."


class ProductionPrivate(Problem):
    status, slug, title = 409, "production-private", "It would tell what few households produce"
    example_detail = "All plants of the day are of few members with less than 36 kVA each."
    example_facts: ClassVar = {"least_w": _SMALL_W}


@dataclass(frozen=True)
class Hour:
    """is_sunny: half of the best hour of the day, or more."""

    start: datetime
    expected_wmin: int
    is_sunny: bool


@dataclass(frozen=True)
class Outlook:
    """hours: those of the local day. plants_without: how many have no history, and are left out.

    plants_withheld: how many are left out as they would tell what few households produce.
    """

    hours: Sequence[Hour]
    plants: int
    plants_without: int
    days_compared: Sequence[date]
    plants_withheld: int = 0


def plants_on(perimeter: Perimeter, day: date) -> list[Participation]:
    return [
        one
        for one in perimeter.participations
        if one.direction == Direction.PRODUCTION and one.covers(day)
    ]


def plants_told(perimeter: Perimeter, day: date, viewer: UUID) -> list[Participation]:
    """Those of the day whose sum a member may see; own ones always.

    What a household produces tells when it is at home. Who had less than 36 kW in all on any
    day, or of unknown power, is told in a four only, and not at all on a day on which one of the
    four has no plant. Fours are made for good, in the order in which their members were first as
    small: so what a day's sum has more than another day's is a four again, and whoever takes the
    own part off is left with three others. Raises ProductionPrivate if nothing is left.
    """
    plants = plants_on(perimeter, day)
    told = _owners_told(perimeter, {one.member_id for one in plants}) | {viewer}
    shown = [one for one in plants if one.member_id in told]
    if plants and not shown:
        raise ProductionPrivate(ProductionPrivate.example_detail, least_w=_SMALL_W)
    return shown


def _owners_told(perimeter: Perimeter, present: AbstractSet[UUID]) -> set[UUID]:
    plants = defaultdict[UUID, list[Participation]](list)
    for one in perimeter.participations:
        if one.direction == Direction.PRODUCTION:
            plants[one.member_id].append(one)
    since = {owner: _small_since(own) for owner, own in plants.items()}
    small = [owner for _, owner in sorted((day, owner) for owner, day in since.items() if day)]
    fours = [small[at : at + _TOGETHER] for at in range(0, len(small), _TOGETHER)]
    whole = [four for four in fours if len(four) == _TOGETHER and present >= set(four)]
    return {*(plants.keys() - small), *chain.from_iterable(whole)}


def _small_since(plants: Sequence[Participation]) -> date | None:
    """The first day on which one owner's plants of that day have less than 36 kW in all."""
    changes = {one.valid_from for one in plants} | {one.valid_to for one in plants if one.valid_to}
    for day in sorted(changes):
        on_day = [one for one in plants if one.covers(day)]
        if on_day and sum(one.power_limit_w or 0 for one in on_day) < _SMALL_W:
            return day
    return None


def days_to_compare(day: date) -> list[date]:
    """The three weeks before, and the three weeks around the same weekday a year ago."""
    middle = day - _YEAR
    before = [day - timedelta(days=days) for days in range(_WEEKS.days, 0, -1)]
    last_year = [middle + timedelta(days=days) for days in range(-10, 11)]
    return [*last_year, *before]


def expect(
    day: date, plants: Sequence[Prm], history: Mapping[date, Mapping[Prm, Sequence[Block]]]
) -> Outlook:
    """The sum of each plant's median in each hour; what was estimated does not count.

    Hours are matched in UTC, as the sun does not change its clock. Raises NoHistory.
    """
    medians = {prm: _medians(prm, history) for prm in plants}
    known = [prm for prm in plants if medians[prm]]
    if not known:
        raise NoHistory(f"No plant of {day} has readings of these weeks, this year or last.")
    starts = step_starts(day, _HOUR_MIN)
    expected = [sum(medians[prm].get(start.hour, 0) for prm in known) for start in starts]
    best = max(expected)
    return Outlook(
        hours=[
            Hour(start, wmin, is_sunny=best > 0 and wmin * 2 >= best)
            for start, wmin in zip(starts, expected, strict=True)
        ],
        plants=len(known),
        plants_without=len(plants) - len(known),
        days_compared=sorted(one for one in history if history[one]),
    )


def _medians(prm: Prm, history: Mapping[date, Mapping[Prm, Sequence[Block]]]) -> Mapping[int, int]:
    """By hour of the day in UTC."""
    samples = defaultdict[int, list[int]](list)
    for day, blocks in history.items():
        if prm in blocks:
            curve = energy_of_day(blocks[prm], day, _HOUR_MIN)
            unknown = curve.missing | curve.estimated
            for start, wmin, is_unknown in zip(
                step_starts(day, _HOUR_MIN), curve.energy_wmin, unknown, strict=True
            ):
                if not is_unknown:
                    samples[start.astimezone(UTC).hour].append(int(wmin))
    return {hour: median_low(found) for hour, found in samples.items()}
