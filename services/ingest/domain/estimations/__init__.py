"""Values for steps that lack any, made from real values only, never from other estimates."""

from collections.abc import Sequence

import polars as pl

from services.ingest.domain.estimations.frames import ESTIMATES, SLOT, VALUES, Method
from services.ingest.domain.estimations.gaps import find_gaps, usable_values
from services.ingest.domain.estimations.interpolation import interpolate
from services.ingest.domain.estimations.neighbours import scale_neighbours
from services.ingest.domain.estimations.weekdays import WEEKS, average_weekdays

__all__ = [
    "ESTIMATES",
    "VALUES",
    "WEEKS",
    "Method",
    "estimate",
    "find_gaps",
    "usable_values",
]


def estimate(
    gaps: pl.DataFrame,
    values: pl.DataFrame,
    methods: Sequence[Method],
    *,
    interpolation_max_min: int,
) -> pl.DataFrame:
    """Fill the gaps that can be filled; each method tries what the ones before it left.

    gaps: schema GAPS. values: schema VALUES, of the operation's points, with the weeks before.
    Returns schema ESTIMATES, in order of prm, direction, day, step, slot.
    """
    open_gaps, estimates = gaps, [pl.DataFrame(schema=ESTIMATES)]
    for method in methods:
        match method:
            case Method.INTERPOLATION:
                filled = interpolate(open_gaps, values, max_min=interpolation_max_min)
            case Method.SAME_WEEKDAY:
                filled = average_weekdays(open_gaps, values)
            case Method.NEIGHBOURS:
                filled = scale_neighbours(open_gaps, values)
        filled = filled.with_columns(method=pl.lit(method.value))
        estimates.append(filled.select(pl.col(name).cast(kind) for name, kind in ESTIMATES.items()))
        open_gaps = open_gaps.join(filled, on=SLOT, how="anti")
    return pl.concat(estimates).sort(SLOT)
