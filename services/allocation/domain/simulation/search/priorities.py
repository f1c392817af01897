"""Ranks that change with the hour, by a simple rule: who is busy at that time comes first."""

import numpy as np
from numpy.typing import NDArray

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.schedules import LocalTimes, Window
from services.allocation.domain.simulation.scenario import Curves

_FROM_HOUR, _TO_HOUR = 8, 18
_FRIDAY = 5


def propose_priorities(curves: Curves) -> dict[str, object] | None:
    """A priority key with two ranks, or None where the rule does not tell consumers apart.

    From 8 to 18 h on working days those come first whose mean power is higher then than at other
    times (shops, offices, schools), then the others; at all other times it is the other way round.
    """
    working = _working_hours(curves.starts_epoch_min)
    busy: list[Prm] = []
    others: list[Prm] = []
    for prm in sorted(curves.consumptions):
        (busy if _uses_more(curves.consumptions[prm], working) else others).append(prm)
    if not busy or not others:
        return None
    hours = [f"{_FROM_HOUR:02}:00", f"{_TO_HOUR:02}:00"]
    at_work = {"days": ["working_day"], "hours": [hours], "ranks": [busy, others]}
    return {"type": "priority", "ranks": [others, busy], "schedules": [at_work]}


def _working_hours(starts_epoch_min: IntArray) -> NDArray[np.bool_]:
    times = LocalTimes.of(starts_epoch_min)
    window = Window(_FROM_HOUR * 60, _TO_HOUR * 60)
    return (times.weekday <= _FRIDAY) & ~times.holiday & window.covers(times.minute)


def _uses_more(energy_wmin: IntArray, inside: NDArray[np.bool_]) -> bool:
    """Whether the mean inside is above the mean outside, in whole numbers."""
    steps_inside = int(inside.sum())
    steps_outside = len(inside) - steps_inside
    energy_inside = int(energy_wmin[inside].sum())
    energy_outside = int(energy_wmin.sum()) - energy_inside
    return energy_inside * steps_outside > energy_outside * steps_inside
