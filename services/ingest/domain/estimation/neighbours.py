"""What a plant would have produced, going by the other plants of its operation."""

import polars as pl

from services.ingest.domain.estimation.frames import SLOT, rounded
from services.ingest.domain.readings import MAX_POWER_W

MIN_COMMON_MIN = 24 * 60
"""Two plants are compared over at least so long; less says little of how they relate."""

_PRODUCTION = "production"


def scale_neighbours(gaps: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """Fill gaps of production with the mean of what each neighbour tells.

    A neighbour tells its own power at that step, times the ratio of what both produced over all
    steps that both have a value of. Installed powers are not known here, and would know nothing of
    shade and of the way that panels face.
    gaps: schema GAPS. values: schema VALUES. Returns ESTIMATES but for the method.
    """
    # A person who moved out leaves their plant where it was.
    plants = values.filter(pl.col("direction") == _PRODUCTION)
    wanted = gaps.filter(pl.col("direction") == _PRODUCTION)
    others = plants.select("step_min", "start", neighbour="prm", theirs_w="power_w")
    told = (
        wanted.join(others, on=["step_min", "start"])
        .filter(pl.col("neighbour") != pl.col("prm"))
        .join(_ratios(plants.join(wanted, on="prm", how="semi"), others), on=["prm", "neighbour"])
        # Whole milliwatts: sums of whole numbers are the same in any order, those of others not.
        .with_columns(
            told_mw=(pl.col("theirs_w") * pl.col("ratio"))
            .clip(upper_bound=MAX_POWER_W)
            .mul(1000)
            .round()
            .cast(pl.Int64)
        )
    )
    means = told.group_by(SLOT).agg(
        power_w=rounded(pl.col("told_mw").sum(), pl.len().cast(pl.Int64) * 1000),
        input_prms=pl.col("neighbour").sort(),
    )
    return wanted.join(means, on=SLOT).with_columns(input_days=pl.concat_list("day"))


def _ratios(plants: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """prm, neighbour, ratio f64: how much of the neighbour's energy the plant produces."""
    return (
        plants.join(others, on=["step_min", "start"])
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
