"""Shares for every step, as in a coefficient file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from libs.common.ids import PRM_PATTERN, Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.fractions import DECIMALS, ONE
from services.allocation.domain.keys.problems import (
    CoefficientStepUnfit,
    KeyIncomplete,
    KeyInvalid,
    KeyMalformed,
)
from services.allocation.domain.metered import Metered

POOL = Prm("")
"""Stands for the producer where shares are of the pooled production."""


@dataclass(frozen=True, eq=False)
class Coefficients:
    """Exact shares by step; a share that is absent is 0.

    starts_epoch_min: [step], sorted; share_billionths: [producer, consumer, step]; ``producers``
    is one empty prm when shares are of the pool.
    """

    starts_epoch_min: IntArray
    producers: tuple[Prm, ...]
    consumers: tuple[Prm, ...]
    share_billionths: IntArray

    def of_couples(self, metered: Metered) -> IntArray:
        """Shares for the steps and points of ``metered``: [producer, consumer, step].

        Raises KeyIncomplete, see ``check_complete``.
        """
        return self._aligned(metered, metered.producers)

    def of_pool(self, metered: Metered) -> IntArray:
        """Shares of the pool for the steps and points of ``metered``: [consumer, step].

        Raises KeyIncomplete, see ``check_complete``.
        """
        pool_shares: IntArray = self._aligned(metered, (POOL,))[0]
        return pool_shares

    def check_complete(self, metered: Metered) -> None:
        """Raises KeyIncomplete when a step has production and no coefficient."""
        steps_without = metered.starts_epoch_min[~self._given(metered) & (metered.pool_wmin > 0)]
        if steps_without.size:
            raise KeyIncomplete(
                f"Steps with production but no coefficient: {len(steps_without)}, "
                f"the first at {_instant(int(steps_without[0]))}.",
                steps=len(steps_without),
            )

    def check_not_finer(self, starts_epoch_min: IntArray, step_min: IntArray) -> None:
        """Raise CoefficientStepUnfit when a coefficient begins within a step: it would not count.

        starts_epoch_min, step_min: the start, in order, and the length of each step of energy,
        [step] each.
        """
        coefficient_starts = self.starts_epoch_min
        step = np.searchsorted(starts_epoch_min, coefficient_starts, side="right") - 1
        minutes_into_step = coefficient_starts - starts_epoch_min[np.maximum(step, 0)]
        (indexes_within,) = np.nonzero(
            (step >= 0) & (minutes_into_step > 0) & (minutes_into_step < step_min[step])
        )
        if indexes_within.size:
            first = indexes_within[0]
            raise CoefficientStepUnfit(
                f"Instants of coefficients within a step of energies: {len(indexes_within)}, the "
                f"first at {_instant(int(coefficient_starts[first]))}, in a step of "
                f"{step_min[step[first]]} minutes. Share energies in finer steps, or give one "
                "coefficient for each step."
            )

    def _given(self, metered: Metered) -> NDArray[np.bool_]:
        starts = metered.starts_epoch_min
        assert len(starts) == len(metered.pool_wmin), "shares by step need the starts of the steps"
        return np.isin(starts, self.starts_epoch_min)

    def _aligned(self, metered: Metered, producers: Sequence[Prm]) -> IntArray:
        self.check_complete(metered)
        starts, is_given = metered.starts_epoch_min, self._given(metered)
        aligned = np.zeros((len(producers), len(metered.consumers), len(starts)), dtype=np.int64)
        steps = np.searchsorted(self.starts_epoch_min, starts[is_given])
        own_rows = {producer: row for row, producer in enumerate(self.producers)}
        own_columns = {consumer: column for column, consumer in enumerate(self.consumers)}
        for row, producer in enumerate(producers):
            for column, consumer in enumerate(metered.consumers):
                if producer in own_rows and consumer in own_columns:
                    couple = own_rows[producer], own_columns[consumer]
                    aligned[row, column, is_given] = self.share_billionths[couple][steps]
        return aligned


NO_COEFFICIENTS = Coefficients(
    np.empty(0, dtype=np.int64), (), (), np.empty((0, 0, 0), dtype=np.int64)
)
"""The coefficients of a key whose file is still to come: none for any step."""


def digest(share_billionths: IntArray) -> str:
    return hashlib.sha256(share_billionths.astype("<i8").tobytes()).hexdigest()


def read_coefficients(rows: pl.DataFrame, *, by_producer: bool) -> Coefficients:
    """Check and index a coefficient file.

    rows: one row per (start, [producer,] consumer), all text — start ``2026-10-25T00:30:00Z``,
    producer and consumer 14 digits, share decimal with at most nine decimals.
    Raises KeyMalformed, or KeyInvalid when a couple is given twice or shares exceed 1 in a step.
    """
    columns = ["start", *(["producer"] if by_producer else []), "consumer", "share"]
    if rows.columns != columns:
        raise KeyMalformed(f"A coefficient file has the columns {','.join(columns)}.")
    if rows.is_empty():
        raise KeyMalformed("The coefficient file has no row.")
    parsed_rows = _read_rows(rows if by_producer else rows.with_columns(producer=pl.lit(POOL)))
    coefficients = _indexed(parsed_rows)
    _check_totals(coefficients)
    return coefficients


def _read_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Return columns start (minutes since 1970), producer, consumer, share (billionths)."""
    digits = pl.col("share").str.extract_groups(rf"^(\d)(?:\.(\d{{1,{DECIMALS}}}))?$")
    fraction = digits.struct[1].fill_null("").str.pad_end(DECIMALS, "0")
    prms_fit = pl.col("consumer").str.contains(PRM_PATTERN) & (
        (pl.col("producer") == POOL) | pl.col("producer").str.contains(PRM_PATTERN)
    )
    start = pl.col("start").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", strict=False)
    parsed_rows = rows.select(
        (start.dt.epoch("s") // 60).alias("start"),
        pl.when(prms_fit).then("producer").alias("producer"),
        pl.when(prms_fit).then("consumer").alias("consumer"),
        (digits.struct[0] + fraction).str.to_integer(strict=False).alias("share"),
    )
    unreadable = parsed_rows.select(pl.any_horizontal(pl.all().is_null()).arg_true()).to_series()
    if len(unreadable):
        raise KeyMalformed(
            f"Coefficient {unreadable[0] + 1} cannot be read: {rows.row(unreadable[0])}."
        )
    duplicates = parsed_rows.select(pl.exclude("share")).is_duplicated().arg_true()
    if len(duplicates):
        raise KeyInvalid(
            f"Coefficient {duplicates[0] + 1} is given twice: {rows.row(duplicates[0])}."
        )
    return parsed_rows


def _indexed(parsed_rows: pl.DataFrame) -> Coefficients:
    starts, step = np.unique(parsed_rows["start"].to_numpy(), return_inverse=True)
    producers, producer = np.unique(parsed_rows["producer"].to_numpy(), return_inverse=True)
    consumers, consumer = np.unique(parsed_rows["consumer"].to_numpy(), return_inverse=True)
    shares = np.zeros((len(producers), len(consumers), len(starts)), dtype=np.int64)
    shares[producer, consumer, step] = parsed_rows["share"].to_numpy()
    return Coefficients(
        starts_epoch_min=starts,
        producers=tuple(Prm(str(prm)) for prm in producers),
        consumers=tuple(Prm(str(prm)) for prm in consumers),
        share_billionths=shares,
    )


def _check_totals(coefficients: Coefficients) -> None:
    is_above = (coefficients.share_billionths.sum(axis=1) > ONE).any(axis=0)
    if is_above.any():
        first_start = _instant(int(coefficients.starts_epoch_min[is_above][0]))
        raise KeyInvalid(
            f"In {is_above.sum()} steps, the first at {first_start}, shares add up to over 1."
        )


def _instant(epoch_min: int) -> str:
    return datetime.fromtimestamp(epoch_min * 60, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
