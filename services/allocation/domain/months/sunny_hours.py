"""When an operation's plants are likely to produce, judged by their history without a forecast."""

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
from services.allocation.domain.plants import SMALL_W, plants_on, visible_plants

_HOUR_MIN = 60
_WEEKS = timedelta(days=21)
_YEAR = timedelta(days=364)
"""Whole weeks."""


class NoHistory(Problem):
    status, slug, title = 409, "no-history", "No plant has a history to compare with"
    example_detail = "No plant of 2026-10-25 has readings of these weeks, this year or last."


class ProductionPrivate(Problem):
    status, slug, title = (
        409,
        "production-private",
        "It would reveal the output of few homes",
    )
    example_detail = "All plants of the day belong to few members with less than 36 kW each."
    example_facts: ClassVar = {"least_w": SMALL_W}


@dataclass(frozen=True)
class Hour:
    """is_sunny: at least half of the day's best hour."""

    start: datetime
    expected_wmin: int
    is_sunny: bool


@dataclass(frozen=True)
class Outlook:
    """hours: those of the local day. plants_without: the number left out for lack of history.

    plants_withheld: the number left out because they would reveal what few households produce.
    """

    hours: Sequence[Hour]
    plants: int
    plants_without: int
    days_compared: Sequence[date]
    plants_withheld: int = 0


def require_visible_plants(perimeter: Perimeter, day: date, viewer: UUID) -> list[Participation]:
    """Return the day's plants shown to a member. Raises ProductionPrivate if none is left."""
    shown_plants = visible_plants(perimeter, day, viewer)
    if plants_on(perimeter, day) and not shown_plants:
        raise ProductionPrivate(least_w=SMALL_W)
    return shown_plants


def days_to_compare(day: date) -> list[date]:
    """Return the three weeks before, and the three weeks around the same weekday a year ago."""
    middle = day - _YEAR
    weeks_before = [day - timedelta(days=days) for days in range(_WEEKS.days, 0, -1)]
    last_year = [middle + timedelta(days=days) for days in range(-10, 11)]
    return [*last_year, *weeks_before]


def expect(
    day: date, plants: Sequence[Prm], history: Mapping[date, Mapping[Prm, Sequence[Block]]]
) -> Outlook:
    """Return the sum of each plant's median in each hour; estimates do not count.

    Hours are matched in UTC, as the sun does not change its clock. Raises NoHistory.
    """
    medians = {prm: _medians(prm, history) for prm in plants}
    plants_with_history = [prm for prm in plants if medians[prm]]
    if not plants_with_history:
        raise NoHistory(f"No plant of {day} has readings of these weeks, this year or last.")
    starts = step_starts(day, _HOUR_MIN)
    expected_wmin = [
        sum(medians[prm].get(start.hour, 0) for prm in plants_with_history) for start in starts
    ]
    best_wmin = max(expected_wmin)
    return Outlook(
        hours=[
            Hour(start, wmin, is_sunny=best_wmin > 0 and wmin * 2 >= best_wmin)
            for start, wmin in zip(starts, expected_wmin, strict=True)
        ],
        plants=len(plants_with_history),
        plants_without=len(plants) - len(plants_with_history),
        days_compared=sorted(compared_day for compared_day in history if history[compared_day]),
    )


def _medians(prm: Prm, history: Mapping[date, Mapping[Prm, Sequence[Block]]]) -> Mapping[int, int]:
    """By hour of the day in UTC."""
    samples = defaultdict[int, list[int]](list)
    for day, blocks in history.items():
        if prm in blocks:
            curve = energy_of_day(blocks[prm], day, _HOUR_MIN)
            is_uncertain = curve.missing | curve.estimated
            for start, wmin, is_step_uncertain in zip(
                step_starts(day, _HOUR_MIN), curve.energy_wmin, is_uncertain, strict=True
            ):
                if not is_step_uncertain:
                    samples[start.astimezone(UTC).hour].append(int(wmin))
    return {hour: median_low(energies) for hour, energies in samples.items()}
