"""A rule about meters that repeat themselves."""

from collections.abc import Mapping

import polars as pl

from services.ingest.domain.rules.rule import Days, Parameter, Rule, RuleAction


def _is_frozen(days: Days, parameters: Mapping[str, float]) -> pl.Series:
    same_block = pl.col("block") == pl.col("block").shift(1)
    same_value = pl.col("power_w").eq_missing(pl.col("power_w").shift(1))
    begins = ~(same_block & same_value).fill_null(value=False)
    run = days.steps.select(begins.cast(pl.UInt32).cum_sum() - 1).to_series()
    if run.is_empty():
        return days.nothing()
    lengths = run.rle().struct.field("len").gather(run)
    is_long = lengths * days.of_block("step_min") >= parameters["hours"] * 60
    return is_long & (days.steps["power_w"] > 0).fill_null(value=False)


FROZEN = Rule(
    code="frozen",
    title="The value has not changed for hours",
    text="The same value, not zero, over at least `hours` of one local day: the last thing that a "
    "meter said before it stopped, or a filled-in constant. A run over midnight counts by day.",
    action=RuleAction.FLAG,
    find=_is_frozen,
    parameters=(Parameter("hours", 6, 1, 25, "how long a value may stay the same"),),
)
