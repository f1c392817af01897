"""The linear programme of a search for static shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from numpy.typing import NDArray

from services.allocation.domain.simulations.problems import SearchHopeless
from services.allocation.domain.simulations.search.concave import FloatArray, LinearPieces

_LONGEST_S = 40.0
"""The solver cannot be stopped any sooner."""


@dataclass(frozen=True, eq=False)
class Solved:
    """[consumer] each: the share of the pool, and the energy that the programme takes from it."""

    share: list[float]
    energy_wmin: list[float]


@dataclass(frozen=True, eq=False)
class Programme:
    """Choose how much is taken of each piece; sequences are by consumer.

    Variables: x of each piece, from 0 to its width, and s, the operation's coverage. Maximise
    Σ worth·slope·x, such that Σ x ≤ 1; least_share ≤ Σ x of a consumer ≤ most_share;
    s·ΣC = Σ slope·x; and Σ slope·x of a consumer ≥ coverage_ratio·s·C, if it can be covered at all.
    Slopes fall, so that the pieces of a consumer are taken in order by themselves; or, to keep s
    low, poor ones before rich ones, which a smaller share makes true. No share is smaller than
    least_share, so that whoever has it also has the energy that goes with it: Σ slope·x ≥ f(least).
    """

    pieces: Sequence[LinearPieces]
    worth: Sequence[float]
    consumption_wmin: Sequence[int]
    coverage_ratio: float
    least_share: float
    most_share: float

    def solve(self) -> Solved:
        """Raise SearchHopeless when nothing fits the bounds, or when it takes too long."""
        highs = highspy.Highs()
        highs.silent()
        highs.setOptionValue("time_limit", _LONGEST_S)
        # Presolving finds nothing to remove and takes ten times as long as solving.
        highs.setOptionValue("presolve", "off")
        self._add_variables(highs)
        self._add_bounds(highs)
        highs.run()
        status = highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise SearchHopeless(
                "The search found no key within its bounds. The solver says:"
                f" {highs.modelStatusToString(status)}."
            )
        widths_taken = np.array(highs.getSolution().col_value)[:-1]
        return Solved(
            share=self._by_consumer(widths_taken).tolist(),
            energy_wmin=(self._by_consumer(self._slope * widths_taken) * self._unit_wmin).tolist(),
        )

    def _add_variables(self, highs: highspy.Highs) -> None:
        """Add x of each piece, then s."""
        most = np.append(self._width, 1.0)
        worth = np.append(np.array(self.worth)[self._consumer] * self._slope, 0.0)
        highs.addVars(len(most), np.zeros(len(most)), most)
        highs.changeColsCost(len(worth), np.arange(len(worth), dtype=np.int32), -worth)

    def _add_bounds(self, highs: highspy.Highs) -> None:
        count = len(self.pieces)
        shares = self._rows(np.ones(len(self._width)))
        energies = self._rows(self._slope)
        everything = np.arange(len(self._width) + 1)
        _add_rows(highs, [_Row(everything[:-1], np.ones(len(self._width)))], most=[1.0])
        # A row that constrains nothing costs the solver time.
        if self.most_share < 1:
            _add_rows(highs, shares, most=[self.most_share] * count)
        if self.least_share > 0:
            _add_rows(highs, shares, least=[self.least_share] * count)
            least_wmin = [
                consumer_pieces.energy_of(self.least_share) for consumer_pieces in self.pieces
            ]
            _add_rows(highs, energies, least=np.array(least_wmin) / self._unit_wmin)
        if self.coverage_ratio > 0:
            above = [
                row.and_also(
                    everything[-1], -self.coverage_ratio * consumption_wmin / self._unit_wmin
                )
                for row, consumer_pieces, consumption_wmin in zip(
                    energies, self.pieces, self.consumption_wmin, strict=True
                )
                if consumer_pieces.reach_wmin > 0
            ]
            _add_rows(highs, above, least=[0.0] * len(above))
        coverage = _Row(everything, np.append(self._slope, -1.0))
        _add_rows(highs, [coverage], least=[0.0], most=[0.0])

    def _rows(self, values: FloatArray) -> list["_Row"]:
        """Return one row per consumer, with the values of its pieces."""
        ends = np.cumsum([len(consumer_pieces.width) for consumer_pieces in self.pieces])[:-1]
        columns = np.split(np.arange(len(values)), ends)
        return [
            _Row(*columns_and_values)
            for columns_and_values in zip(columns, np.split(values, ends), strict=True)
        ]

    def _by_consumer(self, values: FloatArray) -> FloatArray:
        """Return the sums of the pieces of each consumer."""
        sums = np.bincount(self._consumer, weights=values, minlength=len(self.pieces))
        return sums.astype(np.float64, copy=False)

    @cached_property
    def _consumer(self) -> NDArray[np.int64]:
        """[piece], the row of its consumer, in order; each consumer has at least one piece."""
        return np.repeat(
            np.arange(len(self.pieces)),
            [len(consumer_pieces.width) for consumer_pieces in self.pieces],
        )

    @cached_property
    def _width(self) -> FloatArray:
        return np.concatenate([consumer_pieces.width for consumer_pieces in self.pieces])

    @cached_property
    def _slope(self) -> FloatArray:
        return (
            np.concatenate([consumer_pieces.slope_wmin for consumer_pieces in self.pieces])
            / self._unit_wmin
        )

    @property
    def _unit_wmin(self) -> float:
        """The whole consumption: in that unit all numbers of the programme are near 1."""
        return float(sum(self.consumption_wmin))


@dataclass(frozen=True, eq=False)
class _Row:
    """The terms of a bound: values times the variables in those columns."""

    columns: NDArray[np.int64]
    values: FloatArray

    def and_also(self, column: int, value: float) -> "_Row":
        return _Row(np.append(self.columns, column), np.append(self.values, value))


def _add_rows(
    highs: highspy.Highs,
    rows: Sequence[_Row],
    *,
    least: Sequence[float] | FloatArray | None = None,
    most: Sequence[float] | FloatArray | None = None,
) -> None:
    """Bound each row from below, from above, or both."""
    lengths = [len(row.columns) for row in rows]
    highs.addRows(
        len(rows),
        np.full(len(rows), -highspy.kHighsInf) if least is None else np.array(least),
        np.full(len(rows), highspy.kHighsInf) if most is None else np.array(most),
        sum(lengths),
        (np.cumsum(lengths) - lengths).astype(np.int32),
        np.concatenate([row.columns for row in rows]).astype(np.int32),
        np.concatenate([row.values for row in rows]),
    )
