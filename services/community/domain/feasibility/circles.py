"""Whether a circle may be shown: one around a few homes would reveal where they are."""

from collections.abc import Collection
from typing import TypeAlias
from uuid import UUID

from services.community.domain.feasibility.places import Coordinates

Home: TypeAlias = tuple[float, float]
"""Degrees of latitude and longitude, rounded."""

LEAST_MEMBERS = 3
"""With two, each of them knows which homes are the other's."""
_HOME_DECIMALS = 4
"""Decimals of degrees: some ten metres."""


def home_of(place: Coordinates) -> Home:
    """Round so that the meters of one house share a home, however exactly each was surveyed."""
    return round(place.latitude_deg, _HOME_DECIMALS), round(place.longitude_deg, _HOME_DECIMALS)


def are_enough_homes(located: Collection[tuple[UUID, Coordinates]], *, least_points: int) -> bool:
    """Return whether the places are homes enough, of members enough.

    Each home of a member counts; a home in which several members have points counts once.
    """
    homes = {home_of(place) for _, place in located}
    members = {member_id for member_id, _ in located}
    return len(homes) >= least_points and len(members) >= LEAST_MEMBERS
