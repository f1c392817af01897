"""What deposits would have shared, by hand."""

from datetime import date
from decimal import Decimal

import numpy as np

from libs.common.calendar import Month
from services.allocation.domain.forecasts.back_test import Foresight, back_test
from services.allocation.domain.forecasts.forecast import PastEnergies
from services.allocation.domain.forecasts.like_days import kind_of
from services.allocation.domain.keys import DefaultDynamic, Static
from tests.allocation.domain.coefficients.world import ANNA, BRUNO, ROOF
from tests.allocation.domain.forecasts.world import STEP_MIN, level, random_past

MARCH, APRIL, MAY = (Month(2026, month) for month in (3, 4, 5))
DAYS = [*MARCH.days, *APRIL.days]


def shop_and_home(days: list[date]) -> PastEnergies:
    """Anna's shop consumes on all days but Sundays and holidays, Bruno's home on these."""
    closed = [day for day in days if kind_of(day) == 7]
    return PastEnergies(
        STEP_MIN,
        {ROOF: level(days, 1_000)},
        {
            ANNA: level(days, 1_000) | level(closed, 0),
            BRUNO: level(days, 0) | level(closed, 1_000),
        },
    )


def test_a_forecast_knows_holidays_that_last_months_weekdays_do_not() -> None:
    (month,) = back_test(shop_and_home(DAYS), DefaultDynamic(), deposit_days=10, decimals=2)

    assert month.month == APRIL
    everything = 30 * 48 * 1_000
    assert month.total_wmin(Foresight.DEFAULT_KEY) == everything == month.production_wmin
    assert month.total_wmin(Foresight.BEST_DEPOSIT) == everything
    assert month.total_wmin(Foresight.FORECAST) == everything
    # 6 April is Easter Monday: on Mondays of March only the shop consumed.
    assert month.total_wmin(Foresight.LAST_MONTH) == everything - 48 * 1_000


def test_fixed_shares_are_those_of_what_was_consumed_before_the_deadline() -> None:
    (month,) = back_test(shop_and_home(DAYS), DefaultDynamic(), deposit_days=10, decimals=2)

    # 1 to 21 March: 3 Sundays of 21 days, so 85,71 % and 14,29 %. April has 25 of the shop's days.
    assert month.shared_wmin[Foresight.FIXED] == {
        ANNA: 25 * 48 * 857,
        BRUNO: 5 * 48 * 142,
    }


def test_nothing_shares_more_than_the_default_key_and_each_at_most_what_it_consumes() -> None:
    past = random_past([*DAYS, *MAY.days], [ANNA, BRUNO], seed=3)
    whole = PastEnergies(
        STEP_MIN,
        past.productions,
        {
            prm: {**level([*DAYS, *MAY.days], 400), **days}
            for prm, days in past.consumptions.items()
        },
    )

    months = list(back_test(whole, DefaultDynamic(), deposit_days=15, decimals=2))

    assert [month.month for month in months] == [APRIL, MAY]
    for month in months:
        for foresight in Foresight:
            assert month.total_wmin(foresight) <= month.total_wmin(Foresight.DEFAULT_KEY)
        for prm, shared_wmin in month.shared_wmin[Foresight.FORECAST].items():
            consumed = sum(int(whole.consumptions[prm][day].sum()) for day in month.month.days)
            assert 0 <= shared_wmin <= consumed


def test_readings_after_the_deadline_change_no_forecast() -> None:
    past = shop_and_home(DAYS)
    shut = {day: np.zeros_like(energy) for day, energy in past.consumptions[ANNA].items()}
    late = {day: shut[day] for day in MARCH.days if day >= date(2026, 3, 22)}
    anna = {**past.consumptions[ANNA], **late}
    changed = PastEnergies(STEP_MIN, past.productions, {**past.consumptions, ANNA: anna})

    before, after = (
        next(iter(back_test(metered, DefaultDynamic(), deposit_days=10, decimals=2)))
        for metered in (past, changed)
    )

    for foresight in (Foresight.FORECAST, Foresight.FIXED):
        assert before.shared_wmin[foresight] == after.shared_wmin[foresight]
    assert before.shared_wmin[Foresight.LAST_MONTH] != after.shared_wmin[Foresight.LAST_MONTH]


def test_a_fixed_key_is_deposited_as_it_is() -> None:
    key = Static({ANNA: Decimal("0.5"), BRUNO: Decimal("0.25")})

    (month,) = back_test(shop_and_home(DAYS), key, deposit_days=10, decimals=2)

    for foresight in (Foresight.BEST_DEPOSIT, Foresight.FORECAST, Foresight.LAST_MONTH):
        assert month.shared_wmin[foresight] == {ANNA: 25 * 48 * 500, BRUNO: 5 * 48 * 250}
