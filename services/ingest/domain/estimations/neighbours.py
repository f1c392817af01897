"""Estimates of a plant's production from the other plants of its operation."""

import polars as pl

from services.ingest.domain.estimations.frames import SLOT, rounded
from services.ingest.domain.readings.readings import MAX_POWER_W

MIN_COMMON_MIN = 24 * 60
"""How much time two plants must have in common: less says little about how they relate."""

_PRODUCTION = "production"


def scale_neighbours(gaps: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Fill gaps of production with the mean of what each neighbour suggests.

    A neighbour suggests its own power at that step, times the ratio of what both produced over all
    steps for which both have a value. Installed powers are not known here, and would say nothing
    about shade and orientation.
    gaps: schema GAPS. values: schema VALUES. Returns ESTIMATES without the method.
    """
    # By plant, not by person: when people move out, their plant stays where it was.
    plants = values.filter(pl.col("direction") == _PRODUCTION)
    production_gaps = gaps.filter(pl.col("direction") == _PRODUCTION)
    neighbours = plants.select("step_min", "start", neighbour="prm", theirs_w="power_w")
    suggestions = (
        production_gaps.join(neighbours, on=["step_min", "start"])
        .filter(pl.col("neighbour") != pl.col("prm"))
        .join(
            _ratios(plants.join(production_gaps, on="prm", how="semi"), neighbours),
            on=["prm", "neighbour"],
        )
        # Whole milliwatts: a sum of whole numbers does not depend on their order, as one of floats
        # does.
        .with_columns(
            suggested_mw=(pl.col("theirs_w") * pl.col("ratio"))
            .clip(upper_bound=MAX_POWER_W)
            .mul(1000)
            .round()
            .cast(pl.Int64)
        )
    )
    means = suggestions.group_by(SLOT).agg(
        power_w=rounded(pl.col("suggested_mw").sum(), pl.len().cast(pl.Int64) * 1000),
        input_prms=pl.col("neighbour").sort(),
    )
    return production_gaps.join(means, on=SLOT).with_columns(input_days=pl.concat_list("day"))


def _ratios(plants: pl.DataFrame, neighbours: pl.DataFrame) -> pl.DataFrame:
    """Return prm, neighbour, ratio f64: the plant's production divided by the neighbour's."""
    return (
        plants.join(neighbours, on=["step_min", "start"])
        .filter(pl.col("neighbour") != pl.col("prm"))
        .group_by("prm", "neighbour")
        .agg(
            ours_wmin=(pl.col("power_w") * pl.col("step_min")).sum(),
            theirs_wmin=(pl.col("theirs_w") * pl.col("step_min")).sum(),
            common_min=pl.col("step_min").sum(),
        )
        .filter(pl.col("common_min") >= MIN_COMMON_MIN, pl.col("theirs_wmin") > 0)
        .select("prm", "neighbour", ratio=pl.col("ours_wmin") / pl.col("theirs_wmin"))
    )
