"""From readings at any step to energy on the operation's step."""

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

    estimated: ingest guessed it; reconstructed: it is, or has in it, an equal part of a reading.
    """

    energy_wmin: IntArray
    missing: BoolArray
    estimated: BoolArray
    reconstructed: BoolArray

    @classmethod
    def of_power(
        cls, power_w: Sequence[int | None], step_min: int, estimated_steps: Sequence[int] = ()
    ) -> Self:
        """From mean power in whole watts over each step, ``None`` where it is missing."""
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
        """All steps are missing."""
        return cls.of_power([None] * steps, 0)

    @property
    def complete(self) -> bool:
        return not self.missing.any()

    def cut(self, steps: slice) -> Self:
        """These steps only."""
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
        """What is left when what ingest estimated counts as missing."""
        if not self.estimated_steps:
            return self
        guessed = set(self.estimated_steps)
        real = [None if step in guessed else one for step, one in enumerate(self.power_w)]
        return replace(self, power_w=real, estimated_steps=())


def energy_of_day(
    blocks: Sequence[Block], day: date, step_min: int, *, with_estimates: bool = True
) -> Curve:
    """The energy of one point over a local day of 23, 24 or 25 hours, on the operation's step.

    What ingest estimated counts only where no meter says anything, at whatever step;
    ``with_estimates=False``: it is missing.
    """
    metered = _energy_of_blocks([block.without_estimates for block in blocks], day, step_min)
    if not with_estimates or not any(block.estimated_steps for block in blocks):
        return metered
    return _overlaid(_energy_of_blocks(blocks, day, step_min), metered)


def _energy_of_blocks(blocks: Sequence[Block], day: date, step_min: int) -> Curve:
    curves = []
    for block in blocks:
        expected = steps_in_day(day, block.step_min)
        assert len(block.power_w) == expected, f"{day} has {expected} steps of {block.step_min} min"
        curve = Curve.of_power(block.power_w, block.step_min, block.estimated_steps)
        curves.append((block.step_min, curve))
    return energy_on_step(curves, step_min, steps=steps_in_day(day, step_min))


def energy_on_step(curves: Iterable[tuple[int, Curve]], step_min: int, *, steps: int) -> Curve:
    """Bring the curves of one point, each with its own step, to one step, and merge them.

    All begin at one instant, on a whole hour, and cover ``steps`` steps. A coarser reading is cut
    into equal parts, as its power was constant; finer ones are added up where none is missing; of
    steps that do not nest (10 in 15 minutes), equal parts are. Where several say the same, one that
    need not be cut wins, then the finer, being nearer to what the meter saw; of two with the same
    step, the later one given. Raises EnergyNotWhole when equal parts would not be whole.
    """
    merged = Curve.nothing(steps)
    for own_step_min, curve in sorted(curves, key=lambda item: _rank(item[0], step_min)):
        merged = _overlaid(merged, _resampled(curve, own_step_min, step_min))
    return merged


def nests(own_step_min: int, step_min: int) -> bool:
    """Whether whole steps of the one make up a step of the other."""
    return own_step_min % step_min == 0 or step_min % own_step_min == 0


def _rank(own_step_min: int, step_min: int) -> tuple[bool, int]:
    """The higher, the nearer to what the meter saw in steps of ``step_min``."""
    return step_min % own_step_min == 0, -own_step_min


def _resampled(curve: Curve, own_step_min: int, step_min: int) -> Curve:
    common_min = gcd(own_step_min, step_min)
    parts = _cut(curve, own_step_min, common_min) if own_step_min > common_min else curve
    groups = (-1, step_min // common_min)
    return Curve(
        energy_wmin=parts.energy_wmin.reshape(groups).sum(axis=1),
        missing=_any(parts.missing.reshape(groups)),
        estimated=_any(parts.estimated.reshape(groups)),
        reconstructed=_any(parts.reconstructed.reshape(groups)),
    )


def _cut(curve: Curve, own_step_min: int, step_min: int) -> Curve:
    """Into equal parts."""
    parts = own_step_min // step_min
    if (curve.energy_wmin % parts).any():
        raise EnergyNotWhole(
            f"A reading of {own_step_min} minutes does not split into {parts} whole energies."
        )
    missing = np.repeat(curve.missing, parts)
    return Curve(
        energy_wmin=np.repeat(curve.energy_wmin // parts, parts),
        missing=missing,
        estimated=np.repeat(curve.estimated, parts),
        reconstructed=~missing,
    )


def _any(marks: BoolArray) -> BoolArray:
    any_of_row: BoolArray = np.logical_or.reduce(marks, axis=1)
    return any_of_row


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
