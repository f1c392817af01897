"""A month of many operations, shared by one process per core, as by the workers."""

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import DefaultDynamic
from services.cli.bench.scratch_platform import peak_memory_mib

_AT_ONCE = 20
_PLANTS = 3


@dataclass(frozen=True)
class MonthLoad:
    """The numbers of operations, points of each, and steps; steps_of_day divides it into days."""

    operations: int
    points: int
    days: int
    steps_of_day: int

    @property
    def steps(self) -> int:
        return self.days * self.steps_of_day


@dataclass(frozen=True)
class ProcessWork:
    """The work of one process: seconds in ``allocate``, and its memory after the first and last."""

    process_id: int
    month_s: float
    days_s: float
    first_peak_mib: int
    peak_mib: int


def share_month(
    month: MonthLoad, *, cores: int, on_progress: Callable[[int], None]
) -> list[ProcessWork]:
    """Share all operations, once a month at a time and once day by day.

    on_progress: called with the number of operations each time some are finished.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        starts = range(0, month.operations, _AT_ONCE)
        tasks = {
            pool.submit(_share_some, month, numbers): len(numbers)
            for start in starts
            if (numbers := range(start, min(start + _AT_ONCE, month.operations)))
        }
        works = []
        for task in as_completed(tasks):
            works.append(task.result())
            on_progress(tasks[task])
    return works


def _share_some(month: MonthLoad, numbers: range) -> ProcessWork:
    month_s = days_s = 0.0
    first_peak_mib = 0
    for number in numbers:
        month_s += _seconds_to_share(month, number, part_count=1)
        days_s += _seconds_to_share(month, number, part_count=month.days)
        first_peak_mib = first_peak_mib or peak_memory_mib(os.getpid())
    process_id = os.getpid()
    return ProcessWork(process_id, month_s, days_s, first_peak_mib, peak_memory_mib(process_id))


def _seconds_to_share(month: MonthLoad, number: int, *, part_count: int) -> float:
    """Return the time in ``allocate`` only, for the curves of the operation of that number."""
    productions, consumptions = _curves(month, number)
    seconds = 0.0
    for steps in np.split(np.arange(month.steps), part_count):
        first_step, end_step = steps[0], steps[-1] + 1
        produced = {prm: curve[first_step:end_step] for prm, curve in productions.items()}
        consumed = {prm: curve[first_step:end_step] for prm, curve in consumptions.items()}
        started_s = time.process_time()
        allocate(produced, consumed, DefaultDynamic())
        seconds += time.process_time() - started_s
    return seconds


def _curves(month: MonthLoad, number: int) -> tuple[dict[Prm, IntArray], dict[Prm, IntArray]]:
    random = np.random.default_rng(number)
    step_min = 24 * 60 // month.steps_of_day
    hours = np.arange(month.steps) % month.steps_of_day * step_min / 60
    height = np.clip(1 - ((hours - 13) / 5.5) ** 2, 0, None)
    plants = min(_PLANTS, month.points - 1)
    powers_w = [random.uniform(3_000, 36_000) * height for _ in range(plants)]
    powers_w += [random.gamma(1.5, 500, month.steps) for _ in range(month.points - plants)]
    curves = {
        Prm(f"99{point:012}"): power_w.astype(np.int64) * step_min
        for point, power_w in enumerate(powers_w)
    }
    prms = list(curves)
    return {prm: curves[prm] for prm in prms[:plants]}, {prm: curves[prm] for prm in prms[plants:]}
