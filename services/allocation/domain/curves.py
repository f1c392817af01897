"""Readings at any step, converted to energy on the operation's step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import gcd
from typing import Self

import numpy as np
from numpy.typing import NDArray

from libs.common.calendar import day_start, steps_in_day
from libs.common.errors import Problem
from services.allocation.domain.kernels import IntArray

BoolArray = NDArray[np.bool_]


class EnergyNotWhole(Problem):
    status, slug, title = 409, "energy-not-whole", "An energy is not a whole number of watt-minutes"
    example_detail = "A reading of 60 minutes does not split into 7 whole energies."


@dataclass(frozen=True, eq=False)
class Curve:
    """Energy per step in watt-minutes, and which steps are missing (their energy is then 0).

    estimated: estimated by ingest. reconstructed: is or includes an equal part of a longer reading.
    """

    energy_wmin: IntArray
    missing: BoolArray
    estimated: BoolArray
    reconstructed: BoolArray

    @classmethod
    def of_power(
        cls, power_w: Sequence[int | None], step_min: int, estimated_steps: Sequence[int] = ()
    ) -> Self:
        """Convert mean power in whole watts over each step, ``None`` where it is missing."""
        power = np.array(power_w, dtype=np.float64)  # exact up to 2⁵³; None becomes NaN
        missing: BoolArray = np.isnan(power)
        estimated = np.zeros(len(power), dtype=np.bool_)
        estimated[list(estimated_steps)] = True
        return cls(
            energy_wmin=np.where(missing, 0, power).astype(np.int64) * step_min,
            missing=missing,
            estimated=estimated & ~missing,
            reconstructed=np.zeros(len(power), dtype=np.bool_),
        )

    @classmethod
    def nothing(cls, steps: int) -> Self:
        """Return a curve in which all steps are missing."""
        return cls.of_power([None] * steps, 0)

    @property
    def complete(self) -> bool:
        return not self.missing.any()

    def cut(self, steps: slice) -> Self:
        """Return these steps only."""
        return type(self)(
            self.energy_wmin[steps],
            self.missing[steps],
            self.estimated[steps],
            self.reconstructed[steps],
        )


@dataclass(frozen=True)
class Block:
    """One local day of readings: mean power in watts per step, ``None`` where it is missing."""

    step_min: int
    power_w: Sequence[int | None]
    estimated_steps: Sequence[int] = ()

    @property
    def without_estimates(self) -> Self:
        """The block with ingest's estimates replaced by missing values."""
        if not self.estimated_steps:
            return self
        estimated_steps = set(self.estimated_steps)
        metered_power_w = [
            None if step in estimated_steps else power_w
            for step, power_w in enumerate(self.power_w)
        ]
        return replace(self, power_w=metered_power_w, estimated_steps=())


def energy_of_day(
    blocks: Sequence[Block], day: date, step_min: int, *, with_estimates: bool = True
) -> Curve:
    """Return one point's energy over a local day of 23, 24 or 25 hours, on the operation's step.

    Ingest's estimates count only where no meter has a value, at whatever step; with
    ``with_estimates=False`` they count as missing.
    """
    metered = _energy_of_blocks([block.without_estimates for block in blocks], day, step_min)
    if not with_estimates or not any(block.estimated_steps for block in blocks):
        return metered
    return _overlaid(_energy_of_blocks(blocks, day, step_min), metered)


def _energy_of_blocks(blocks: Sequence[Block], day: date, step_min: int) -> Curve:
    curves = []
    for block in blocks:
        expected_steps = steps_in_day(day, block.step_min)
        assert len(block.power_w) == expected_steps, (
            f"{day} has {expected_steps} steps of {block.step_min} min"
        )
        curve = Curve.of_power(block.power_w, block.step_min, block.estimated_steps)
        curves.append((block.step_min, curve))
    return energy_on_step(curves, step_min, steps=steps_in_day(day, step_min))


def energy_on_step(curves: Iterable[tuple[int, Curve]], step_min: int, *, steps: int) -> Curve:
    """Bring the curves of one point, each with its own step, to one step, and merge them.

    All begin at one instant, on a whole hour, and cover ``steps`` steps. A coarser reading is cut
    into equal parts, as if its power were constant. Finer readings are summed where none is
    missing. Steps that do not nest (10 in 15 minutes) are cut into equal parts, which are summed.
    If several readings cover a step, one that need not be cut wins, then the finer, being nearer to
    what the meter saw; of two with the same step, the later in the sequence. Raises EnergyNotWhole
    when equal parts would not be whole.
    """
    ordered = sorted(curves, key=lambda item: _rank(item[0], step_min))
    if len(ordered) == 1 and ordered[0][0] == step_min:
        # So it is with most points of most days.
        return ordered[0][1]
    merged = Curve.nothing(steps)
    for curve_step_min, curve in ordered:
        merged = _overlaid(merged, _resampled(curve, curve_step_min, step_min))
    return merged


def nests(reading_step_min: int, step_min: int) -> bool:
    """Return whether one step is a whole multiple of the other."""
    return reading_step_min % step_min == 0 or step_min % reading_step_min == 0


def _rank(curve_step_min: int, step_min: int) -> tuple[bool, int]:
    """Rank a curve: the higher, the nearer to what the meter saw in steps of ``step_min``."""
    return step_min % curve_step_min == 0, -curve_step_min


def _resampled(curve: Curve, curve_step_min: int, step_min: int) -> Curve:
    common_min = gcd(curve_step_min, step_min)
    common_curve = _cut(curve, curve_step_min, common_min) if curve_step_min > common_min else curve
    groups = (-1, step_min // common_min)
    return Curve(
        energy_wmin=common_curve.energy_wmin.reshape(groups).sum(axis=1),
        missing=_any(common_curve.missing.reshape(groups)),
        estimated=_any(common_curve.estimated.reshape(groups)),
        reconstructed=_any(common_curve.reconstructed.reshape(groups)),
    )


def _cut(curve: Curve, curve_step_min: int, step_min: int) -> Curve:
    """Cut each step into equal parts."""
    pieces = curve_step_min // step_min
    if (curve.energy_wmin % pieces).any():
        raise EnergyNotWhole(
            f"A reading of {curve_step_min} minutes does not split into {pieces} whole energies."
        )
    missing = np.repeat(curve.missing, pieces)
    return Curve(
        energy_wmin=np.repeat(curve.energy_wmin // pieces, pieces),
        missing=missing,
        estimated=np.repeat(curve.estimated, pieces),
        reconstructed=~missing,
    )


def _any(marks: BoolArray) -> BoolArray:
    row_marks: BoolArray = np.logical_or.reduce(marks, axis=1)
    return row_marks


def _overlaid(below: Curve, above: Curve) -> Curve:
    return Curve(
        energy_wmin=np.where(above.missing, below.energy_wmin, above.energy_wmin),
        missing=below.missing & above.missing,
        estimated=np.where(above.missing, below.estimated, above.estimated),
        reconstructed=np.where(above.missing, below.reconstructed, above.reconstructed),
    )


def starts_of_day(day: date, step_min: int) -> IntArray:
    """The start of every step of a local day, in minutes since 1970 UTC: [step]."""
    first = int(day_start(day).timestamp()) // 60
    return first + step_min * np.arange(steps_in_day(day, step_min), dtype=np.int64)
