"""The local year of steps; ``LocalTimes`` gives the rest of clock and calendar to keys."""

import polars as pl

from libs.common.calendar import PARIS
from services.allocation.domain.kernels import IntArray


def local_years(starts_epoch_min: IntArray) -> IntArray:
    """Return the local year of instants in minutes since 1970 UTC."""
    utc = pl.from_epoch(pl.Series(starts_epoch_min * 60), time_unit="s")
    local = utc.dt.replace_time_zone("UTC").dt.convert_time_zone(PARIS.key)
    return local.dt.year().cast(pl.Int64).to_numpy()
