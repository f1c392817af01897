"""Estimates from the same local time on the same weekday, in the weeks before."""

import polars as pl

from services.ingest.domain.estimations.frames import SERIES, SLOT, rounded
from services.ingest.domain.readings.local_days import ZONE

WEEKS = 4


def average_weekdays(gaps: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Fill gaps with the mean of up to four weeks before; one week with a value is enough.

    Weeks are compared by the time that clocks showed, as people live by it. Of an hour that clocks
    showed twice the first one counts; a week in which clocks skipped the time is left out.
    gaps: schema GAPS. values: schema VALUES. Returns ESTIMATES without the method.
    """
    shown = pl.col("start").dt.convert_time_zone(ZONE).dt.replace_time_zone(None)
    values_by_clock = (
        values.with_columns(shown=shown)
        .sort("start")
        .unique([*SERIES, "shown"], keep="first", maintain_order=True)
        .select(*SERIES, "shown", "power_w", input_day="day")
    )
    weekly_gaps = gaps.with_columns(shown=shown).join(
        pl.DataFrame({"weeks_ago": range(1, WEEKS + 1)}), how="cross"
    )
    matches = weekly_gaps.with_columns(
        shown=pl.col("shown") - pl.duration(weeks=pl.col("weeks_ago"))
    ).join(values_by_clock, on=[*SERIES, "shown"])
    means = matches.group_by(SLOT).agg(
        power_w=rounded(pl.col("power_w").sum(), pl.len().cast(pl.Int64)),
        input_days=pl.col("input_day").sort(),
    )
    return gaps.join(means, on=SLOT).with_columns(input_prms=pl.lit([], pl.List(pl.String)))
