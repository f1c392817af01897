"""The days of a point's month that have come, as bits, so that years are counted at once."""

import polars as pl

POINT_MONTHS = pl.Schema(
    {
        "prm": pl.String(),
        "direction": pl.String(),
        "month": pl.Date(),
        "counted_days": pl.Int64(),
        "some_days": pl.Int64(),
        "whole_days": pl.Int64(),
        "received_days": pl.Int64(),
    }
)
"""One row per point, direction and month, which is named by its first day.

Of each number the least bit stands for that first day. counted_days: those that the others are
about. some_days: a step has come. whole_days: no step is missing. received_days: every step is
received.
"""


def mark_days(counts: pl.DataFrame) -> pl.DataFrame:
    """Mark the counted days. counts: schema COMPLETENESS. Returns schema POINT_MONTHS."""
    bit = pl.lit(2, pl.Int64).pow(pl.col("day").dt.day() - 1)
    return (
        counts.with_columns(month=pl.col("day").dt.month_start(), bit=bit)
        .group_by("prm", "direction", "month")
        .agg(
            counted_days=pl.col("bit").sum(),
            some_days=pl.col("bit").filter(pl.col("missing") < pl.col("expected")).sum(),
            whole_days=pl.col("bit").filter(pl.col("missing") == 0).sum(),
            received_days=pl.col("bit").filter(pl.col("received") == pl.col("expected")).sum(),
        )
        .select(pl.col(name).cast(kind) for name, kind in POINT_MONTHS.items())
    )
