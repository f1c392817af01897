"""Ranks that change with the hour, by a simple rule: consumers busy at that time come first."""

from libs.common.day_kinds import DayKind
from libs.common.ids import Prm
from services.allocation.domain.curves import BoolArray
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.schedules import ClockWindow, LocalTimes
from services.allocation.domain.simulations.scenario import Curves

_FROM_HOUR, _TO_HOUR = 8, 18


def propose_priorities(curves: Curves) -> dict[str, object] | None:
    """Return a priority key with two ranks, or None where the rule does not separate consumers.

    Consumers that use more from 8 to 18 h on working days than at these hours on other days
    (offices, schools, shops) come first then, and the others (homes) at all other times.
    """
    times = LocalTimes.of(curves.starts_epoch_min)
    by_day = ClockWindow(_FROM_HOUR * 60, _TO_HOUR * 60).covers(times.minute)
    working = times.are_of(DayKind.WORKING_DAY)
    busy: list[Prm] = []
    others: list[Prm] = []
    for prm in sorted(curves.consumptions):
        energy_wmin = curves.consumptions[prm]
        more = _mean_is_higher(energy_wmin, curves.step_min, by_day & working, by_day & ~working)
        (busy if more else others).append(prm)
    if not busy or not others:
        return None
    hours = [f"{_FROM_HOUR:02}:00", f"{_TO_HOUR:02}:00"]
    at_work = {"days": ["working_day"], "hours": [hours], "ranks": [busy, others]}
    return {"type": "priority", "ranks": [others, busy], "schedules": [at_work]}


def _mean_is_higher(
    energy_wmin: IntArray, step_min: IntArray, in_first: BoolArray, in_second: BoolArray
) -> bool:
    """Return whether power is higher in the first steps than in the second; false if any is empty.

    Computed in whole numbers.
    """
    one_wmin, other_wmin = int(energy_wmin[in_first].sum()), int(energy_wmin[in_second].sum())
    return one_wmin * int(step_min[in_second].sum()) > other_wmin * int(step_min[in_first].sum())
