"""Foresight measured: what coefficients set before past months would have shared of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from libs.common.calendar import Month, steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.coefficients.carrying import model_day
from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.forecasts.deposits import forecast_coefficients
from services.allocation.domain.forecasts.forecast import (
    DayEnergies,
    Forecast,
    PastEnergies,
    forecast,
)
from services.allocation.domain.forecasts.moving import by_clock
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import DefaultDynamic, Dynamic, SharingKey
from services.allocation.domain.keys.coefficients import POOL, Coefficients


class Foresight(StrEnum):
    """The basis of a month's shares, from the best informed to the least."""

    DEFAULT_KEY = "default_key"  # the DSO's own rule on the real curves: nothing shares more
    BEST_DEPOSIT = "best_deposit"  # the operation's rule, if the month had been known
    FORECAST = "forecast"  # the same rule, from what was metered by the deadline
    LAST_MONTH = "last_month"  # the best deposit of the month before, by weekday and clock
    FIXED = "fixed"  # one share each: of what all had consumed by the deadline


@dataclass(frozen=True)
class ForesightMonth:
    """shared_wmin: what each consumer gets of a month."""

    month: Month
    production_wmin: int
    consumption_wmin: int
    shared_wmin: Mapping[Foresight, Mapping[Prm, int]]

    def total_wmin(self, foresight: Foresight) -> int:
        return sum(self.shared_wmin[foresight].values())


def back_test(
    metered: PastEnergies, key: SharingKey, *, deposit_days: int, decimals: int
) -> Iterator[ForesightMonth]:
    """Yield each month that has a whole one before it, as deposits would have shared it.

    metered: every point has every day, and takes part in all of them. deposit_days: so many days
    before a month its deposit is made, of the days before that one. Raises KeyTypeUnsupported.
    """
    days = sorted(set.intersection(*(set(point_days) for point_days in _everybody(metered))))
    months = [month for month in _whole_months(days) if set(month.earlier(1).days) <= set(days)]
    for month in months:
        deadline = month.first_day - timedelta(days=deposit_days)
        past = metered.before(deadline)
        if not any(past.consumptions.values()):
            continue
        deposits = {
            Foresight.BEST_DEPOSIT: _best_deposit(metered, key, month, decimals),
            Foresight.FORECAST: _forecast_deposit(past, key, month, decimals),
            Foresight.LAST_MONTH: _last_deposit(metered, key, month, decimals),
            Foresight.FIXED: _fixed_deposit(past, month, decimals),
        }
        keys = {foresight: Dynamic(coefficients) for foresight, coefficients in deposits.items()}
        yield _shared(metered, month, {Foresight.DEFAULT_KEY: DefaultDynamic(), **keys})


def _everybody(metered: PastEnergies) -> list[DayEnergies]:
    return [*metered.productions.values(), *metered.consumptions.values()]


def _whole_months(days: Sequence[date]) -> list[Month]:
    return [
        month for month in sorted({Month.of(day) for day in days}) if set(month.days) <= set(days)
    ]


def _best_deposit(
    metered: PastEnergies, key: SharingKey, month: Month, decimals: int
) -> Coefficients:
    """Return what the rule makes of the month itself: a forecast that is right."""
    productions, consumptions = _curves(metered, month)
    pool_wmin: IntArray = np.sum(list(productions.values()), axis=0)
    as_metered = Forecast(_period(metered, month), pool_wmin[None], consumptions)
    return forecast_coefficients(as_metered, key, decimals)


def _forecast_deposit(
    past: PastEnergies, key: SharingKey, month: Month, decimals: int
) -> Coefficients:
    consumers = dict.fromkeys(month.days, frozenset(past.consumptions))
    expected = forecast(past, _period(past, month), consumers)
    return forecast_coefficients(expected, key, decimals)


def _last_deposit(
    metered: PastEnergies, key: SharingKey, month: Month, decimals: int
) -> Coefficients:
    """Carry the best deposit of the month before, as a month without a deposit does.

    It knows days after the deadline, which favours it.
    """
    month_before = month.earlier(1)
    deposit = _best_deposit(metered, key, month_before, decimals)
    step_min, places, first = metered.step_min, {}, 0
    for day in month_before.days:
        places[day] = slice(first, first + steps_in_day(day, step_min))
        first = places[day].stop
    carried = [
        by_clock(deposit.share_billionths[..., places[model]], model, day, step_min)
        for day in month.days
        for model in (model_day(day, month_before),)
    ]
    starts = _period(metered, month).starts_epoch_min
    return Coefficients(starts, (POOL,), deposit.consumers, np.concatenate(carried, axis=-1))


def _fixed_deposit(past: PastEnergies, month: Month, decimals: int) -> Coefficients:
    """Return each consumer's part of what all have consumed, the same in every step."""
    period = _period(past, month)
    steps = len(period.starts_epoch_min)
    consumptions = {
        prm: np.full(steps, sum(int(energy.sum()) for energy in days.values()) // len(days))
        for prm, days in past.consumptions.items()
    }
    pool_wmin: IntArray = np.sum(list(consumptions.values()), axis=0)
    expected = Forecast(period, pool_wmin[None], consumptions)
    return forecast_coefficients(expected, DefaultDynamic(), decimals)


def _shared(
    metered: PastEnergies, month: Month, keys: Mapping[Foresight, SharingKey]
) -> ForesightMonth:
    productions, consumptions = _curves(metered, month)
    starts = _period(metered, month).starts_epoch_min
    shared_wmin = {}
    for foresight, key in keys.items():
        allocation = allocate(productions, consumptions, key, starts_epoch_min=starts)
        sums_wmin = allocation.allocated_wmin.sum(axis=1).tolist()
        shared_wmin[foresight] = dict(zip(allocation.metered.consumers, sums_wmin, strict=True))
    return ForesightMonth(
        month,
        production_wmin=sum(int(energy.sum()) for energy in productions.values()),
        consumption_wmin=sum(int(energy.sum()) for energy in consumptions.values()),
        shared_wmin=shared_wmin,
    )


def _curves(metered: PastEnergies, month: Month) -> tuple[dict[Prm, IntArray], dict[Prm, IntArray]]:
    """Return the productions and the consumptions of a month."""
    productions, consumptions = (
        {prm: np.concatenate([days[day] for day in month.days]) for prm, days in side.items()}
        for side in (metered.productions, metered.consumptions)
    )
    return productions, consumptions


def _period(metered: PastEnergies, month: Month) -> FilePeriod:
    return FilePeriod(month.days[0], month.days[-1], metered.step_min)
