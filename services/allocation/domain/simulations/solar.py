"""The energy of a photovoltaic plant that is not built yet, from the course of the sun.

A clear sky (P. Ineichen's model, by pvlib) seen by the tilted panels, times what clouds leave of
it on average in that month, times the losses of the plant. So every day of a month is like the
others: totals are those of a typical year, but the real sky is brighter at times and darker at
others, and a simulation on it shares a little more than the real sky would.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from libs.common.calendar import day_start
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.schedules import LocalTimes
from services.allocation.domain.simulations.local_time import local_years
from services.allocation.domain.simulations.problems import SunUnknown

_FloatArray = NDArray[np.float64]

_CLEARNESS = (0.48, 0.54, 0.60, 0.63, 0.64, 0.68, 0.72, 0.71, 0.67, 0.57, 0.49, 0.45)
"""By month, the part of a clear sky's energy that clouds leave on panels.

Our estimate for the middle of France. A known annual yield, if given, replaces it.
"""
_LINKE_TURBIDITY = 3.0
"""Haze of the air; about 2 in mountains, 3 in the country, 4 to 5 in cities."""
_STANDARD_IRRADIANCE_W_PER_M2 = 1000.0
_W_PER_KW = 1000.0
_KWH_PER_W_MIN = 1 / 60_000


@dataclass(frozen=True)
class Plant:
    """Panels in one plane. Azimuth clockwise from north: 90 east, 180 south, 270 west.

    performance_ratio: what remains after heat, inverter, cables and dirt.
    annual_yield_kwh_per_kwp: of a typical year, from an installer or PVGIS; None: from the sun.
    """

    power_kwp: Decimal
    tilt_deg: float
    azimuth_deg: float
    latitude_deg: float
    longitude_deg: float
    performance_ratio: float = 0.80
    annual_yield_kwh_per_kwp: Decimal | None = None


def check_sun_known() -> None:
    """Raise SunUnknown where pvlib, an extra of 200 MB with its dependencies, is not installed."""
    if find_spec("pvlib") is None:
        raise SunUnknown


def plant_energy(plant: Plant, starts_epoch_min: IntArray, step_min: int) -> IntArray:
    """Return the energy of each step in watt-minutes, at whole watts; 0 while the sun is down.

    starts_epoch_min: in order. Raises SunUnknown.
    """
    check_sun_known()
    # Floats: this is physics. The whole watts in the result are what is shared.
    power_w = _power_w(plant, starts_epoch_min, step_min)
    if plant.annual_yield_kwh_per_kwp is not None:
        power_w = power_w * _scale_to_yield(plant, starts_epoch_min, step_min)
    return np.rint(power_w).astype(np.int64) * step_min


def annual_yield_kwh_per_kwp(plant: Plant, year: int, step_min: int) -> float:
    """Return what each kilowatt-peak would produce in a calendar year, from the sun alone."""
    first, end = (int(day_start(date(year + more, 1, 1)).timestamp()) // 60 for more in (0, 1))
    one_kwp = replace(plant, power_kwp=Decimal(1))
    power_w = _power_w(one_kwp, np.arange(first, end, step_min, dtype=np.int64), step_min)
    return float(power_w.sum()) * step_min * _KWH_PER_W_MIN


def _scale_to_yield(plant: Plant, starts_epoch_min: IntArray, step_min: int) -> float:
    assert plant.annual_yield_kwh_per_kwp is not None
    year = int(local_years(starts_epoch_min[:1])[0])
    annual_yield = annual_yield_kwh_per_kwp(plant, year, step_min)
    return float(plant.annual_yield_kwh_per_kwp) / annual_yield if annual_yield else 0.0


def _power_w(plant: Plant, starts_epoch_min: IntArray, step_min: int) -> _FloatArray:
    """Return the mean power of each step, taken as the power in its middle."""
    irradiance = _clear_sky_on_panels(plant, starts_epoch_min * 60 + step_min * 30)
    month = LocalTimes.of(starts_epoch_min).month
    clearness = np.array(_CLEARNESS)[month - 1]
    peak_w = float(plant.power_kwp) * _W_PER_KW
    full_sun = irradiance / _STANDARD_IRRADIANCE_W_PER_M2
    power_w: _FloatArray = peak_w * plant.performance_ratio * clearness * full_sun
    return power_w


def _clear_sky_on_panels(plant: Plant, instants_epoch_s: IntArray) -> _FloatArray:
    """Irradiance of a clear sky in the plane of the panels, in W/m²; 0 while the sun is down."""
    # pvlib brings pandas and takes a second to load: only when a plant is simulated.
    import pandas as pd  # noqa: PLC0415
    from pvlib import atmosphere, clearsky, irradiance, solarposition  # noqa: PLC0415

    times = pd.to_datetime(instants_epoch_s, unit="s", utc=True)
    sun = solarposition.get_solarposition(times, plant.latitude_deg, plant.longitude_deg)
    zenith = sun["apparent_zenith"]
    airmass = atmosphere.get_relative_airmass(zenith)  # at sea level: relative is absolute
    sky: Any = clearsky.ineichen(zenith, airmass, _LINKE_TURBIDITY)
    on_panels: Any = irradiance.get_total_irradiance(
        surface_tilt=plant.tilt_deg,
        surface_azimuth=plant.azimuth_deg,
        solar_zenith=zenith,
        solar_azimuth=sun["azimuth"],
        dni=sky["dni"],
        ghi=sky["ghi"],
        dhi=sky["dhi"],
        dni_extra=irradiance.get_extra_radiation(times.day_of_year),
        model="haydavies",
    )
    irradiance_of_panels = np.nan_to_num(on_panels["poa_global"].to_numpy(dtype=np.float64))
    irradiance_by_day: _FloatArray = np.where(
        sun["apparent_elevation"].to_numpy() > 0, irradiance_of_panels, 0.0
    )
    return np.maximum(irradiance_by_day, 0.0)
