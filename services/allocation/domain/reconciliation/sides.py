"""Our side of a day or month and the DSO's, laid out beside each other on one grid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from libs.common.ids import Direction, Prm, Quantity
from services.allocation.domain.curves import BoolArray
from services.allocation.domain.dso_results import QUANTITIES, DsoCurve
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.perimeter import Participant


class Series(NamedTuple):
    """One quantity of a point on one side of the operation."""

    prm: Prm
    direction: Direction
    quantity: Quantity

    @property
    def participant(self) -> Participant:
        return Participant(self.prm, self.direction)

    @property
    def is_metered(self) -> bool:
        """Whether a meter says it; the rest is a split of it."""
        return self.quantity == QUANTITIES[self.direction][0]


class Energies(NamedTuple):
    """Watt-minutes per step, and which are missing (they are then 0); [step] or [series, step]."""

    step_min: int
    energy_wmin: IntArray
    missing: BoolArray


def three_of_point(
    who: Participant, metered: Energies, shared_wmin: IntArray | None
) -> Iterator[tuple[Series, Energies]]:
    """What a point metered, what of it was shared (None: unknown), what is left."""
    metered_name, shared_name, rest_name = QUANTITIES[who.direction]
    step_min, energy_wmin, missing = metered
    known = np.full(missing.shape, shared_wmin is not None)
    shared = np.zeros_like(energy_wmin) if shared_wmin is None else shared_wmin
    rest = np.where(known & ~missing, energy_wmin - shared, 0)
    yield Series(*who, metered_name), metered
    yield Series(*who, shared_name), Energies(step_min, shared, ~known)
    yield Series(*who, rest_name), Energies(step_min, rest, ~known | missing)


def dso_energies(curves: Sequence[DsoCurve]) -> dict[Series, Energies]:
    energies = {}
    for curve in curves:
        values = np.array(curve.energy_wmin, dtype=np.float64)  # exact up to 2⁵³; None is NaN
        missing: BoolArray = np.isnan(values)
        series = Series(curve.prm, curve.direction, curve.quantity)
        whole = np.where(missing, 0, values).astype(np.int64)
        energies[series] = Energies(curve.step_min, whole, missing)
    return energies


def gathered(
    energies: Mapping[Series, Energies], series: Sequence[Series], step_min: int, steps: int
) -> Energies:
    """The series in this order, added up to a coarser (or equal) step; all missing if not there.

    A sum of which a part is missing is missing.
    """
    result = Energies(
        step_min,
        np.zeros((len(series), steps), dtype=np.int64),
        np.ones((len(series), steps), dtype=np.bool_),
    )
    rows_by_step: dict[int, list[int]] = {}
    for row, name in enumerate(series):
        if name in energies:
            rows_by_step.setdefault(energies[name].step_min, []).append(row)
    for own_step_min, rows in rows_by_step.items():
        groups = (len(rows), steps, step_min // own_step_min)
        energy = np.stack([energies[series[row]].energy_wmin for row in rows]).reshape(groups)
        missing = np.stack([energies[series[row]].missing for row in rows]).reshape(groups)
        result.missing[rows] = missing.any(axis=2)
        result.energy_wmin[rows] = np.where(result.missing[rows], 0, energy.sum(axis=2))
    return result


@dataclass(frozen=True, eq=False)
class Table:
    """Both sides of the same series on the same steps: arrays are [series, step].

    here, there: [series], whether the point is known to us and to the DSO in these days.
    tolerance_wmin: [series], how much is rounding. A month as a whole is a table with one step.
    """

    series: Sequence[Series]
    own: Energies
    dso: Energies
    here: BoolArray
    there: BoolArray
    tolerance_wmin: IntArray

    @cached_property
    def difference_wmin(self) -> IntArray:
        """The DSO's less ours; what is missing counts as 0."""
        return self.dso.energy_wmin - self.own.energy_wmin

    @cached_property
    def one_sided(self) -> BoolArray:
        """Per series."""
        one: BoolArray = self.here != self.there
        return one

    @cached_property
    def one_missing(self) -> BoolArray:
        one: BoolArray = self.own.missing ^ self.dso.missing
        return one

    @cached_property
    def differs(self) -> BoolArray:
        """Where both are missing there is nothing to compare."""
        differs: BoolArray = (
            self.one_sided[:, None] | self.one_missing | (self.difference_wmin != 0)
        )
        return differs

    @cached_property
    def beyond(self) -> BoolArray:
        """Both are there, and differ by more than rounding."""
        large = np.abs(self.difference_wmin) > self.tolerance_wmin[:, None]
        return large & ~self.own.missing & ~self.dso.missing

    @cached_property
    def metered(self) -> BoolArray:
        """[series], those that a meter says, of points that both sides know."""
        marks = [one.is_metered for one in self.series]
        return np.array(marks, dtype=np.bool_) & ~self.one_sided

    def shared_of(self, direction: Direction) -> BoolArray:
        """[series], the split of one side, of points that both sides know."""
        marks = [one.direction == direction and not one.is_metered for one in self.series]
        return np.array(marks, dtype=np.bool_) & ~self.one_sided


def series_to_compare(
    own: Mapping[Series, object], dso: Mapping[Series, object]
) -> tuple[list[Series], BoolArray, BoolArray]:
    """In prm order, with which points are known here and there ([series]).

    A quantity that the DSO does not give for a point that it knows is not compared; for a point
    that it does not know, those that it gives for others of that direction are.
    """
    here = {one.participant for one in own}
    there = {one.participant for one in dso}
    told = {(one.direction, one.quantity) for one in dso}
    wanted = set(dso)
    wanted |= {
        one for one in own if one.participant not in there and (one.direction, one.quantity) in told
    }
    series = sorted(wanted)
    return (
        series,
        np.array([one.participant in here for one in series], dtype=np.bool_),
        np.array([one.participant in there for one in series], dtype=np.bool_),
    )
