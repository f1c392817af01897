"""The linear programme of a search for static shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from services.allocation.domain.simulation.problems import SearchHopeless
from services.allocation.domain.simulation.search.concave import FloatArray, Pieces

_LONGEST_S = 40.0
"""Nothing can stop the solver sooner."""


@dataclass(frozen=True, eq=False)
class Solved:
    """[consumer] each: the share of the pool, and the energy that the programme takes of it."""

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

    pieces: Sequence[Pieces]
    worth: Sequence[float]
    consumption_wmin: Sequence[int]
    coverage_ratio: float
    least_share: float
    most_share: float

    def solve(self) -> Solved:
        """Raises SearchHopeless when nothing fits the bounds, or when it takes too long."""
        # scipy takes a second to load: only for who asks for a search.
        from scipy import optimize  # noqa: PLC0415

        upper, limits = self._bounds()
        energy_of = self._by_consumer(self._slope)
        total = energy_of.sum(axis=0).A1
        total[-1] = -1.0
        found = optimize.linprog(
            -np.append(np.array(self.worth)[self._consumer] * self._slope, 0.0),
            A_ub=upper,
            b_ub=limits,
            A_eq=total[None],
            b_eq=[0.0],
            bounds=np.column_stack([np.zeros(len(total)), np.append(self._width, 1.0)]),
            method="highs",
            # Presolving finds nothing to remove and takes ten times as long as solving.
            options={"time_limit": _LONGEST_S, "presolve": False},
        )
        if not found.success:
            raise SearchHopeless(f"The search found no key within its bounds: {found.message}")
        share_of = self._by_consumer(np.ones(len(self._width)))
        return Solved(
            share=(share_of @ found.x).tolist(),
            energy_wmin=(energy_of @ found.x * self._unit_wmin).tolist(),
        )

    def _bounds(self) -> tuple[Any, FloatArray]:
        """A sparse matrix and a limit for each of its rows: rows · (x, s) ≤ limit."""
        from scipy import sparse  # noqa: PLC0415

        count = len(self.pieces)
        share_of = self._by_consumer(np.ones(len(self._width)))
        rows: list[Any] = [sparse.csr_matrix(share_of.sum(axis=0))]
        limits = [np.ones(1)]
        # A row that says nothing costs the solver time.
        if self.most_share < 1:
            rows.append(share_of)
            limits.append(np.full(count, self.most_share))
        if self.least_share > 0:
            rows.append(-share_of)
            limits.append(np.full(count, -self.least_share))
            least_wmin = [one.energy_of(self.least_share) for one in self.pieces]
            rows.append(-self._by_consumer(self._slope))
            limits.append(-np.array(least_wmin) / self._unit_wmin)
        if self.coverage_ratio > 0:
            coverable = [row for row, one in enumerate(self.pieces) if one.reach_wmin > 0]
            rows.append((self._floors() - self._by_consumer(self._slope))[coverable])
            limits.append(np.zeros(len(coverable)))
        return sparse.vstack(rows), np.concatenate(limits)

    def _floors(self) -> Any:  # noqa: ANN401 - scipy publishes no types
        """What coverage_ratio asks for each consumer, per unit of s: in the last column."""
        from scipy import sparse  # noqa: PLC0415

        count = len(self.pieces)
        floor = self.coverage_ratio * np.array(self.consumption_wmin) / self._unit_wmin
        places = (np.arange(count), np.full(count, len(self._width)))
        return sparse.csr_matrix((floor, places), shape=(count, len(self._width) + 1))

    def _by_consumer(self, values: FloatArray) -> Any:  # noqa: ANN401 - scipy publishes no types
        """One row per consumer, with the values of its pieces; the last column, s, is empty."""
        from scipy import sparse  # noqa: PLC0415

        places = (self._consumer, np.arange(len(values)))
        return sparse.csr_matrix((values, places), shape=(len(self.pieces), len(values) + 1))

    @cached_property
    def _consumer(self) -> Any:  # noqa: ANN401 - an array of row numbers
        return np.repeat(np.arange(len(self.pieces)), [len(one.width) for one in self.pieces])

    @cached_property
    def _width(self) -> FloatArray:
        return np.concatenate([one.width for one in self.pieces])

    @cached_property
    def _slope(self) -> FloatArray:
        return np.concatenate([one.slope_wmin for one in self.pieces]) / self._unit_wmin

    @property
    def _unit_wmin(self) -> float:
        """The whole consumption: in that unit all numbers of the programme are near 1."""
        return float(sum(self.consumption_wmin))
