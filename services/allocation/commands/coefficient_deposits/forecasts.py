"""Deposit what a forecast makes of a month before it begins."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.calendar import Month, steps_in_day
from libs.common.clock import today_in
from libs.common.errors import Problem
from libs.common.ids import OperationId, Prm
from services.allocation.commands.coefficient_deposits.depositing import (
    DepositDraft,
    DepositMonth,
    keep_deposit,
    lock_month,
)
from services.allocation.commands.key_coefficients import CoefficientsUnfit
from services.allocation.domain.coefficients.by_calendar import while_taking_part
from services.allocation.domain.forecasts.deposits import forecast_coefficients
from services.allocation.domain.forecasts.forecast import (
    ExpectedConsumer,
    Forecast,
    PastEnergies,
    forecast,
)
from services.allocation.domain.forecasts.like_days import days_to_read
from services.allocation.domain.forecasts.of_readings import PastReadings
from services.allocation.domain.forecasts.origins import origins_of
from services.allocation.domain.keys import DefaultDynamic, SharingKey, parse_key
from services.allocation.domain.keys.coefficients import Coefficients
from services.allocation.domain.keys.deposit_months import DepositKind
from services.allocation.domain.keys.timeline import Timeline
from services.allocation.domain.perimeter import Participant
from services.allocation.store import copies
from services.allocation.store.keys import timelines
from services.allocation.tables import CoefficientDepositRow

_BATCH_DAYS = 16


class NothingForecast(Problem):
    status, slug, title = 409, "nothing-forecast", "No consumption is expected in this month"
    example_detail = "Nobody of 2027-01 has a whole day of readings, or annual kWh."


async def deposit_forecast(
    session: AsyncSession,
    operation_id: OperationId,
    month: Month,
    expected: Mapping[Prm, ExpectedConsumer],
    *,
    by: str,
) -> tuple[CoefficientDepositRow, bool]:
    """Deposit what the keys in force make of a forecast, from the readings of the days before.

    expected: of consumers without readings. As ``deposit_rules``; raises what
    ``forecast_month`` raises.
    """
    opened = await lock_month(session, operation_id, month)
    month_forecast = await forecast_month(session, opened, expected)
    draft = await draft_by_forecast(session, opened, month_forecast)
    return await keep_deposit(session, opened, draft, by=by)


@dataclass(frozen=True, eq=False)
class MonthForecast:
    """The forecast of a month, and its sources."""

    energies: Forecast
    past: PastEnergies
    expected: Mapping[Prm, ExpectedConsumer]


async def forecast_month(
    session: AsyncSession, opened: DepositMonth, expected: Mapping[Prm, ExpectedConsumer]
) -> MonthForecast:
    """Forecast a month from the readings of the days before today.

    Raises CoefficientsUnfit for an expected consumer that has readings, or takes no part, and
    NothingForecast.
    """
    opened.check_points(expected)
    past = await _past(session, opened)
    _check_expected(past, expected)
    period = opened.period(opened.step_min)
    # Off the event loop, as heartbeats must not wait for arithmetic.
    energies = await asyncio.to_thread(forecast, past, period, opened.consumers, expected)
    if not any(energy.any() for energy in energies.consumptions.values()):
        raise NothingForecast(
            f"Nobody of {opened.month} has a whole day of readings, or annual kWh."
        )
    return MonthForecast(energies, past, expected)


async def draft_by_forecast(
    session: AsyncSession, opened: DepositMonth, month_forecast: MonthForecast
) -> DepositDraft:
    """Raises KeyTypeUnsupported."""
    timeline = await timelines.get_timeline(session, opened.perimeter.operation_id)
    keys = _keys_by_day(timeline, opened.month)
    period = month_forecast.energies.period

    def coefficients() -> Coefficients:
        by_key = _by_key(month_forecast.energies, keys, opened.policy.coefficient_decimals)
        return while_taking_part(by_key, period, opened.consumers)

    made = await asyncio.to_thread(coefficients)
    origins = origins_of(
        month_forecast.energies,
        month_forecast.past,
        month_forecast.expected,
        sorted({key.type for key in keys.values()}),
        read_before=today_in(session),
    )
    return DepositDraft(DepositKind.FORECAST, period, made, origins)


async def _past(session: AsyncSession, opened: DepositMonth) -> PastEnergies:
    """Read the days before today on which those of the month took part already."""
    readings = PastReadings(opened.step_min)
    operation_id, perimeter = opened.perimeter.operation_id, opened.perimeter
    of_month = set[Participant]().union(*map(perimeter.participants_on, opened.month.days))
    days = days_to_read(opened.month.first_day, today_in(session))
    for first in range(0, len(days), _BATCH_DAYS):
        batch = [(operation_id, day) for day in days[first : first + _BATCH_DAYS]]
        blocks = await copies.list_reading_blocks(session, batch)
        for (_, day), day_blocks in blocks.items():
            present = of_month.intersection(perimeter.participants_on(day))
            counting = {point: day_blocks[point] for point in present & day_blocks.keys()}
            await asyncio.to_thread(readings.fill, day, counting)
    return readings.energies()


def _check_expected(past: PastEnergies, expected: Mapping[Prm, ExpectedConsumer]) -> None:
    metered = sorted(prm for prm in expected if past.consumptions.get(prm))
    if metered:
        raise CoefficientsUnfit(
            f"With readings, so that nothing else is expected of them: {', '.join(metered)}.",
            prms=metered,
        )


def _keys_by_day(timeline: Timeline, month: Month) -> dict[date, SharingKey]:
    """Return the key of each day; without one, the default rule."""
    keys: dict[date, SharingKey] = dict.fromkeys(month.days, DefaultDynamic())
    for key_period in timeline:
        key = parse_key(key_period.definition)
        keys.update({day: key for day in month.days if key_period.covers(day)})
    return keys


def _by_key(
    month_forecast: Forecast, keys: Mapping[date, SharingKey], decimals: int
) -> Coefficients:
    """Return what the key of each day makes of the forecast."""
    period = month_forecast.period
    spans = [(key, list(days)) for key, days in groupby(period.days, keys.__getitem__)]
    steps = [sum(steps_in_day(day, period.step_min) for day in days) for _, days in spans]
    ends = list(accumulate(steps))
    made = [forecast_coefficients(month_forecast, key, decimals) for key, _ in spans]
    shares = [
        coefficients.share_billionths[..., end - count : end]
        for coefficients, count, end in zip(made, steps, ends, strict=True)
    ]
    return replace(made[0], share_billionths=np.concatenate(shares, axis=-1))
