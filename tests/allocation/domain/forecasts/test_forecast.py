"""The forecast of a month, by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from libs.common.calendar import days_between, steps_in_day
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.forecasts.forecast import (
    SKIES,
    ExpectedConsumer,
    Forecast,
    PastEnergies,
    forecast,
)
from services.allocation.domain.forecasts.like_days import (
    LIKE_DAYS,
    days_to_read,
    like_days,
    sunny_days,
)
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.schedules import LocalTimes
from services.allocation.domain.simulations.profiles import Profile
from tests.allocation.domain.coefficients.world import ANNA, BRUNO, CARLA, ROOF
from tests.allocation.domain.forecasts.world import (
    OCTOBER,
    STEP_MIN,
    all_of_them,
    level,
    period_of,
    weeks_before,
)

MONDAY = date(2026, 10, 12)
YEAR = days_between(date(2025, 9, 1), date(2026, 9, 15))


def test_a_day_is_like_the_latest_of_its_weekday_and_those_of_last_years_weeks() -> None:
    similar = like_days(MONDAY, YEAR)

    recent = [date(2026, 9, 14) - timedelta(weeks=weeks) for weeks in range(LIKE_DAYS)]
    last_year = [MONDAY - timedelta(weeks=52 + weeks) for weeks in range(-4, 5)]
    assert set(similar) == {*recent, *last_year}
    assert all(day.weekday() == 0 for day in similar)


def test_a_public_holiday_is_like_a_sunday_and_tells_of_sundays() -> None:
    ascension, past = date(2026, 5, 14), days_between(date(2026, 4, 1), date(2026, 5, 10))

    similar = like_days(ascension, past)

    easter_monday, labour_day, victory_day = date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8)
    sundays = [date(2026, 4, 5) + timedelta(weeks=weeks) for weeks in range(5)]
    assert set(similar) == {easter_monday, labour_day, victory_day, *sundays}
    assert victory_day not in like_days(date(2026, 5, 15), past)


def test_a_point_with_a_few_days_of_any_kind_is_forecast_from_these() -> None:
    assert like_days(MONDAY, YEAR[1:4]) == YEAR[1:4]


def test_what_is_read_has_all_days_that_a_whole_past_would_tell_by() -> None:
    end, past_days = date(2026, 9, 15), days_between(date(2025, 1, 1), date(2026, 9, 15))

    days = set(days_to_read(OCTOBER.first_day, end))

    for day in OCTOBER.days:
        assert days.issuperset(like_days(day, past_days))
        assert days.issuperset(sunny_days(day, past_days))
    assert max(days) == date(2026, 9, 14)


def test_consumption_is_the_mean_of_like_days_cut_to_whole_watt_minutes() -> None:
    mondays = [MONDAY - timedelta(weeks=3), MONDAY - timedelta(weeks=2)]
    anna = level(weeks_before(MONDAY, 3), 9_999) | level(mondays[:1], 10) | level(mondays[1:], 21)
    del anna[MONDAY - timedelta(weeks=1)]

    expected = _forecast(anna, MONDAY)

    assert set(expected.consumptions[ANNA].tolist()) == {15}
    assert set(mondays) == set(expected.past_days[ANNA])


def test_what_is_metered_from_the_deadline_on_changes_nothing() -> None:
    past = PastEnergies(STEP_MIN, {ROOF: level(YEAR, 7)}, {ANNA: level(YEAR, 5)})
    deadline = YEAR[-10]
    later = PastEnergies(
        STEP_MIN,
        {ROOF: level(YEAR, 7) | level(YEAR[-10:], 700)},
        {ANNA: level(YEAR, 5) | level(YEAR[-10:], 500)},
    )
    period = period_of(*OCTOBER.days)

    first, second = (
        forecast(energies.before(deadline), period, all_of_them(period, ANNA))
        for energies in (past, later)
    )

    assert np.array_equal(first.consumptions[ANNA], second.consumptions[ANNA])
    assert np.array_equal(first.pools_wmin, second.pools_wmin)


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2026, 3, 29), MONDAY])
@pytest.mark.parametrize("weeks", [1, 30])
def test_consumption_follows_the_clock_and_production_the_sun(day: date, weeks: int) -> None:
    similar = day - timedelta(weeks=weeks)
    minutes, sun = LocalTimes.of(starts_of_day(similar, STEP_MIN)).minute, _sun(similar)
    past = PastEnergies(STEP_MIN, {ROOF: {similar: sun}}, {ANNA: {similar: minutes}})
    period = period_of(day)

    expected = forecast(past, period, all_of_them(period, ANNA))

    steps = steps_in_day(day, STEP_MIN)
    clock = LocalTimes.of(starts_of_day(day, STEP_MIN)).minute
    assert len(expected.consumptions[ANNA]) == steps
    # An hour that the past day does not have is like the last half-hour before it.
    lacking = ~np.isin(clock, minutes)
    assert np.array_equal(expected.consumptions[ANNA], np.where(lacking, 90, clock))
    for pool_wmin in expected.pools_wmin:
        same = np.isin(_sun(day), sun)
        assert np.array_equal(pool_wmin[same], _sun(day)[same])


def test_skies_are_fifths_of_the_days_from_the_darkest_to_the_brightest() -> None:
    days = weeks_before(MONDAY, 1)
    roof = {day: level([day], energy)[day] for day, energy in zip(days, range(7), strict=True)}
    past = PastEnergies(STEP_MIN, {ROOF: roof}, {ANNA: level(days, 1)})
    period = period_of(MONDAY)

    pools_wmin = forecast(past, period, all_of_them(period, ANNA)).pools_wmin

    assert pools_wmin.shape == (SKIES, 48)
    # 0 | 1 | 2 and 3 | 4 | 5 and 6
    assert pools_wmin[:, 0].tolist() == [0, 1, 2, 4, 5]


def test_somebody_without_readings_has_a_profile_or_the_shape_of_the_others() -> None:
    days = weeks_before(MONDAY, 4)
    past = PastEnergies(
        STEP_MIN, {ROOF: level(days, 1)}, {ANNA: level(days, 10), BRUNO: level(days, 30)}
    )
    period = period_of(MONDAY)
    a_year = ExpectedConsumer(annual_wmin=365 * 48 * 50)

    def of_carla(consumer: ExpectedConsumer | None) -> IntArray:
        expected = {} if consumer is None else {CARLA: consumer}
        consumers = all_of_them(period, ANNA, BRUNO, CARLA)
        return forecast(past, period, consumers, expected).consumptions[CARLA]

    assert set(of_carla(None).tolist()) == {20}
    assert set(of_carla(a_year).tolist()) == {50}
    school = of_carla(ExpectedConsumer(annual_wmin=10**9, profile=Profile.SCHOOL))
    assert school[20] > 3 * school[4] > 0


def test_nobody_is_expected_to_consume_on_days_without_taking_part() -> None:
    period = period_of(MONDAY, MONDAY + timedelta(days=1))
    past = PastEnergies(STEP_MIN, {}, {ANNA: level(weeks_before(MONDAY, 2), 10)})

    expected = forecast(past, period, {MONDAY: [ANNA], MONDAY + timedelta(days=1): []})

    assert expected.consumptions[ANNA].tolist() == [10] * 48 + [0] * 48
    assert not expected.pools_wmin.any()


def _forecast(anna: dict[date, IntArray], day: date) -> Forecast:
    period = period_of(day)
    return forecast(PastEnergies(STEP_MIN, {}, {ANNA: anna}), period, all_of_them(period, ANNA))


def _sun(day: date) -> IntArray:
    return starts_of_day(day, STEP_MIN) % (24 * 60)
