"""Shares as tables: by step (the columns of `elocoop allocate`), by day and by month."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.kernels import IntArray


class Grain(StrEnum):
    STEP = "step"
    DAY = "day"
    MONTH = "month"


class StepShares(NamedTuple):
    """Energy from a producer to a consumer in each step of a day."""

    day: date
    producer: Prm
    consumer: Prm
    step_min: int
    energy_wmin: list[int]


class DayShare(NamedTuple):
    """Energy from a producer to a consumer over a day."""

    day: date
    producer: Prm
    consumer: Prm
    energy_wmin: int


class TotalShare(NamedTuple):
    """Energy from a producer to a consumer over a month, or some days of it."""

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

_OF_BLOCK = {"step_min": pl.Int64, "producer": pl.String, "consumer": pl.String}
_NOTHING = np.empty(0, dtype=np.int64)


def step_frame(shares: Sequence[StepShares]) -> pl.DataFrame:
    """One row per positive share, by start (UTC), producer, consumer."""
    # Much faster than a list in each row that polars explodes.
    lengths = [len(day_shares.energy_wmin) for day_shares in shares]
    starts: list[IntArray] = [
        _starts_of_day(day_shares.day, day_shares.step_min) for day_shares in shares
    ]
    rows = np.repeat(np.arange(len(shares)), lengths)
    pairs = pl.DataFrame(
        {name: [getattr(day_shares, name) for day_shares in shares] for name in _OF_BLOCK},
        schema=_OF_BLOCK,
    )
    return (
        pairs[rows]
        .with_columns(
            start=np.concatenate([_NOTHING, *starts]),
            energy_wmin=np.concatenate(
                [_NOTHING, *(day_shares.energy_wmin for day_shares in shares)]
            ),
        )
        .filter(pl.col("energy_wmin") > 0)
        .sort("start", "producer", "consumer")
        .with_columns(
            pl.from_epoch(pl.col("start") * 60, time_unit="s").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        )
        .select(list(SCHEMAS[Grain.STEP]))
    )


def day_frame(shares: Sequence[DayShare]) -> pl.DataFrame:
    """One row per positive share, in the order given."""
    rows = [(day.isoformat(), *fields) for day, *fields in shares]
    return pl.DataFrame(rows, schema=SCHEMAS[Grain.DAY], orient="row")


def month_frame(month: Month, shares: Sequence[TotalShare]) -> pl.DataFrame:
    """One row per positive share, in the order given."""
    rows = [(str(month), *share) for share in shares]
    return pl.DataFrame(rows, schema=SCHEMAS[Grain.MONTH], orient="row")


@lru_cache(maxsize=64)
def _starts_of_day(day: date, step_min: int) -> IntArray:
    """Cached, because each pair of a day asks for the same starts."""
    return starts_of_day(day, step_min)
