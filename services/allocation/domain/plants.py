"""Of whose plants a member may see what they make: one rule for all that tells of production."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import chain
from uuid import UUID

from libs.common.ids import Direction
from services.allocation.domain.perimeter import Participation, Perimeter

SMALL_W = 36_000
"""Connections above 36 kVA are no households'."""
_TOGETHER = 4
"""Members with small plants who are told as one sum: each is left with the rule's three others."""


def plants_on(perimeter: Perimeter, day: date) -> list[Participation]:
    return [
        one
        for one in perimeter.participations
        if one.direction == Direction.PRODUCTION and one.covers(day)
    ]


def kinds_of_plants(perimeter: Perimeter, days: Sequence[date]) -> set[str | None]:
    """What those there on any of the days run on; None among them: of one, nobody has said."""
    return {plant.production_kind for day in days for plant in plants_on(perimeter, day)}


def plants_told(perimeter: Perimeter, day: date, viewer: UUID) -> list[Participation]:
    """Those of the day whose sum a member may see; own ones always.

    What a household produces tells when it is at home. Who had less than 36 kW in all on any
    day, or of unknown power, is told in a four only, and not at all on a day on which one of the
    four has no plant. Fours are made for good, in the order in which their members were first as
    small: so what a day's sum has more than another day's is a four again, and whoever takes the
    own part off is left with three others.
    """
    plants = plants_on(perimeter, day)
    told = _owners_told(perimeter, {one.member_id for one in plants}) | {viewer}
    return [one for one in plants if one.member_id in told]


def is_production_told(perimeter: Perimeter, day: date, viewer: UUID) -> bool:
    """Whether a member may see what all plants of the day made together."""
    return plants_told(perimeter, day, viewer) == plants_on(perimeter, day)


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
        if on_day and sum(one.power_limit_w or 0 for one in on_day) < SMALL_W:
            return day
    return None
