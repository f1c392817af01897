"""Shares as tables: by step (the columns of `elocoop allocate`), by day and by month."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import polars as pl

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.allocation.domain.curves import starts_of_day


class Grain(StrEnum):
    STEP = "step"
    DAY = "day"
    MONTH = "month"


class StepShares(NamedTuple):
    """What a producer gave a consumer in each step of a day."""

    producer: Prm
    consumer: Prm
    step_min: int
    energy_wmin: list[int]


class TotalShare(NamedTuple):
    """What a producer gave a consumer over a day or a month."""

    producer: Prm
    consumer: Prm
    energy_wmin: int


SCHEMAS: dict[Grain, dict[str, type[pl.DataType]]] = {
    Grain.STEP: {"start": pl.String, "step_min": pl.Int64},
    Grain.DAY: {"day": pl.String},
    Grain.MONTH: {"month": pl.String},
}
for _columns in SCHEMAS.values():
    _columns.update(producer=pl.String, consumer=pl.String, energy_wmin=pl.Int64)


def step_frame(day: date, shares: Sequence[StepShares]) -> pl.DataFrame:
    """One row per positive share of a day, by start (UTC), producer, consumer."""
    starts = [starts_of_day(day, one.step_min) for one in shares]
    return (
        pl.DataFrame(
            {
                "start": starts,
                "step_min": [one.step_min for one in shares],
                "producer": [one.producer for one in shares],
                "consumer": [one.consumer for one in shares],
                "energy_wmin": [one.energy_wmin for one in shares],
            },
            schema=SCHEMAS[Grain.STEP]
            | {"start": pl.List(pl.Int64), "energy_wmin": pl.List(pl.Int64)},
        )
        .explode("start", "energy_wmin")
        .filter(pl.col("energy_wmin") > 0)
        .sort("start", "producer", "consumer")
        .with_columns(
            pl.from_epoch(pl.col("start") * 60, time_unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        )
    )


def day_frame(day: date, shares: Sequence[TotalShare]) -> pl.DataFrame:
    """One row per positive share, in the order given."""
    return _total_frame(Grain.DAY, day.isoformat(), shares)


def month_frame(month: Month, shares: Sequence[TotalShare]) -> pl.DataFrame:
    """One row per positive share, in the order given."""
    return _total_frame(Grain.MONTH, str(month), shares)


def _total_frame(grain: Grain, period: str, shares: Sequence[TotalShare]) -> pl.DataFrame:
    rows = [(period, *share) for share in shares]
    return pl.DataFrame(rows, schema=SCHEMAS[grain], orient="row")
