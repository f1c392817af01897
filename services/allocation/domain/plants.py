"""The plants whose production a member may see: one rule for all that reveals production."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import chain
from uuid import UUID

from libs.common.ids import Direction
from services.allocation.domain.perimeter import Participation, Perimeter

SMALL_W = 36_000
"""Connections above 36 kVA are not households'."""
_TOGETHER = 4
"""Members with small plants per published sum: each of them is left with three others."""


def plants_on(perimeter: Perimeter, day: date) -> list[Participation]:
    return [
        participation
        for participation in perimeter.participations
        if participation.direction == Direction.PRODUCTION and participation.covers(day)
    ]


def kinds_of_plants(perimeter: Perimeter, days: Sequence[date]) -> set[str | None]:
    """Return the kinds of energy of the plants on any of the days; None for an unknown kind."""
    return {plant.production_kind for day in days for plant in plants_on(perimeter, day)}


def visible_plants(perimeter: Perimeter, day: date, viewer: UUID) -> list[Participation]:
    """Return the day's plants whose sum a member may see; always their own.

    A household's production reveals when it is at home. An owner who on any day had less than 36 kW
    in all (unknown power counts as none) is shown only in a group of four, and not on a day on
    which one of the four has no plant. Groups are permanent, in the order in which their members
    first became small. So the difference between two days' sums is again a group of four, and a
    member who subtracts their own part is left with three others.
    """
    plants = plants_on(perimeter, day)
    shown_owners = _visible_owners(perimeter, {plant.member_id for plant in plants}) | {viewer}
    return [plant for plant in plants if plant.member_id in shown_owners]


def is_production_visible(perimeter: Perimeter, day: date, viewer: UUID) -> bool:
    """Return whether a member may see the total production of the day's plants."""
    return visible_plants(perimeter, day, viewer) == plants_on(perimeter, day)


def _visible_owners(perimeter: Perimeter, present: AbstractSet[UUID]) -> set[UUID]:
    plants_by_owner = defaultdict[UUID, list[Participation]](list)
    for participation in perimeter.participations:
        if participation.direction == Direction.PRODUCTION:
            plants_by_owner[participation.member_id].append(participation)
    small_since = {
        owner: _small_since(owner_plants) for owner, owner_plants in plants_by_owner.items()
    }
    small = [
        owner for _, owner in sorted((day, owner) for owner, day in small_since.items() if day)
    ]
    fours = [small[at : at + _TOGETHER] for at in range(0, len(small), _TOGETHER)]
    complete_fours = [four for four in fours if len(four) == _TOGETHER and present >= set(four)]
    return {*(plants_by_owner.keys() - small), *chain.from_iterable(complete_fours)}


def _small_since(plants: Sequence[Participation]) -> date | None:
    """Return the first day on which one owner's plants of that day have less than 36 kW in all."""
    change_days = {plant.valid_from for plant in plants} | {
        plant.valid_to for plant in plants if plant.valid_to
    }
    for day in sorted(change_days):
        day_plants = [plant for plant in plants if plant.covers(day)]
        if day_plants and sum(plant.power_limit_w or 0 for plant in day_plants) < SMALL_W:
            return day
    return None
