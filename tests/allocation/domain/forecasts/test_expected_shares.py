"""What coefficients are expected to share: by hand, and what holds whatever was forecast."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.allocation.domain.forecasts.deposits import forecast_coefficients
from services.allocation.domain.forecasts.expected_shares import ExpectedShare, expected_month
from services.allocation.domain.forecasts.forecast import SKIES, Forecast, forecast
from services.allocation.domain.keys import DefaultDynamic
from services.allocation.domain.keys.coefficients import POOL, Coefficients
from tests.allocation.domain.coefficients.world import ANNA, BRUNO, CARLA
from tests.allocation.domain.forecasts.world import (
    all_of_them,
    period_of,
    random_past,
    weeks_before,
)

DAYS = [date(2026, 10, 12), date(2026, 3, 29), date(2026, 10, 25)]
"""Of 24, 23 and 25 hours."""


def test_dark_days_share_less_than_a_mean_day_would() -> None:
    """Four skies without sun: a mean day's 20 would all be used, the bright day's 100 are not."""
    period = period_of(DAYS[0])
    steps = len(period.starts_epoch_min)
    pools_wmin = np.repeat(np.array([[0], [0], [0], [0], [100]]), steps, axis=1)
    energies = {ANNA: np.full(steps, 30), BRUNO: np.full(steps, 10)}
    halves = np.full((1, 1, steps), 500_000_000)
    coefficients = Coefficients(period.starts_epoch_min, (POOL,), (ANNA,), halves)

    month = expected_month(Forecast(period, pools_wmin, energies), coefficients)

    assert month.production_wmin == 20 * steps
    assert month.consumers == {
        ANNA: ExpectedShare(30 * steps, 30 * steps // SKIES),
        BRUNO: ExpectedShare(10 * steps, 0),
    }
    assert month.surplus_wmin == 20 * steps - 30 * steps // SKIES


@given(day=st.sampled_from(DAYS), seed=st.integers(0, 2**32 - 1), decimals=st.integers(0, 5))
def test_nobody_is_expected_to_get_more_than_it_uses_nor_all_more_than_is_made(
    day: date, seed: int, decimals: int
) -> None:
    past = random_past(weeks_before(day, 3), (ANNA, BRUNO, CARLA), seed)
    period = period_of(day)
    energies = forecast(past, period, all_of_them(period, ANNA, BRUNO, CARLA))
    coefficients = forecast_coefficients(energies, DefaultDynamic(), decimals)

    month = expected_month(energies, coefficients)

    assert month.surplus_wmin >= 0
    for share in month.consumers.values():
        assert 0 <= share.shared_wmin <= share.consumption_wmin
    order = sorted(energies.consumptions, reverse=True)
    turned = replace(energies, consumptions={prm: energies.consumptions[prm] for prm in order})
    assert expected_month(turned, coefficients) == month
