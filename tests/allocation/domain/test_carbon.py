"""What local energy emits less than the grid's: a range, negative where it is, or not known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

import pytest

from libs.common.calendar import Month
from services.allocation.domain.months.carbon import Carbon, CarbonUnknown, carbon_of
from services.allocation.domain.months.reference import GRID, Factor, factors

KWH = 60_000
BEGIN = date(2021, 1, 1)
OCTOBER = Month(2026, 10)


def _factor(code: str, g_per_kwh: str, *, verified_by: str | None = None) -> Factor:
    value, source = Decimal(g_per_kwh), f"{code} {g_per_kwh}"
    return Factor(code, None, value, BEGIN, None, source, verified_by)


def _range(*local: str, grid: str = "50", shared_wmin: int = KWH) -> tuple[int, int]:
    rows = [_factor(GRID, grid), *(_factor("solar", value) for value in local)]
    carbon = carbon_of(OCTOBER, shared_wmin, {"solar"}, rows)
    assert isinstance(carbon, Carbon)
    return carbon.avoided_g_low, carbon.avoided_g_high


def test_a_range_goes_over_the_places_where_the_modules_may_have_been_made() -> None:
    assert _range("30", "40", "20", shared_wmin=100 * KWH) == (1000, 3000)
    assert _range("30", shared_wmin=100 * KWH) == (2000, 2000)


def test_what_emits_more_than_the_grid_avoids_less_than_nothing() -> None:
    assert _range("60", "40", shared_wmin=10 * KWH) == (-100, 100)
    assert _range("60", "70", shared_wmin=10 * KWH) == (-200, -100)


@pytest.mark.parametrize(
    ("shared_wmin", "grams"),
    [
        (KWH // 2, 1),  # 0.5 g
        (KWH // 2 - 1, 0),
        (3 * KWH // 2, 2),  # 1.5 g
        (1, 0),
        (10**15, 16_666_666_667),
    ],
)
def test_grams_are_rounded_half_up_once(shared_wmin: int, grams: int) -> None:
    assert _range("49", shared_wmin=shared_wmin) == (grams, grams)
    assert _range("51", shared_wmin=shared_wmin) == (-grams, -grams)


def test_tenths_of_grams_are_exact() -> None:
    # As floats, 56.9 - 43.9 is less than 13.
    assert _range("43.9", grid="56.9", shared_wmin=KWH // 2) == (7, 7)


def test_of_several_kinds_the_range_is_that_of_all() -> None:
    rows = [_factor(GRID, "50"), _factor("solar", "40"), _factor("hydro", "6")]

    carbon = carbon_of(OCTOBER, KWH, {"solar", "hydro"}, rows)
    of_panels = carbon_of(OCTOBER, KWH, {"solar"}, rows)

    assert isinstance(carbon, Carbon)
    assert isinstance(of_panels, Carbon)
    assert (carbon.avoided_g_low, carbon.avoided_g_high) == (10, 44)
    assert (of_panels.avoided_g_low, of_panels.avoided_g_high) == (10, 10)
    assert of_panels.sources == ["grid 50", "solar 40"]


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ({"solar", None}, CarbonUnknown.PLANT_KIND_UNKNOWN),
        ({None}, CarbonUnknown.PLANT_KIND_UNKNOWN),
        ({"wind", None}, CarbonUnknown.PLANT_KIND_UNKNOWN),
        ({"solar", "wind"}, CarbonUnknown.PLANT_WITHOUT_FACTOR),
        ({"hydro"}, CarbonUnknown.PLANT_WITHOUT_FACTOR),
        ({"biomass"}, CarbonUnknown.PLANT_WITHOUT_FACTOR),
        (set(), CarbonUnknown.PLANT_WITHOUT_FACTOR),
    ],
)
def test_a_plant_without_a_factor_leaves_the_month_unknown(
    kinds: set[str | None], reason: CarbonUnknown
) -> None:
    assert carbon_of(OCTOBER, KWH, kinds, factors()) == reason


def test_of_nothing_local_nothing_is_told() -> None:
    assert carbon_of(OCTOBER, 0, {"solar"}, factors()) == CarbonUnknown.NOTHING_LOCAL


def test_a_month_before_the_first_row_has_no_factor() -> None:
    before = carbon_of(Month(2020, 12), KWH, {"solar"}, factors())

    assert before == CarbonUnknown.GRID_WITHOUT_FACTOR
    assert isinstance(carbon_of(Month(2021, 1), KWH, {"solar"}, factors()), Carbon)


def test_a_month_goes_by_the_factors_of_its_first_day() -> None:
    changed = date(2026, 10, 15)
    before = replace(_factor(GRID, "50"), end=changed)
    after = replace(_factor(GRID, "30"), start=changed)
    rows = [before, after, _factor("solar", "40")]

    october = carbon_of(OCTOBER, KWH, {"solar"}, rows)
    november = carbon_of(Month(2026, 11), KWH, {"solar"}, rows)

    assert isinstance(october, Carbon)
    assert isinstance(november, Carbon)
    assert (october.avoided_g_low, october.valid_from) == (10, BEGIN)
    assert (november.avoided_g_low, november.valid_from) == (-10, changed)


def test_after_a_row_has_ended_there_is_no_factor() -> None:
    grid = replace(_factor(GRID, "50"), end=date(2026, 10, 1))

    carbon = carbon_of(OCTOBER, KWH, {"solar"}, [grid, _factor("solar", "40")])

    assert carbon == CarbonUnknown.GRID_WITHOUT_FACTOR


def test_a_factor_of_one_side_alone_is_not_enough() -> None:
    grid, panels = _factor(GRID, "50"), _factor("solar", "40")

    assert carbon_of(OCTOBER, KWH, {"solar"}, [panels]) == CarbonUnknown.GRID_WITHOUT_FACTOR
    assert carbon_of(OCTOBER, KWH, {"solar"}, [grid]) == CarbonUnknown.PLANT_WITHOUT_FACTOR


def test_a_figure_is_verified_once_each_of_its_factors_is() -> None:
    grid = _factor(GRID, "50", verified_by="Anna, 2026-11-29")
    panels = _factor("solar", "40", verified_by="Bruno, 2026-11-30")
    others = _factor("solar", "30")

    half = carbon_of(OCTOBER, KWH, {"solar"}, [grid, panels, others])
    whole = carbon_of(OCTOBER, KWH, {"solar"}, [grid, panels])

    assert isinstance(half, Carbon)
    assert isinstance(whole, Carbon)
    assert half.verified_by is None
    assert whole.verified_by == "Anna, 2026-11-29, Bruno, 2026-11-30"


def test_a_figure_holds_since_the_newest_of_its_factors() -> None:
    newer = replace(_factor("solar", "40"), start=date(2026, 1, 1))

    carbon = carbon_of(OCTOBER, KWH, {"solar"}, [_factor(GRID, "50"), newer])

    assert isinstance(carbon, Carbon)
    assert carbon.valid_from == date(2026, 1, 1)


def test_rows_of_a_code_and_origin_follow_each_other_and_say_where_they_are_from() -> None:
    rows = sorted(factors(), key=lambda row: (row.code, row.origin or "", row.start))
    for row in rows:
        assert row.source
        assert row.g_per_kwh > 0
        assert row.end is None or row.start < row.end
    for _, of_one in groupby(rows, key=lambda row: (row.code, row.origin)):
        for before, after in pairwise(of_one):
            assert before.end is not None
            assert before.end <= after.start


def test_rows_keep_what_they_said() -> None:
    """Another value changes what past months show: it is a new row, and a line here."""
    rates = {(row.code, row.origin, row.start): str(row.g_per_kwh) for row in factors()}

    assert rates == {
        ("grid", None, BEGIN): "56.9",
        ("solar", "china", BEGIN): "43.9",
        ("solar", "europe", BEGIN): "32.3",
        ("solar", "france", BEGIN): "25.2",
    }
