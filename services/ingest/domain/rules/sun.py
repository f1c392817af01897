"""The position of the sun."""

import numpy as np
import numpy.typing as npt

_J2000_US = 946_728_000_000_000  # 2000-01-01T12:00:00Z
_DAY_US = 86_400_000_000


def elevation_deg(
    instants_us: npt.NDArray[np.int64], *, latitude_deg: float, longitude_deg: float
) -> npt.NDArray[np.float64]:
    """The sun's height above the horizon, seen without an atmosphere; negative when it is below.

    instants_us: microseconds since 1970, UTC. longitude_deg: positive to the east.
    Right to a hundredth of a degree from 1950 to 2050.
    Source: Astronomical Almanac, low precision formulas for the sun.
    """
    days = (instants_us - _J2000_US) / _DAY_US
    anomaly = np.radians(357.528 + 0.9856003 * days)
    ecliptic = np.radians(
        280.460 + 0.9856474 * days + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly)
    )
    tilt = np.radians(23.439 - 0.0000004 * days)
    ascension = np.arctan2(np.cos(tilt) * np.sin(ecliptic), np.cos(ecliptic))
    declination = np.arcsin(np.sin(tilt) * np.sin(ecliptic))
    sidereal = np.radians(15 * (18.697374558 + 24.06570982441908 * days) + longitude_deg)
    latitude = np.radians(latitude_deg)
    sine = np.sin(latitude) * np.sin(declination)
    sine += np.cos(latitude) * np.cos(declination) * np.cos(sidereal - ascension)
    elevation: npt.NDArray[np.float64] = np.degrees(np.arcsin(np.clip(sine, -1, 1)))
    return elevation
