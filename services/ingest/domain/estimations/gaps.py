"""The steps that lack a value, and the values that may replace them."""

import polars as pl

from services.ingest.domain.completeness.completeness import DAYS, completeness, cut_into_cells
from services.ingest.domain.estimations.frames import GAPS, VALUES
from services.ingest.domain.readings.blocks import NATURE_LETTERS, NOTHING, VALUE_LETTERS
from services.ingest.domain.readings.local_days import day_minutes, day_start
from services.ingest.domain.readings.readings import STEPS_MIN, Nature

_DAY = ["prm", "direction", "day"]
_CELL_MIN = min(STEPS_MIN)
_REAL = f"[{''.join(VALUE_LETTERS)}]"
# Outages are not usable: that the grid failed once says nothing about what people use.
_USABLE = [
    NATURE_LETTERS[nature] for nature in (Nature.MEASURED, Nature.CORRECTED, Nature.ESTIMATED)
]


def find_gaps(days: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return the steps of these days that no value covers at any step; schema GAPS.

    days: schema DAYS. letters: schema LETTERS, of these days and others around them: a day without
    any reading has the meter's step of the day before, or else of the day after. Without any
    reading around a day its step is unknown, and it has no gap that could be filled.
    """
    metered = _on_the_meters_step(days, letters)
    is_open = completeness(metered, letters).filter(pl.col("missing") > 0)
    open_days = metered.join(is_open, on=_DAY, how="semi")
    steps = pl.col("step_min").cast(pl.Int64)
    slots = open_days.with_columns(
        slot=pl.int_ranges(day_minutes(pl.col("day")) // steps),
    ).explode("slot")
    covered = (
        cut_into_cells(letters.join(open_days.select(*_DAY, own_min="step_min"), on=_DAY))
        .with_columns(slot=pl.col("cell") * _CELL_MIN // pl.col("own_min"))
        .select(*_DAY, "slot")
    )
    return (
        slots.join(covered, on=[*_DAY, "slot"], how="anti")
        .join(_by_slot(letters, open_days), on=[*_DAY, "step_min", "slot"], how="left")
        .with_columns(
            letter=pl.col("letter").fill_null(NOTHING), start=_start(pl.col("slot") * steps)
        )
        .select(pl.col(name).cast(kind) for name, kind in GAPS.items())
        .sort(*_DAY, "slot")
    )


def usable_values(days: pl.DataFrame, blocks: pl.DataFrame) -> pl.DataFrame:
    """Return the values that estimates may use: no estimate of ours, no outage, nothing doubtful.

    days: schema DAYS, those whose values may be used. blocks: schema BLOCKS. Returns VALUES.
    """
    steps = pl.col("step_min").cast(pl.Int64)
    return (
        blocks.join(days.select(*_DAY, "member_id"), on=_DAY)
        .with_columns(
            letter=pl.col("natures").str.split(""),
            slot=pl.int_ranges(pl.col("power_w").list.len().cast(pl.Int64)),
        )
        .explode("slot", "letter", "power_w", "doubtful")
        .filter(pl.col("letter").is_in(_USABLE), ~pl.col("doubtful"))
        .with_columns(start=_start(pl.col("slot") * steps))
        .select(pl.col(name).cast(kind) for name, kind in VALUES.items())
    )


def _on_the_meters_step(days: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return the days with the meter's own step instead of the settlement's; schema DAYS."""
    point = ["prm", "direction"]
    metered_steps = (
        letters.filter(pl.col("natures").str.contains(_REAL))
        .group_by(_DAY)
        .agg(pl.col("step_min").min())
        .sort("day")
    )
    metered_days = days.drop("step_min").sort("day")
    for strategy in ("backward", "forward"):
        metered_days = metered_days.join_asof(
            metered_steps.rename({"step_min": strategy}),
            on="day",
            by=point,
            strategy=strategy,
            check_sortedness=False,  # polars cannot check it within groups; both are sorted above
        )
    return (
        metered_days.with_columns(step_min=pl.coalesce("backward", "forward"))
        .drop_nulls("step_min")
        .select(DAYS.names())
    )


def _by_slot(letters: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    return (
        letters.join(days, on=[*_DAY, "step_min"], how="semi")
        .with_columns(
            letter=pl.col("natures").str.split(""),
            slot=pl.int_ranges(pl.col("natures").str.len_bytes().cast(pl.Int64)),
        )
        .explode("letter", "slot")
        .select(*_DAY, "step_min", "slot", "letter")
    )


def _start(minutes: pl.Expr) -> pl.Expr:
    return day_start(pl.col("day")) + pl.duration(minutes=minutes)
