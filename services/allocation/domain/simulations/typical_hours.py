"""A year of hourly power from another model of sun and sky, on the steps of a period."""

from decimal import Decimal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from services.allocation.domain.kernels import IntArray

TYPICAL_YEAR = 2020
"""A leap year, so that every day of any year has a counterpart."""
HOURS = 366 * 24


def energy_of_hours(
    w_per_kwp: NDArray[np.float64],
    *,
    power_kwp: Decimal,
    starts_epoch_min: IntArray,
    step_min: int,
) -> IntArray:
    """Return the energy of each step in watt-minutes, at whole watts: that of the year's same hour.

    w_per_kwp: [HOURS], mean power of one kilowatt-peak in each UTC hour of TYPICAL_YEAR.
    """
    assert len(w_per_kwp) == HOURS, "one value per hour of a leap year"
    utc = pl.DataFrame({"start": pl.from_epoch(pl.Series(starts_epoch_min * 60), time_unit="s")})
    at = pl.col("start").dt
    typical_start = pl.datetime(TYPICAL_YEAR, at.month(), at.day(), at.hour())
    since_year_start = typical_start - pl.datetime(TYPICAL_YEAR, 1, 1)
    hours = utc.select(since_year_start.dt.total_hours()).to_series().to_numpy()
    power_w = np.rint(w_per_kwp * float(power_kwp)).astype(np.int64)
    energy_wmin: IntArray = power_w[hours] * step_min
    return energy_wmin
