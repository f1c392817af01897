"""The step of each row of a curve that only has stamps, deduced from the distance between them."""

import numpy as np
import numpy.typing as npt
import polars as pl

from services.ingest.domain.readings.readings import STEPS_MIN
from services.ingest.formats.stamps import FINE_STEPS_MIN

_Minutes = npt.NDArray[np.int64]
_NONE = 0


def deduce_steps(stamped_at: pl.Series, *, at_start: bool | None = None) -> pl.Series:
    """Return the step of each row, i32 minutes; null if the curve is too short to show one.

    stamped_at: instants (UTC) in any order, null where unreadable.
    at_start: which end of their interval they are; None if only the steps show it. A distance
    between two neighbouring stamps is a step if both are whole numbers of it from the hour, and it
    either is the shortest distance of the curve or comes at least twice in a row. Any other
    distance is a hole: one absent half-hour leaves a single distance of 60 minutes. A row takes the
    step on its own side (before an end stamp, after a start stamp); next to a hole it takes the
    step of its neighbouring rows, first the following, then the preceding.
    """
    minutes = stamped_at.dt.epoch("s") // 60
    distinct = minutes.drop_nulls().unique().sort()
    if distinct.len() < 2:  # noqa: PLR2004 - one stamp has no distance to another
        return pl.Series("step_min", [None], dtype=pl.Int32()).new_from_index(0, minutes.len())
    stamps = distinct.to_numpy()
    steps = _steps_of_gaps(np.diff(stamps), stamps[1:])
    # A start-stamped curve has one step per gap after each row, an end-stamped one before it.
    if at_start is None:
        at_start = bool(np.isin(steps, FINE_STEPS_MIN).any())
    row_steps = np.append(steps, _NONE) if at_start else np.insert(steps, 0, _NONE)
    filled_steps = pl.Series(row_steps).cast(pl.Int32).replace(_NONE, None)
    filled_steps = filled_steps.fill_null(strategy="backward").fill_null(strategy="forward")
    return minutes.replace_strict(distinct, filled_steps, default=None, return_dtype=pl.Int32())


def _steps_of_gaps(gaps: _Minutes, ends: _Minutes) -> _Minutes:
    """Return the gaps that are steps, and _NONE for those that are holes."""
    possible = np.isin(gaps, STEPS_MIN) & (ends % np.maximum(gaps, 1) == 0)
    candidates = np.where(possible, gaps, _NONE)
    if not possible.any():
        return candidates
    same_as_next = (candidates[:-1] == candidates[1:]) & possible[1:]
    repeats = np.append(same_as_next, False) | np.insert(same_as_next, 0, False)
    shortest = candidates == candidates[possible].min()
    return np.where(repeats | shortest, candidates, _NONE)
