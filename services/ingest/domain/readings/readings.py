"""The definition of a reading: a mean power over a step, its nature, and its limits."""

from enum import StrEnum

import polars as pl

STEPS_MIN = (5, 10, 15, 30, 60)
"""Every step that meters and exports use (domain: §2.2); readings of any other are refused."""

MAX_POWER_W = 1_000_000_000
"""No point of a distribution grid reaches a gigawatt: a greater value is a mistake."""


class Nature(StrEnum):
    """The origin of a value, from best to absent."""

    MEASURED = "measured"
    CORRECTED = "corrected"
    ESTIMATED = "estimated"
    OUTAGE = "outage"
    MISSING = "missing"


READINGS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),  # libs.common.ids.Direction
        "start": pl.Datetime("us", "UTC"),  # of the interval [start, start + step_min)
        "step_min": pl.Int32(),  # one of STEPS_MIN
        "power_w": pl.Int64(),  # mean over the step, 0 … MAX_POWER_W; null exactly when missing
        "nature": pl.String(),  # Nature
        "doubtful": pl.Boolean(),  # the DSO itself doubts the value
        "position": pl.String(),  # where the sender finds the record: "line 12"
    }
)
"""The frame that every parser returns: one row per record read, in the order of the file."""
