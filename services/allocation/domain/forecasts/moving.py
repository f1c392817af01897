"""The energies of a day on the steps of another, which may have 23, 24 or 25 hours."""

from datetime import date
from functools import lru_cache

import numpy as np

from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.schedules import DAY_MINUTES, LocalTimes


def by_clock(energy: IntArray, past_day: date, day: date, step_min: int) -> IntArray:
    """Return, for each step of a day, what the past day has at that time of the wall clock.

    energy: […, step of the past day]. In an hour that the past day skips, what it has before that;
    in one that it has twice, the first.
    """
    return _moved(energy, _clock_minutes(past_day, step_min), _clock_minutes(day, step_min))


def by_sun(energy: IntArray, past_day: date, day: date, step_min: int) -> IntArray:
    """Return the same by UTC: the sun keeps no summer time."""
    return _moved(energy, _sun_minutes(past_day, step_min), _sun_minutes(day, step_min))


def _moved(energy: IntArray, past_minutes: IntArray, minutes: IntArray) -> IntArray:
    if np.array_equal(past_minutes, minutes):
        return energy
    times, first_steps = np.unique(past_minutes, return_index=True)
    places = np.maximum(np.searchsorted(times, minutes, side="right") - 1, 0)
    moved: IntArray = energy[..., first_steps[places]]
    return moved


@lru_cache(maxsize=2_000)
def _clock_minutes(day: date, step_min: int) -> IntArray:
    return LocalTimes.of(starts_of_day(day, step_min)).minute


@lru_cache(maxsize=2_000)
def _sun_minutes(day: date, step_min: int) -> IntArray:
    return starts_of_day(day, step_min) % DAY_MINUTES
