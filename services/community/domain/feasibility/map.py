"""What a perimeter looks like on a map, for whoever looks at it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.circles import are_enough_homes, home_of
from services.community.domain.feasibility.distances import coarse_circle, corners_of, hull
from services.community.domain.feasibility.perimeter import Site, is_there
from services.community.domain.perimeter import Participation
from services.community.domain.places import Place


@dataclass(frozen=True)
class MappedPoint:
    prm: Prm
    place: Place
    directions: Sequence[Direction]


@dataclass(frozen=True)
class Map:
    """points: those that may be seen. ring: the corners of what is around all of them."""

    points: Sequence[MappedPoint]
    ring: Sequence[Place]
    is_coarse: bool


def map_of(
    participations: Iterable[Participation],
    sites: Mapping[Prm, Site],
    day: date,
    *,
    only: Collection[Prm] | None,
    least_points: int,
) -> Map:
    """Of a local day; only: the points that the caller may see, None is all of them.

    Who may not see all gets a coarse circle, around homes enough of enough others: the corners of
    the hull are somebody's home.
    """
    there = [one for one in participations if is_there(one, day)]
    directions = defaultdict[Prm, set[Direction]](set)
    for one in there:
        directions[one.prm].add(one.direction)
    points = [
        MappedPoint(prm, location.place, sorted(directions[prm]))
        for prm in sorted(directions)
        if (location := sites[prm].location)
    ]
    places = [one.place for one in points]
    if only is None:
        return Map(points, hull(places), is_coarse=False)
    own = [one for one in points if one.prm in only]
    others = _list_others(there, {one.prm: one.place for one in points}, own)
    is_told = are_enough_homes(others, least_points=least_points)
    return Map(own, corners_of(coarse_circle(places)) if is_told else [], is_coarse=True)


def _list_others(
    there: Iterable[Participation], places: Mapping[Prm, Place], own: Collection[MappedPoint]
) -> list[tuple[UUID, Place]]:
    """Members and places, of points that are in no home of the caller's."""
    own_homes = {home_of(one.place) for one in own}
    return [
        (one.member_id, place)
        for one in there
        if (place := places.get(one.prm)) and home_of(place) not in own_homes
    ]
