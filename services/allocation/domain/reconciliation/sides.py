"""Our side of a day or month and the DSO's, side by side on one grid."""

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


class QuantitySeries(NamedTuple):
    """One quantity of a point on one side of the operation."""

    prm: Prm
    direction: Direction
    quantity: Quantity

    @property
    def participant(self) -> Participant:
        return Participant(self.prm, self.direction)

    @property
    def is_metered(self) -> bool:
        """Whether a meter measures it; the other quantities are a split of it."""
        return self.quantity == QUANTITIES[self.direction][0]


class SideEnergies(NamedTuple):
    """Watt-minutes per step, and which are missing (they are then 0); [step] or [series, step]."""

    step_min: int
    energy_wmin: IntArray
    missing: BoolArray


def three_of_point(
    participant: Participant, metered: SideEnergies, shared_wmin: IntArray | None
) -> Iterator[tuple[QuantitySeries, SideEnergies]]:
    """Yield a point's metered energy, its shared part (None: unknown) and the rest."""
    metered_name, shared_name, rest_name = QUANTITIES[participant.direction]
    step_min, energy_wmin, missing = metered
    is_known = np.full(missing.shape, shared_wmin is not None)
    shared = np.zeros_like(energy_wmin) if shared_wmin is None else shared_wmin
    rest = np.where(is_known & ~missing, energy_wmin - shared, 0)
    yield QuantitySeries(*participant, metered_name), metered
    yield QuantitySeries(*participant, shared_name), SideEnergies(step_min, shared, ~is_known)
    yield QuantitySeries(*participant, rest_name), SideEnergies(step_min, rest, ~is_known | missing)


def dso_energies(curves: Sequence[DsoCurve]) -> dict[QuantitySeries, SideEnergies]:
    energies = {}
    for curve in curves:
        values = np.array(curve.energy_wmin, dtype=np.float64)  # exact up to 2⁵³; None is NaN
        missing: BoolArray = np.isnan(values)
        series = QuantitySeries(curve.prm, curve.direction, curve.quantity)
        energy_wmin = np.where(missing, 0, values).astype(np.int64)
        energies[series] = SideEnergies(curve.step_min, energy_wmin, missing)
    return energies


def gathered(
    energies: Mapping[QuantitySeries, SideEnergies],
    series: Sequence[QuantitySeries],
    step_min: int,
    steps: int,
) -> SideEnergies:
    """Return the series in this order, summed to a coarser (or equal) step; missing if absent.

    A sum with a missing part is missing.
    """
    result = SideEnergies(
        step_min,
        np.zeros((len(series), steps), dtype=np.int64),
        np.ones((len(series), steps), dtype=np.bool_),
    )
    rows_by_step: dict[int, list[int]] = {}
    for row, name in enumerate(series):
        if name in energies:
            rows_by_step.setdefault(energies[name].step_min, []).append(row)
    for series_step_min, rows in rows_by_step.items():
        groups = (len(rows), steps, step_min // series_step_min)
        energy = np.stack([energies[series[row]].energy_wmin for row in rows]).reshape(groups)
        missing = np.stack([energies[series[row]].missing for row in rows]).reshape(groups)
        result.missing[rows] = missing.any(axis=2)
        result.energy_wmin[rows] = np.where(result.missing[rows], 0, energy.sum(axis=2))
    return result


@dataclass(frozen=True, eq=False)
class SideTable:
    """Both sides of the same series on the same steps: arrays are [series, step].

    here, there: [series], whether the point is known to us and to the DSO in these days.
    tolerance_wmin: [series], the largest rounding difference. A whole month is a table with one
    step.
    """

    series: Sequence[QuantitySeries]
    platform: SideEnergies
    dso: SideEnergies
    here: BoolArray
    there: BoolArray
    tolerance_wmin: IntArray

    @cached_property
    def difference_wmin(self) -> IntArray:
        """The DSO's energy minus ours; a missing one counts as 0."""
        return self.dso.energy_wmin - self.platform.energy_wmin

    @cached_property
    def one_sided(self) -> BoolArray:
        """Per series."""
        is_one_sided: BoolArray = self.here != self.there
        return is_one_sided

    @cached_property
    def one_missing(self) -> BoolArray:
        is_one_missing: BoolArray = self.platform.missing ^ self.dso.missing
        return is_one_missing

    @cached_property
    def differs(self) -> BoolArray:
        """Cells that differ; cells that both sides lack are not compared."""
        is_different: BoolArray = (
            self.one_sided[:, None] | self.one_missing | (self.difference_wmin != 0)
        )
        return is_different

    @cached_property
    def beyond(self) -> BoolArray:
        """Cells that both sides have, and that differ by more than rounding."""
        is_large = np.abs(self.difference_wmin) > self.tolerance_wmin[:, None]
        return is_large & ~self.platform.missing & ~self.dso.missing

    @cached_property
    def metered(self) -> BoolArray:
        """[series], those that a meter measures, of points that both sides know."""
        marks = [series.is_metered for series in self.series]
        return np.array(marks, dtype=np.bool_) & ~self.one_sided

    def shared_of(self, direction: Direction) -> BoolArray:
        """Return the split of one side, of points that both sides know: [series]."""
        marks = [series.direction == direction and not series.is_metered for series in self.series]
        return np.array(marks, dtype=np.bool_) & ~self.one_sided


def series_to_compare(
    our_series: Mapping[QuantitySeries, object], dso_series: Mapping[QuantitySeries, object]
) -> tuple[list[QuantitySeries], BoolArray, BoolArray]:
    """Return the series in prm order, and which points are known to us and to the DSO ([series]).

    For a point that the DSO knows, only the quantities that it gives are compared. For a point
    unknown to it, those that it gives for other points of that direction are.
    """
    known_here = {series.participant for series in our_series}
    known_to_dso = {series.participant for series in dso_series}
    quantities = {(series.direction, series.quantity) for series in dso_series}
    compared = set(dso_series)
    compared |= {
        series
        for series in our_series
        if series.participant not in known_to_dso
        and (series.direction, series.quantity) in quantities
    }
    series = sorted(compared)
    return (
        series,
        np.array(
            [compared_series.participant in known_here for compared_series in series],
            dtype=np.bool_,
        ),
        np.array(
            [compared_series.participant in known_to_dso for compared_series in series],
            dtype=np.bool_,
        ),
    )
