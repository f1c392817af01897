"""When an operation's plants are likely to produce, by what they did; no weather is asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median_low
from typing import ClassVar
from uuid import UUID

from libs.common.calendar import step_starts
from libs.common.errors import Problem
from libs.common.ids import Prm
from services.allocation.domain.curves import Block, energy_of_day
from services.allocation.domain.perimeter import Participation, Perimeter
from services.allocation.domain.plants import SMALL_W, plants_on, plants_told

_HOUR_MIN = 60
_WEEKS = timedelta(days=21)
_YEAR = timedelta(days=364)
"""Whole weeks."""


class NoHistory(Problem):
    status, slug, title = 409, "no-history", "No plant has a history to go by"
    example_detail = "No plant of 2026-10-25 has readings of these weeks, this year or last."


class ProductionPrivate(Problem):
    status, slug, title = 409, "production-private", "It would tell what few households produce"
    example_detail = "All plants of the day are of few members with less than 36 kVA each."
    example_facts: ClassVar = {"least_w": SMALL_W}


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


def told_or_refuse(perimeter: Perimeter, day: date, viewer: UUID) -> list[Participation]:
    """The day's plants that a member is told of. Raises ProductionPrivate if nothing is left."""
    told = plants_told(perimeter, day, viewer)
    if plants_on(perimeter, day) and not told:
        raise ProductionPrivate(ProductionPrivate.example_detail, least_w=SMALL_W)
    return told


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
