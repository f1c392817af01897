"""The tariff of networks."""

from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

import pytest

from services.billing.domain.both_bills.tariff_hours import CLASSES
from services.billing.domain.both_bills.turpe import (
    RowStatus,
    TariffFormula,
    collective_grids_on,
    grid_on,
    management_difference_eur,
)
from services.billing.domain.reference import read_rows

_ROWS = sorted(read_rows("turpe"), key=lambda row: (row["code"], row["start"]))
MAY = date(2026, 5, 1)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['code']} {row['start']}")
def test_a_row_says_where_it_comes_from_and_has_an_end(row: dict[str, str]) -> None:
    assert row["legal_reference"]
    assert row["source"]
    assert row["start"] < row["end"]
    assert (row["status"] == RowStatus.ESTIMATE) == row["source"].startswith("none: ")


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['code']} {row['start']}")
def test_energies_are_of_hour_classes_that_bills_know(row: dict[str, str]) -> None:
    assert frozenset(row["energy_ceur_per_kwh"]) in CLASSES


def test_the_rows_of_a_formula_follow_each_other() -> None:
    for _, of_code in groupby(_ROWS, key=lambda row: row["code"]):
        for earlier, later in pairwise(of_code):
            assert earlier["end"] == later["start"]


@pytest.mark.parametrize("formula", list(TariffFormula))
def test_each_formula_has_a_grid_today(formula: TariffFormula) -> None:
    grid = grid_on(MAY, formula)

    assert grid is not None
    assert grid.energy_ceur_per_kwh.keys() == formula.classes
    assert grid.fixed_eur_per_year(12) > 0


@pytest.mark.parametrize("formula", [formula for formula in TariffFormula if formula.is_small])
def test_what_nobody_has_published_is_an_estimate(formula: TariffFormula) -> None:
    before, after = grid_on(date(2026, 7, 31), formula), grid_on(date(2026, 8, 1), formula)

    assert before is not None
    assert after is not None
    assert before.status is RowStatus.SECONDARY
    assert after.status is RowStatus.ESTIMATE


def test_no_grid_is_known_outside_of_the_rows() -> None:
    assert grid_on(date(2025, 1, 31), TariffFormula.CU4) is None
    assert grid_on(date(2027, 8, 1), TariffFormula.CU4) is None


def test_the_fixed_part_is_management_metering_and_power() -> None:
    small, large = grid_on(MAY, TariffFormula.CU4), grid_on(MAY, TariffFormula.SUP_CU)

    assert small is not None
    assert large is not None
    assert small.fixed_eur_per_year(6) == Decimal("99.46")  # 16.80 + 22.00 + 10.11 × 6
    assert large.fixed_eur_per_year(48) == Decimal("1346.35")  # 217.80 + 283.27 + 17.61 × 48


@pytest.mark.parametrize(
    ("formula", "has_option"),
    [
        (TariffFormula.CU4, True),
        (TariffFormula.MU4, True),
        (TariffFormula.SUP_LU, True),
        (TariffFormula.CUST, False),
        (TariffFormula.MUDT, False),
    ],
)
def test_only_formulas_of_four_classes_have_a_collective_grid(
    formula: TariffFormula,
    has_option: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert (collective_grids_on(MAY, formula) is not None) == has_option


def test_managing_a_point_of_an_operation_costs_more_in_every_small_formula() -> None:
    for formula in (TariffFormula.CU4, TariffFormula.CUST):
        assert management_difference_eur(MAY, formula, 365) == Decimal("4.47")
    assert management_difference_eur(MAY, TariffFormula.SUP_CU, 365) is None
