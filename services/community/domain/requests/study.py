"""The simulation for a request before anybody is metered: rough consumers and plants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.community.domain.feasibility.places import Coordinates
from services.community.domain.requests.problems import StudyImpossible
from services.community.domain.requests.request import PointKind, Request

_ANNUAL_KWH: Mapping[PointKind, int] = {
    "household": 4500,
    "shop": 20_000,
    "office": 30_000,
    "school": 40_000,
}
"""Of a calendar year; our own rough figures, until bills give better ones."""
_MIDDLE_OF_FRANCE = Coordinates(46.6, 2.4)
_FIRST_CONSUMER, _FIRST_PLANT = 99_000_000_010_000, 99_000_000_020_000
"""Placeholder prms: the request has none yet."""


@dataclass(frozen=True)
class StudyConsumer:
    prm: str
    profile: PointKind
    annual_kwh: int


@dataclass(frozen=True)
class StudyPlant:
    prm: str
    power_kwp: Decimal
    place: Coordinates


@dataclass(frozen=True)
class RequestStudy:
    consumers: Sequence[StudyConsumer]
    plants: Sequence[StudyPlant]


def study_of(request: Request) -> RequestStudy:
    """Raises StudyImpossible for a request without a plant."""
    if not request.plants_kwc:
        raise StudyImpossible
    kinds = [kind for kind, count in request.points.items() for _ in range(count)]
    place = request.place or _MIDDLE_OF_FRANCE
    return RequestStudy(
        consumers=[
            StudyConsumer(str(_FIRST_CONSUMER + number), kind, _ANNUAL_KWH[kind])
            for number, kind in enumerate(kinds, start=1)
        ],
        plants=[
            StudyPlant(str(_FIRST_PLANT + number), power_kwp, place)
            for number, power_kwp in enumerate(request.plants_kwc, start=1)
        ],
    )
