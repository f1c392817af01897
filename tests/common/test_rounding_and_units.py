from decimal import Decimal

import pytest

from libs.common.rounding import round_half_up
from libs.common.units import kwh_from_wmin


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("2.005", "2.01"), ("-2.005", "-2.01"), ("2.0049", "2.00"), ("0.005", "0.01"), ("0", "0.00")],
)
def test_half_is_rounded_away_from_zero(value: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(value), 2)) == rounded


def test_a_kilowatt_hour_is_sixty_thousand_watt_minutes() -> None:
    assert kwh_from_wmin(60_000) == 1
    assert kwh_from_wmin(1) * 60_000 == pytest.approx(1)
