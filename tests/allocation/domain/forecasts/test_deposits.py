"""Coefficients made of a forecast: by hand, and what holds of each whatever was forecast."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate
from services.allocation.domain.coefficients.period import FileName, FilePeriod
from services.allocation.domain.coefficients.writing import write_file
from services.allocation.domain.forecasts.deposits import forecast_coefficients
from services.allocation.domain.forecasts.forecast import Forecast, PastEnergies, forecast
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    KeyTypeUnsupported,
    Priority,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.coefficients import NO_COEFFICIENTS, Coefficients
from services.allocation.domain.keys.fractions import ONE
from tests.allocation.domain.coefficients.world import ANNA, BRUNO, CARLA, OPERATION, ROOF
from tests.allocation.domain.forecasts.world import (
    all_of_them,
    period_of,
    random_past,
    weeks_before,
)

CONSUMERS = (ANNA, BRUNO, CARLA)
DAYS = [date(2026, 10, 12), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 25)]
THIRD = Decimal("0.3333")
KEYS: list[SharingKey] = [
    DefaultDynamic(),
    Dynamic(NO_COEFFICIENTS),
    Static({ANNA: Decimal("0.5"), BRUNO: THIRD}),
    Static(dict.fromkeys(CONSUMERS, THIRD), redistribute=True),
    Priority([[BRUNO], [ANNA, CARLA]]),
    Priority([[CARLA]]),
]


def expecting(pools_wmin: list[int], **consumptions_wmin: int) -> Forecast:
    """A forecast of a day on which each step is alike."""
    period = period_of(DAYS[0])
    steps = len(period.starts_epoch_min)
    prms = {"anna": ANNA, "bruno": BRUNO, "carla": CARLA}
    return Forecast(
        period,
        np.repeat(np.array(pools_wmin)[:, None], steps, axis=1),
        {prms[name]: np.full(steps, energy) for name, energy in consumptions_wmin.items()},
    )


def percents(coefficients: Coefficients) -> dict[Prm, float]:
    """Those of the first step."""
    first = coefficients.share_billionths[0, :, 0]
    return dict(zip(coefficients.consumers, (first / (ONE / 100)).tolist(), strict=True))


def test_the_default_rule_gives_in_proportion_to_what_is_expected_whatever_is_produced() -> None:
    for pools_wmin in ([9_000], [90_000], [0], [0, 9_000, 90_000]):
        expected = expecting(pools_wmin, anna=10_000, bruno=20_000)

        shares = percents(forecast_coefficients(expected, DefaultDynamic(), 2))

        # The second of a row has the rest of its running total: 33,33 and 100 - 33,33.
        assert shares == {ANNA: 33.33, BRUNO: 66.67}


def test_the_first_rank_comes_first_and_bright_days_count_most() -> None:
    expected = expecting([10_000, 40_000], anna=10_000, bruno=50_000)

    shares = percents(forecast_coefficients(expected, Priority([[ANNA], [BRUNO]]), 2))

    # Dark: 10,000 and 0. Bright: 10,000 and 30,000. Of all 50,000: 20,000 and 30,000.
    assert shares == {ANNA: 40, BRUNO: 60}


def test_where_no_sun_is_expected_the_rule_shares_the_first_watts() -> None:
    expected = expecting([0], anna=10_000, bruno=50_000)

    shares = percents(forecast_coefficients(expected, Priority([[ANNA], [BRUNO]]), 2))

    assert shares == {ANNA: 100, BRUNO: 0}


def test_fixed_shares_stay_as_they_are() -> None:
    key = Static({ANNA: Decimal("0.123456"), BRUNO: Decimal("0.5")})
    expected = expecting([10_000], anna=1, bruno=0)

    assert percents(forecast_coefficients(expected, key, 2)) == {ANNA: 12.34, BRUNO: 50}


def test_nobody_expected_to_consume_has_nothing() -> None:
    expected = expecting([10_000], anna=0, bruno=0)

    assert percents(forecast_coefficients(expected, DefaultDynamic(), 2)) == {ANNA: 0, BRUNO: 0}


def test_a_key_by_producer_has_no_forecast() -> None:
    expected = expecting([10_000], anna=1)

    with pytest.raises(KeyTypeUnsupported):
        forecast_coefficients(expected, FullDynamic(NO_COEFFICIENTS), 2)


@given(
    st.sampled_from(KEYS),
    st.sampled_from(DAYS),
    st.integers(0, 2**32 - 1),
    st.integers(0, 7),
)
def test_a_deposit_shares_what_is_there_and_no_more(
    key: SharingKey, day: date, seed: int, decimals: int
) -> None:
    past = random_past(weeks_before(day, 3), CONSUMERS, seed)
    period = period_of(day)
    coefficients = forecast_coefficients(
        forecast(past, period, all_of_them(period, *CONSUMERS)), key, decimals
    )
    shares = coefficients.share_billionths[0]
    assert shares.shape == (3, len(period.starts_epoch_min))
    assert shares.min() >= 0
    assert shares.sum(axis=0).max() <= ONE
    assert not (shares % 10 ** (7 - decimals)).any()

    metered = random_past([day], (), seed + 1)
    pool_wmin = metered.productions[ROOF][day]
    consumptions = {prm: pool_wmin[::-1] // (row + 1) for row, prm in enumerate(CONSUMERS)}
    settled = allocate(
        {ROOF: pool_wmin},
        consumptions,
        Dynamic(coefficients),
        starts_epoch_min=period.starts_epoch_min,
    )
    offered = [
        [int(k) * int(p) // ONE for k, p in zip(row, pool_wmin, strict=True)] for row in shares
    ]
    used = np.array([consumptions[prm] for prm in CONSUMERS])
    assert np.array_equal(settled.allocated_wmin, np.minimum(offered, used))
    assert np.array_equal(settled.surplus_wmin[0] + settled.allocated_wmin.sum(axis=0), pool_wmin)


@given(st.sampled_from(KEYS), st.sampled_from(DAYS), st.integers(0, 2**32 - 1))
def test_the_order_of_points_changes_no_byte(key: SharingKey, day: date, seed: int) -> None:
    past = random_past(weeks_before(day, 2), CONSUMERS, seed)
    turned = replace(past, consumptions={prm: past.consumptions[prm] for prm in CONSUMERS[::-1]})

    assert _file(past, CONSUMERS, day, key) == _file(turned, CONSUMERS[::-1], day, key)


def _file(past: PastEnergies, prms: tuple[Prm, ...], day: date, key: SharingKey) -> bytes:
    period: FilePeriod = period_of(day)
    expected = forecast(past, period, all_of_them(period, *prms))
    coefficients = forecast_coefficients(expected, key, 2)
    name = FileName(OPERATION, period)
    return write_file(name, coefficients.consumers, [coefficients], decimals=2).content
