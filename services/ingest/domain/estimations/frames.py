"""The frames of an estimation, and the names of its methods."""

from enum import StrEnum

import polars as pl

SLOT = ["prm", "direction", "day", "step_min", "slot"]

SERIES = ["prm", "direction", "member_id", "step_min"]
"""One person's meter at one step: no estimate is made from a former occupant's habits."""

GAPS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "member_id": pl.String(),
        "day": pl.Date(),
        "step_min": pl.Int32(),
        "slot": pl.Int64(),
        "start": pl.Datetime("us", "UTC"),
        "letter": pl.String(),  # the step's letter in its block: missing, or nothing
    }
)
"""One row per step of the meter that no value covers, not even an estimate."""

VALUES = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "member_id": pl.String(),
        "day": pl.Date(),
        "step_min": pl.Int32(),
        "start": pl.Datetime("us", "UTC"),
        "power_w": pl.Int64(),
    }
)
"""One row per value that estimates may be made from."""

ESTIMATES = pl.Schema(
    GAPS
    | {
        "power_w": pl.Int64(),
        "method": pl.String(),
        "input_days": pl.List(pl.Date()),  # of the values it was made from, in order
        "input_prms": pl.List(pl.String()),  # of the neighbours, in order; else empty
    }
)
"""One row per gap that was filled."""


class Method(StrEnum):
    INTERPOLATION = "interpolation"  # a straight line over short gaps
    SAME_WEEKDAY = "same_weekday"  # the mean of the weeks before
    NEIGHBOURS = "neighbours"  # production, from the other plants of the operation


def rounded(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Return the quotient rounded half up; exact, as both are whole and not negative."""
    return (2 * numerator + denominator) // (2 * denominator)
