"""A straight line from the last value before a short gap to the first one after it."""

import polars as pl

from services.ingest.domain.estimations.frames import SERIES, rounded


def interpolate(gaps: pl.DataFrame, values: pl.DataFrame, *, max_min: int) -> pl.DataFrame:
    """Fill gaps of at most ``max_min`` minutes in a row, also over midnight and clock changes.

    gaps: schema GAPS. values: schema VALUES; there must be one at both ends of a gap. Returns
    ESTIMATES without the method.
    """
    step = pl.duration(minutes=pl.col("step_min"))
    follows = (pl.col("start") - pl.col("start").shift()).over(SERIES) == step
    numbered = gaps.sort(*SERIES, "start").with_columns(
        run=(~follows.fill_null(value=False)).cum_sum()
    )
    runs = (
        numbered.group_by("run", *SERIES)
        .agg(first=pl.col("start").min(), last=pl.col("start").max(), steps=pl.len())
        .filter(pl.col("steps").cast(pl.Int64) * pl.col("step_min") <= max_min)
        .with_columns(start_before=pl.col("first") - step, start_after=pl.col("last") + step)
    )
    for end in ("before", "after"):
        end_values = values.select(
            *SERIES,
            pl.col("start").alias(f"start_{end}"),
            pl.col("power_w").alias(end),
            pl.col("day").alias(f"day_{end}"),
        )
        runs = runs.join(end_values, on=[*SERIES, f"start_{end}"])
    parts = pl.col("steps").cast(pl.Int64) + 1
    return (
        numbered.join(runs.drop(SERIES), on="run")
        .with_columns(place=_place())
        .with_columns(
            power_w=rounded(
                pl.col("before") * (parts - pl.col("place")) + pl.col("after") * pl.col("place"),
                parts,
            ),
            input_days=pl.concat_list("day_before", "day_after").list.unique().list.sort(),
            input_prms=pl.lit([], pl.List(pl.String)),
        )
    )


def _place() -> pl.Expr:
    """The number of a step in its run, from 1."""
    return pl.col("start").rank("ordinal").over("run").cast(pl.Int64)
