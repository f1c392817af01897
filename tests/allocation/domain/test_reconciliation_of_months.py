"""Energies of a month against ours, for what the DSO gives no curve of."""

from datetime import date

import polars as pl

from services.allocation.domain.keys import Priority, SharingKey
from services.allocation.domain.reconciliation import OwnDay
from tests.allocation.domain.reconciling import (
    ANNA,
    BRUNO,
    CARLA,
    COMPLEMENT,
    CONSUMED,
    DEFAULT,
    PRODUCED,
    QUARTERS,
    ROOF,
    SHARED,
    counts,
    energy,
    evidence,
    facts,
    month_of,
    ours,
    reconciled,
    theirs,
)

FIRST, LAST = date(2026, 10, 25), date(2026, 10, 26)
STEPS = 50 + 48


def days(key: SharingKey = DEFAULT) -> list[tuple[OwnDay, None]]:
    """Two days, the first of 25 hours, of which the DSO gives no curve."""
    return [(ours(facts(day=day, key=key)), None) for day in (FIRST, LAST)]


def test_energies_of_tariff_classes_are_added_up() -> None:
    peak, rest = 60_000, 9_000 * STEPS - 60_000
    dso_month = month_of(
        energy(ANNA, SHARED, peak, tariff_class="HPB", precision_wmin=60),
        energy(ANNA, SHARED, rest, tariff_class="HCB", precision_wmin=60),
        energy(ROOF, PRODUCED, 27_000 * STEPS, precision_wmin=60),
    )
    reconciliation = reconciled(*days(), dso_month=dso_month)
    # The DSO gives energies of consumers and does not name Bruno.
    assert counts(reconciliation) == {"perimeter_mismatch": 1}
    anna = reconciliation.points.row(by_predicate=pl.col("prm") == ANNA.prm, named=True)
    assert (anna["basis"], anna["own_wmin"]) == ("month", 9_000 * STEPS)
    assert anna["difference_wmin"] == 0
    assert reconciliation.days_without_curves == [FIRST, LAST]
    assert reconciliation.steps.is_empty()


def test_each_energy_of_a_month_may_be_off_by_one_unit() -> None:
    shared = 9_000 * STEPS  # 882,000: 14.7 kWh
    two = (
        energy(ANNA, SHARED, 9 * 60_000, tariff_class="HP"),
        energy(ANNA, SHARED, 7 * 60_000, tariff_class="HC"),
        energy(BRUNO, SHARED, 2 * shared, precision_wmin=1),
    )
    assert counts(reconciled(*days(), dso_month=month_of(*two))) == {"rounding": 1}
    pair = (energy(ANNA, SHARED, 16 * 60_000), two[2])
    assert counts(reconciled(*days(), dso_month=month_of(*pair))) == {"unexplained": 1}


def test_other_readings_of_a_month_are_a_late_correction_that_explains_the_split() -> None:
    dso_month = month_of(
        energy(ANNA, CONSUMED, 20_000 * STEPS),
        energy(ANNA, SHARED, 12_000 * STEPS),
        energy(BRUNO, CONSUMED, 24_000 * STEPS),
        energy(BRUNO, SHARED, 15_000 * STEPS),
    )
    reconciliation = reconciled(*days(), dso_month=dso_month)
    assert counts(reconciliation) == {"late_correction": 3}
    assert evidence(reconciliation, BRUNO, SHARED) == {("late_correction", "readings differ")}


def test_the_split_of_another_key_over_a_month_is_a_key_not_applied() -> None:
    dso_month = month_of(
        energy(ANNA, SHARED, 9_000 * STEPS),
        energy(ANNA, COMPLEMENT, 3_000 * STEPS),
        energy(BRUNO, SHARED, 18_000 * STEPS),
        energy(BRUNO, COMPLEMENT, 6_000 * STEPS),
    )
    reconciliation = reconciled(*days(key=Priority([[ANNA.prm], [BRUNO.prm]])), dso_month=dso_month)
    assert counts(reconciliation) == {"key_not_applied": 4}
    assert evidence(reconciliation, ANNA, COMPLEMENT) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }


def test_a_key_that_is_new_in_mid_month_leaves_the_days_before_alone() -> None:
    own_days = [
        (ours(facts(day=FIRST)), None),
        (ours(facts(day=LAST, key=Priority([[ANNA.prm], [BRUNO.prm]]))), None),
    ]
    dso_month = month_of(energy(ANNA, SHARED, 9_000 * STEPS), energy(BRUNO, SHARED, 18_000 * STEPS))
    reconciliation = reconciled(*own_days, dso_month=dso_month)
    assert counts(reconciliation) == {"key_not_applied": 2}
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("key_not_applied", "the DSO's split is that of default_dynamic")
    }


def test_a_month_with_a_day_that_is_incomplete_lacks_readings() -> None:
    own_days = [*days()[:1], (ours(facts({ANNA: [None] + [400] * 47}, day=LAST)), None)]
    dso_month = month_of(energy(ANNA, SHARED, 9_000 * STEPS), energy(BRUNO, SHARED, 18_000 * STEPS))
    reconciliation = reconciled(*own_days, dso_month=dso_month)
    assert counts(reconciliation) == {"missing_reading": 2}
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("missing_reading", "days of ours are incomplete or have no shares")
    }
    # What is there is counted: the first day of 50 steps.
    anna = reconciliation.points.row(by_predicate=pl.col("prm") == ANNA.prm, named=True)
    assert anna["own_wmin"] == 9_000 * 50


def test_a_point_that_only_the_dso_s_month_names_is_a_perimeter_mismatch() -> None:
    dso_month = month_of(
        energy(ANNA, SHARED, 9_000 * STEPS),
        energy(BRUNO, SHARED, 18_000 * STEPS),
        energy(CARLA, SHARED, 60_000),
    )
    reconciliation = reconciled(*days(), dso_month=dso_month)
    assert counts(reconciliation) == {"perimeter_mismatch": 1}


def test_what_has_a_curve_is_compared_by_step_only() -> None:
    own_day = ours(facts(day=FIRST))
    curves = {
        series: curve for series, curve in theirs(own_day).items() if series.quantity == SHARED
    }
    dso_month = month_of(energy(ANNA, SHARED, 1), energy(ANNA, COMPLEMENT, 3_000 * 50))
    reconciliation = reconciled((own_day, curves), dso_month=dso_month)
    assert counts(reconciliation) == {}
    basis = dict(reconciliation.points.filter(prm=ANNA.prm).select("quantity", "basis").iter_rows())
    assert basis == {"self_consumed": "step", "complement": "month"}


def test_a_key_that_was_never_ours_does_not_explain_a_split_by_chance() -> None:
    dso_month = month_of(
        energy(ANNA, SHARED, 10_000 * STEPS), energy(BRUNO, SHARED, 17_000 * STEPS)
    )
    reconciliation = reconciled(*days(key=QUARTERS), dso_month=dso_month)
    assert counts(reconciliation) == {"unexplained": 2}
