"""Ranks by a simple rule: who uses electricity while others are out comes first."""

import numpy as np
from numpy.typing import NDArray

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.simulation.local_time import local_times
from services.allocation.domain.simulation.scenario import Curves

_FROM_HOUR, _TO_HOUR = 8, 18
_SATURDAY = 6


def propose_priorities(curves: Curves) -> dict[str, object] | None:
    """A priority key with two ranks, or None where the rule does not tell consumers apart.

    First those whose mean power from 8 to 18 h, Monday to Friday, is above that of the other hours
    (shops, offices, schools), then the others, who have evenings and week-ends too.
    """
    working = _working_hours(curves.starts_epoch_min)
    first: list[Prm] = []
    others: list[Prm] = []
    for prm in sorted(curves.consumptions):
        busy = _uses_more(curves.consumptions[prm], working)
        (first if busy else others).append(prm)
    if not first or not others:
        return None
    return {"type": "priority", "ranks": [first, others]}


def _working_hours(starts_epoch_min: IntArray) -> NDArray[np.bool_]:
    local = local_times(starts_epoch_min)
    hour, weekday = local.dt.hour().to_numpy(), local.dt.weekday().to_numpy()
    return (weekday < _SATURDAY) & (hour >= _FROM_HOUR) & (hour < _TO_HOUR)


def _uses_more(energy_wmin: IntArray, inside: NDArray[np.bool_]) -> bool:
    """Whether the mean inside is above the mean outside, in whole numbers."""
    steps_inside = int(inside.sum())
    steps_outside = len(inside) - steps_inside
    energy_inside = int(energy_wmin[inside].sum())
    energy_outside = int(energy_wmin.sum()) - energy_inside
    return energy_inside * steps_outside > energy_outside * steps_inside
