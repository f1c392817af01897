"""The local time of steps."""

import polars as pl

from libs.common.calendar import PARIS
from services.allocation.domain.kernels import IntArray


def local_times(starts_epoch_min: IntArray) -> pl.Series:
    """Local time of instants in minutes since 1970 UTC."""
    utc = pl.from_epoch(pl.Series(starts_epoch_min * 60), time_unit="s")
    return utc.dt.replace_time_zone("UTC").dt.convert_time_zone(PARIS.key)
