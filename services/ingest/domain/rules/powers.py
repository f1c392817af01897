"""Rules about how great a power is: above the point's power, or far above its neighbours."""

from collections.abc import Mapping

import polars as pl

from services.ingest.domain.rules.rule import Days, Parameter, Rule, RuleAction


def _is_above_power(days: Days, parameters: Mapping[str, float]) -> pl.Series:
    factor = 1 + parameters["tolerance_percent"] / 100
    return (days.steps["power_w"] > days.of_block("limit_w") * factor).fill_null(value=False)


def _is_spike(days: Days, parameters: Mapping[str, float]) -> pl.Series:
    block, power_w = pl.col("block"), pl.col("power_w")
    power_before, power_after = (
        pl.when(block == block.shift(by)).then(power_w.shift(by)) for by in (1, -1)
    )
    usual_w = pl.max_horizontal(power_before, power_after)
    is_far_above = (power_w >= parameters["least_w"]) & (power_w > usual_w * parameters["factor"])
    return days.steps.select(is_far_above.fill_null(value=False)).to_series()


ABOVE_POWER = Rule(
    code="above-power",
    title="The value is above the power of the point",
    text="Consumption above the subscribed power, or production above the installed power, as the "
    "community records them for the point. A point without one is not looked at. A volt-ampere "
    "counts as a watt: real power is never above it.",
    action=RuleAction.FLAG,
    find=_is_above_power,
    parameters=(
        Parameter(
            "tolerance_percent", 20, 0, 1000, "how far above it a value may be; panels in cold, "
            "bright air give more than their nominal power",
        ),
    ),
)  # fmt: skip
SPIKE = Rule(
    code="spike",
    title="The value is far above those before and after it",
    text="At least `least_w`, and more than `factor` times the greater of its two neighbours in "
    "the local day; what has no neighbour is not looked at. A water heater is no spike: the "
    "default of `least_w` is more than any small consumer can draw, and finds values in a wrong "
    "unit.",
    action=RuleAction.FLAG,
    find=_is_spike,
    parameters=(
        Parameter("factor", 10, 1, 100_000, "how many times its neighbours"),
        Parameter("least_w", 36_000, 0, 1_000_000_000, "smaller values are no spikes, W"),
    ),
)
