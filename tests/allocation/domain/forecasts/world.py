"""Invented pasts: the same power at each time of the clock, but for what a test says."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from libs.common.calendar import Month, days_between
from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.forecasts.forecast import DayEnergies, PastEnergies
from tests.allocation.domain.coefficients.world import ANNA, BRUNO, ROOF

STEP_MIN = 30
OCTOBER = Month(2026, 10)


def level(days: Iterable[date], energy_wmin: int) -> dict[date, np.ndarray]:
    return {day: np.full(len(starts_of_day(day, STEP_MIN)), energy_wmin) for day in days}


def weeks_before(day: date, weeks: int) -> Sequence[date]:
    return days_between(day - timedelta(weeks=weeks), day)


def random_past(days: Iterable[date], consumers: Iterable[Prm], seed: int) -> PastEnergies:
    random = np.random.default_rng(seed)

    def some(prm: Prm) -> DayEnergies:
        most = 10 ** int(random.integers(1, 8))
        return {
            day: random.integers(0, most, len(starts_of_day(day, STEP_MIN)))
            for day in days
            if random.random() > 0.1 or prm == ROOF
        }

    return PastEnergies(STEP_MIN, {ROOF: some(ROOF)}, {prm: some(prm) for prm in consumers})


def period_of(*days: date) -> FilePeriod:
    return FilePeriod(days[0], days[-1], STEP_MIN)


def all_of_them(period: FilePeriod, *prms: Prm) -> Mapping[date, Sequence[Prm]]:
    return dict.fromkeys(period.days, prms or (ANNA, BRUNO))
