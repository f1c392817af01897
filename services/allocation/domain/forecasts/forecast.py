"""The forecast of a month: each point's mean of days like each of its days, from the past alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Self

import numpy as np

from libs.common.calendar import day_minutes, steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.forecasts.like_days import like_days, sunny_days
from services.allocation.domain.forecasts.moving import by_clock, by_sun
from services.allocation.domain.kernels import IntArray, scale
from services.allocation.domain.simulations.profiles import Profile, profile_energy

DayEnergies = Mapping[date, IntArray]
"""The days of a point whose readings are whole: watt-minutes, [step of the day]."""

SKIES = 5
"""What a plant makes is told from the darkest fifth of days to the brightest."""

_YEAR_MINUTES = 365 * 24 * 60


@dataclass(frozen=True)
class PastEnergies:
    """The readings of an operation's points, on one step."""

    step_min: int
    productions: Mapping[Prm, DayEnergies]
    consumptions: Mapping[Prm, DayEnergies]

    def before(self, day: date) -> Self:
        """Return what was metered before a day, as if nothing after it were there."""
        return type(self)(
            self.step_min, _before(self.productions, day), _before(self.consumptions, day)
        )


@dataclass(frozen=True)
class ExpectedConsumer:
    """Somebody without readings yet; profile: None for the mean of the others' shapes."""

    annual_wmin: int
    profile: Profile | None = None


@dataclass(frozen=True, eq=False)
class Forecast:
    """Energies of each step of a period, in whole watt-minutes.

    pools_wmin: [sky, step], each as likely as the others. past_days: of each consumer, the days
    that its forecast is the mean of; none of those who have no readings.
    """

    period: FilePeriod
    pools_wmin: IntArray
    consumptions: Mapping[Prm, IntArray]
    past_days: Mapping[Prm, Collection[date]] = field(default_factory=dict)


def forecast(
    past: PastEnergies,
    period: FilePeriod,
    consumers: Mapping[date, Collection[Prm]],
    expected: Mapping[Prm, ExpectedConsumer] | None = None,
) -> Forecast:
    """Forecast a period on the step of the past, which ends before it.

    consumers: those who take part, by day; they are 0 on other days. expected: of consumers without
    readings; those that are not there either are taken to be like the mean of the others. What
    counts is the past of each point alone, so the order of points changes nothing.
    """
    assert period.step_min == past.step_min, "the past on the steps of the period"
    everybody = sorted(set().union(*consumers.values()))
    metered = {prm: past.consumptions[prm] for prm in everybody if past.consumptions.get(prm)}
    curves = {prm: _means(days, period) for prm, days in sorted(metered.items())}
    mean_wmin = _mean(curves, len(period.starts_epoch_min))
    for prm in everybody:
        if prm not in curves:
            curves[prm] = _expected_energy((expected or {}).get(prm), mean_wmin, period)
    return Forecast(
        period,
        _pools(past, period),
        {prm: np.where(_takes_part(prm, period, consumers), curves[prm], 0) for prm in everybody},
        {prm: _days_of_means(metered.get(prm, {}), period) for prm in everybody},
    )


def _before(energies: Mapping[Prm, DayEnergies], day: date) -> dict[Prm, DayEnergies]:
    return {
        prm: {past: energy for past, energy in days.items() if past < day}
        for prm, days in energies.items()
    }


def _pools(past: PastEnergies, period: FilePeriod) -> IntArray:
    """Return the production of all plants under each sky: [sky, step]."""
    pools_wmin = np.zeros((SKIES, len(period.starts_epoch_min)), dtype=np.int64)
    for days in past.productions.values():
        if days:
            past_days = tuple(sorted(days))
            pools_wmin += np.concatenate(
                [_skies(days, past_days, day, period.step_min) for day in period.days], axis=1
            )
    return pools_wmin


def _skies(days: DayEnergies, past_days: tuple[date, ...], day: date, step_min: int) -> IntArray:
    """Return the means of each fifth of what a plant made at that time: [sky, step of the day]."""
    sunny = sunny_days(day, past_days)
    made = np.sort([by_sun(days[past_day], past_day, day, step_min) for past_day in sunny], axis=0)
    bounds = [len(made) * sky // SKIES for sky in range(SKIES + 1)]
    fifths = [made[first : max(end, first + 1)] for first, end in pairwise(bounds)]
    return np.stack([fifth.sum(axis=0) // len(fifth) for fifth in fifths])


def _means(days: DayEnergies, period: FilePeriod) -> IntArray:
    """Return the mean of the days like each day of the period, cut to whole watt-minutes."""
    past_days, means = tuple(sorted(days)), []
    for day in period.days:
        similar_days = like_days(day, past_days)
        total_wmin = np.zeros(steps_in_day(day, period.step_min), dtype=np.int64)
        for past_day in similar_days:
            total_wmin += by_clock(days[past_day], past_day, day, period.step_min)
        means.append(total_wmin // len(similar_days))
    return np.concatenate(means)


def _days_of_means(days: DayEnergies, period: FilePeriod) -> frozenset[date]:
    past_days = tuple(sorted(days))
    return frozenset(past for day in period.days for past in like_days(day, past_days))


def _mean(curves: Mapping[Prm, IntArray], steps: int) -> IntArray:
    if not curves:
        return np.zeros(steps, dtype=np.int64)
    total_wmin: IntArray = np.sum(list(curves.values()), axis=0)
    return total_wmin // len(curves)


def _expected_energy(
    consumer: ExpectedConsumer | None, mean_wmin: IntArray, period: FilePeriod
) -> IntArray:
    if consumer is None:
        return mean_wmin
    if consumer.profile is not None:
        return profile_energy(
            consumer.profile, consumer.annual_wmin, period.starts_epoch_min, period.step_min
        )
    minutes = sum(day_minutes(day) for day in period.days)
    period_wmin = np.array(consumer.annual_wmin * minutes // _YEAR_MINUTES, dtype=np.int64)
    # Where nobody has readings, the same power all the time.
    shape = mean_wmin if mean_wmin.any() else np.ones_like(mean_wmin)
    running_wmin = np.cumsum(shape)
    return np.diff(scale(running_wmin, period_wmin, running_wmin[-1]), prepend=0)


def _takes_part(
    prm: Prm, period: FilePeriod, consumers: Mapping[date, Collection[Prm]]
) -> IntArray:
    """Return 1 on the steps of the days on which a consumer takes part, else 0."""
    steps = [steps_in_day(day, period.step_min) for day in period.days]
    marks = [int(prm in consumers.get(day, ())) for day in period.days]
    return np.repeat(np.array(marks, dtype=np.int64), steps)
