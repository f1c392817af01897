"""The intervals of the rows of a monthly CSV, by the stamp rule of its layout."""

import polars as pl

from services.ingest.formats.acc.layouts import FROM_STAMPS, AccLayout, StampZone
from services.ingest.formats.problems import FileMalformed
from services.ingest.formats.stamps import interval_start, read_local, read_offset, utc_from_local
from services.ingest.formats.steps import deduce_steps

MOST_POINTS = 20_000
"""The most points of one file: more is garbage, and each takes a look at its stamps."""

_SERIES = ["prm", "series"]
_MINUTE_US = 60_000_000


def with_intervals(rows: pl.DataFrame, layout: AccLayout) -> pl.DataFrame:
    """Read the stamps.

    rows: in file order — prm, series, stamp str, step_min i32, null where it is unknown. Adds start
    datetime[UTC], is_stamped and is_too_near bool, and step_min if it is read from stamps.
    Raises FileMalformed for too many points.
    """
    if layout.stamp.zone == StampZone.LOCAL:
        local = read_local(rows["stamp"].str.strip_chars(), layout.stamp.format)
        rows = rows.with_columns(local=local, is_stamped=local.is_not_null())
        stamped_at = utc_from_local(rows.with_columns(direction="series"))
    else:
        stamped_at = read_offset(rows["stamp"])
        rows = rows.with_columns(is_stamped=stamped_at.is_not_null())
    at_start = layout.stamp.marks == "start"
    rows = rows.with_columns(stamped_at=stamped_at)
    if layout.step_min == FROM_STAMPS:
        rows = _with_deduced_steps(rows, at_start=at_start)
    start = interval_start(
        rows["stamped_at"],
        rows["step_min"],
        at_start=pl.Series([at_start]).new_from_index(0, rows.height),
    )
    return _with_nearness(rows.with_columns(start=start))


def _with_deduced_steps(rows: pl.DataFrame, *, at_start: bool) -> pl.DataFrame:
    if rows["prm"].n_unique() > MOST_POINTS:
        raise FileMalformed(f"It has more than {MOST_POINTS} points: send it in parts.")
    points = rows.select("prm", "stamped_at").drop_nulls("stamped_at").unique()
    stamps_of_points = points.partition_by("prm", include_key=True)
    deduced = [
        point.with_columns(step_min=deduce_steps(point["stamped_at"], at_start=at_start))
        for point in stamps_of_points
    ]
    steps = pl.concat([points.clear().with_columns(step_min=pl.lit(None, pl.Int32())), *deduced])
    return rows.drop("step_min").join(
        steps, on=["prm", "stamped_at"], how="left", nulls_equal=True, maintain_order="left"
    )


def _with_nearness(rows: pl.DataFrame) -> pl.DataFrame:
    """Add whether the next interval of the same curve begins before this one is over.

    A curve of quarter-hours does so in a layout of half-hours: read by that layout, its energy
    would be doubled.
    """
    begins = pl.col("start")
    distinct = rows.select(*_SERIES, "start", "step_min").unique().sort(*_SERIES, "start")
    gap = begins.shift(-1).over(_SERIES, mapping_strategy="group_to_rows") - begins
    near = (
        distinct.with_columns(gap_us=gap.dt.total_microseconds())
        .filter(
            pl.col("gap_us").is_between(1, pl.col("step_min").cast(pl.Int64) * _MINUTE_US, "left")
        )
        .select(*_SERIES, "start", is_too_near=True)
        .unique()
    )
    joined = rows.join(
        near, on=[*_SERIES, "start"], how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.with_columns(pl.col("is_too_near").fill_null(value=False))
