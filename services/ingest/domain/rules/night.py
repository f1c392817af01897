"""A rule about panels that work in the dark."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from libs.common.ids import Direction
from services.ingest.domain.readings.local_days import day_start
from services.ingest.domain.rules.rule import Days, Parameter, Rule, RuleAction
from services.ingest.domain.rules.sun import elevation_deg

_MINUTE_US = 60_000_000


def _is_at_night(days: Days, parameters: Mapping[str, float]) -> pl.Series:
    is_production = days.blocks["direction"] == Direction.PRODUCTION.value
    if not is_production.any():
        return days.nothing()
    works = days.steps["power_w"] > parameters["least_w"]
    works &= is_production.gather(days.steps["block"])
    rows = works.fill_null(value=False).arg_true()
    steps = days.steps[rows]
    blocks = days.blocks.select(day_us=day_start(pl.col("day")).dt.epoch("us"), step="step_min")
    blocks = blocks[steps["block"]]
    step_us = blocks["step"].cast(pl.Int64) * _MINUTE_US
    start_us = blocks["day_us"] + steps["slot"].cast(pl.Int64) * step_us
    is_dark = _is_dark(start_us, parameters) & _is_dark(start_us + step_us, parameters)
    return days.nothing().scatter(rows, is_dark)


def _is_dark(instants_us: pl.Series, parameters: Mapping[str, float]) -> pl.Series:
    # Plants share their instants: a day of 1,000 plants has 48 of them.
    distinct, places = np.unique(instants_us.to_numpy(), return_inverse=True)
    height_deg = elevation_deg(
        distinct,
        latitude_deg=parameters["latitude_deg"],
        longitude_deg=parameters["longitude_deg"],
    )
    return pl.Series((height_deg < parameters["elevation_deg"])[places])


PRODUCTION_AT_NIGHT = Rule(
    code="production-at-night",
    title="The point produces while the sun is down",
    text="More than `least_w` over a step at whose start and end the sun is below `elevation_deg` "
    "at the operation's place. The default place is the middle of France, and the default "
    "elevation is low enough for all of it. Shifted stamps and swapped directions show up here. "
    "Except the points of hydro power, wind and storage (`except_prms`).",
    action=RuleAction.FLAG,
    find=_is_at_night,
    parameters=(
        Parameter("least_w", 0, 0, 1_000_000_000, "a smaller production is none, W"),
        Parameter("latitude_deg", 46.6, -90, 90, "of the operation, degrees north"),
        Parameter("longitude_deg", 2.4, -180, 180, "of the operation, degrees east"),
        Parameter(
            "elevation_deg", -6, -18, 0, "the sun is down below that; -6 is the end of civil "
            "twilight, 0 the horizon",
        ),
    ),
)  # fmt: skip
