"""The distances between points, and the area that they cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

import numpy as np
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray

from services.community.domain.feasibility.places import Coordinates

_EARTH = Geodesic.WGS84
_RADIUS_M, _FLATTENING = _EARTH.a, _EARTH.f
_CIRCLE_CORNERS = 64
_MOST_MEASURED = 500
"""Of nearly equal pairs, at a millisecond each. Places near one another have a few; many are where
coordinates were mixed up, and the distance is thousands of kilometres whichever it is."""


class Farthest(NamedTuple):
    """The two places farthest from one another, by their positions in the list."""

    distance_m: float
    first: int
    second: int


@dataclass(frozen=True)
class Circle:
    centre: Coordinates
    radius_m: float


def distance_m(start: Coordinates, end: Coordinates) -> float:
    """Measure along the ellipsoid (WGS 84)."""
    inverse = _EARTH.Inverse(
        start.latitude_deg,
        start.longitude_deg,
        end.latitude_deg,
        end.longitude_deg,
        Geodesic.DISTANCE,
    )
    return float(inverse["s12"])


def find_farthest(places: Sequence[Coordinates]) -> Farthest | None:
    """None for fewer than two places; the first of several pairs that are equally far.

    A straight line through the earth shows which pairs are worth a geodesic: both grow alike, up to
    a part of the length that grows with its square and is allowed for.
    """
    if len(places) < 2:  # noqa: PLR2004 - a pair
        return None
    corners, positions = np.unique(
        [(place.latitude_deg, place.longitude_deg) for place in places], axis=0, return_index=True
    )
    xyz = _through_the_earth(corners)
    # Each length is computed twice, as all at once would be gigabytes for some ten thousand points.
    longest = max((float(_lengths(xyz, i).max()) for i in range(len(xyz) - 1)), default=0.0)
    least = _least_worth_measuring(longest)
    candidates = nlargest(
        _MOST_MEASURED,
        (
            (float(lengths[j]), i, i + 1 + int(j))
            for i in range(len(xyz) - 1)
            for lengths in [_lengths(xyz, i)]
            for j in np.flatnonzero(lengths >= least)
        ),
    )
    pairs = [sorted((int(positions[i]), int(positions[j]))) for _, i, j in candidates]
    measured = [(distance_m(places[a], places[b]), a, b) for a, b in pairs or [[0, 1]]]
    return Farthest(*min(measured, key=lambda pair: (-pair[0], pair[1:])))


def _through_the_earth(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres on the three axes, from the middle of the places: near zero, no precision is lost."""
    latitude, longitude = np.radians(corners).T
    squared_eccentricity = _FLATTENING * (2 - _FLATTENING)
    normal = _RADIUS_M / np.sqrt(1 - squared_eccentricity * np.sin(latitude) ** 2)
    xyz = np.stack(
        [
            normal * np.cos(latitude) * np.cos(longitude),
            normal * np.cos(latitude) * np.sin(longitude),
            normal * (1 - squared_eccentricity) * np.sin(latitude),
        ],
        axis=1,
    )
    centred: NDArray[np.float64] = xyz - xyz.mean(axis=0)
    return centred


def _lengths(xyz: NDArray[np.float64], i: int) -> NDArray[np.float64]:
    """Return the lengths from one place to all those after it."""
    lengths: NDArray[np.float64] = np.linalg.norm(xyz[i + 1 :] - xyz[i], axis=1)
    return lengths


def _least_worth_measuring(longest_m: float) -> float:
    """The shortest straight line whose way along the ellipsoid may be the longest one's or more."""
    slack: float = 1e-6 + 0.01 * (longest_m / _RADIUS_M) ** 2
    return longest_m * (1 - slack)


def hull(places: Sequence[Coordinates]) -> Sequence[Coordinates]:
    """Return the corners of the enclosing polygon, counter-clockwise (Andrew's monotone chain).

    On a plane of degrees: for a map. Places in a line leave its two ends, or one.
    """
    corners = sorted({(place.longitude_deg, place.latitude_deg) for place in places})
    lower, upper = _chain(corners), _chain(corners[::-1])
    ring = lower[:-1] + upper[:-1] if len(corners) > 1 else corners
    return [Coordinates(latitude_deg, longitude_deg) for longitude_deg, latitude_deg in ring]


def _chain(corners: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for x, y in corners:
        while len(chain) > 1 and not _turns_left(chain[-2], chain[-1], (x, y)):
            chain.pop()
        chain.append((x, y))
    return chain


def _turns_left(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def coarse_circle(places: Sequence[Coordinates]) -> Circle:
    """Return a circle around all of them that reveals none: its centre and radius are rounded.

    The centre is on a grid of a hundredth of a degree; the radius is in whole kilometres.
    """
    latitudes = [place.latitude_deg for place in places]
    longitudes = [place.longitude_deg for place in places]
    centre = Coordinates(
        round((min(latitudes) + max(latitudes)) / 2, 2),
        round((min(longitudes) + max(longitudes)) / 2, 2),
    )
    corners = [(place.latitude_deg, place.longitude_deg) for place in (centre, *places)]
    lengths = _lengths(_through_the_earth(np.array(corners)), 0)
    candidates = np.flatnonzero(lengths >= _least_worth_measuring(float(lengths.max())))
    radius_m = max(distance_m(centre, places[int(i)]) for i in candidates)
    return Circle(centre, (radius_m // 1000 + 1) * 1000)


def corners_of(circle: Circle) -> Sequence[Coordinates]:
    """Return them counter-clockwise, the first one once."""
    turns = [-360 * i / _CIRCLE_CORNERS for i in range(_CIRCLE_CORNERS)]
    return [_place_at(circle, azimuth_deg) for azimuth_deg in turns]


def _place_at(circle: Circle, azimuth_deg: float) -> Coordinates:
    centre = circle.centre
    direct = _EARTH.Direct(centre.latitude_deg, centre.longitude_deg, azimuth_deg, circle.radius_m)
    return Coordinates(round(direct["lat2"], 6), round(direct["lon2"], 6))
