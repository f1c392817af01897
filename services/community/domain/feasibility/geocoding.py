"""The likely places of an address, from the national address service."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from libs.common.errors import Problem
from services.community.domain.feasibility.places import Coordinates

_LIKELY_SCORE = 0.8


class GeocoderOff(Problem):
    status, slug, title = 409, "geocoder-off", "This platform looks up no addresses"
    example_detail = "This platform has no address service: give a place."


class GeocoderAway(Problem):
    status, slug, title = 503, "geocoder-away", "The address service does not answer"
    example_detail = "The address service gave no usable answer: give a place."


class TooManyGeocodings(Problem):
    status, slug, title = 429, "too-many-addresses-today", "Too many addresses today"
    example_detail = "Too many addresses were looked up today: give a place."


class Preciseness(StrEnum):
    """The precision of a matched address; the middle of a commune is no place of a meter."""

    NUMBER = "housenumber"
    STREET = "street"
    LOCALITY = "locality"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """score: 1 for an exact match of the address."""

    label: str
    place: Coordinates
    score: float
    preciseness: Preciseness

    @property
    def is_house(self) -> bool:
        return self.preciseness is Preciseness.NUMBER


def is_sure(candidates: Sequence[Candidate]) -> bool:
    """Return whether the first is meant for certain: a numbered house, and the only likely one."""
    likely = [candidate for candidate in candidates if candidate.score >= _LIKELY_SCORE]
    return len(likely) == 1 and likely == list(candidates[:1]) and likely[0].is_house
