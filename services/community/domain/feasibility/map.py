"""A perimeter on a map, as one viewer may see it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.circles import are_enough_homes, home_of
from services.community.domain.feasibility.distances import coarse_circle, corners_of, hull
from services.community.domain.feasibility.perimeter import PointSite
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.members.perimeter import Participation


@dataclass(frozen=True)
class MappedPoint:
    prm: Prm
    place: Coordinates
    directions: Sequence[Direction]


@dataclass(frozen=True)
class Map:
    """points: those that the viewer may see. ring: the corners of the area around all of them."""

    points: Sequence[MappedPoint]
    ring: Sequence[Coordinates]
    is_coarse: bool


def map_of(
    participations: Iterable[Participation],
    sites: Mapping[Prm, PointSite],
    day: date,
    *,
    only: Collection[Prm] | None,
    least_points: int,
) -> Map:
    """Map a local day; only: the points that the viewer may see, None for all of them.

    Otherwise the viewer gets a coarse circle, around enough homes of enough others: the corners of
    the hull are somebody's home.
    """
    current = [participation for participation in participations if participation.takes_part(day)]
    directions = defaultdict[Prm, set[Direction]](set)
    for participation in current:
        directions[participation.prm].add(participation.direction)
    points = [
        MappedPoint(prm, location.place, sorted(directions[prm]))
        for prm in sorted(directions)
        if (location := sites[prm].location)
    ]
    places = [point.place for point in points]
    if only is None:
        return Map(points, hull(places), is_coarse=False)
    visible_points = [point for point in points if point.prm in only]
    hidden = _list_hidden(current, {point.prm: point.place for point in points}, visible_points)
    is_ring_shown = are_enough_homes(hidden, least_points=least_points)
    return Map(
        visible_points, corners_of(coarse_circle(places)) if is_ring_shown else [], is_coarse=True
    )


def _list_hidden(
    participations: Iterable[Participation],
    places: Mapping[Prm, Coordinates],
    visible_points: Collection[MappedPoint],
) -> list[tuple[UUID, Coordinates]]:
    """List members and places of points that are in no home of the viewer's."""
    own_homes = {home_of(point.place) for point in visible_points}
    return [
        (participation.member_id, place)
        for participation in participations
        if (place := places.get(participation.prm)) and home_of(place) not in own_homes
    ]
