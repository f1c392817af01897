"""Places on the map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Coordinates:
    """In WGS 84, degrees: north of the equator, and east of Greenwich."""

    latitude_deg: float
    longitude_deg: float
