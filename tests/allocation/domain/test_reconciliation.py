"""Every class of difference, worked out by hand on one day of a roof and two homes."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from libs.common.calendar import steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.days import DayStatus
from services.allocation.domain.keys.policy import MissingReadings, OperationPolicy
from services.allocation.domain.perimeter import Participant
from services.allocation.domain.reconciliation import QuantitySeries, own_day
from tests.allocation.domain.reconciling import (
    ANNA,
    BRUNO,
    CARLA,
    COMPLEMENT,
    CONSUMED,
    DAY,
    PRODUCTION,
    ROOF,
    SHARED,
    SURPLUS,
    counts,
    evidence,
    facts,
    ours,
    reconciled,
    says,
    theirs,
)

DAYS = [date(2026, 3, 29), DAY, date(2026, 10, 25)]


@pytest.mark.parametrize("day", DAYS)
def test_a_dso_that_says_the_same_differs_in_nothing(day: date) -> None:
    own_side = ours(facts(day=day))
    reconciliation = reconciled((own_side, theirs(own_side)))
    assert counts(reconciliation) == {}
    steps = steps_in_day(day, 30)
    assert reconciliation.totals.rows() == [
        ("consumption", "complement", 9_000 * steps, 9_000 * steps, 0),
        ("consumption", "consumption", 36_000 * steps, 36_000 * steps, 0),
        ("consumption", "self_consumed", 27_000 * steps, 27_000 * steps, 0),
        ("production", "production", 27_000 * steps, 27_000 * steps, 0),
        ("production", "self_consumed", 27_000 * steps, 27_000 * steps, 0),
        ("production", "surplus", 0, 0, 0),
    ]


def test_one_unit_of_precision_is_rounding_and_a_watt_minute_more_is_not() -> None:
    own_side = ours(facts())
    curves = theirs(own_side)
    says(curves, ANNA, SHARED, [9_060] * 47 + [9_061])
    reconciliation = reconciled((own_side, curves))
    assert counts(reconciliation) == {"rounding": 47, "unexplained": 1}


@pytest.mark.parametrize(("units", "expected"), [(0, "unexplained"), (1, "rounding")])
def test_the_tolerance_is_the_operation_s_policy(units: int, expected: str) -> None:
    own_side = ours(facts())
    curves = theirs(own_side)
    says(curves, ANNA, SHARED, 9_060)
    reconciliation = reconciled((own_side, curves), policy=OperationPolicy(tolerance_units=units))
    assert counts(reconciliation) == {expected: 48}


def test_a_point_that_the_dso_does_not_know_is_a_perimeter_mismatch() -> None:
    own_side = ours(facts())
    caused = "another point is known to one side only"
    # Without Bruno, Anna's 12,000 are less than the 27,000 that the roof makes.
    curves = {
        series: curve for series, curve in theirs(own_side).items() if series.participant != BRUNO
    }
    says(curves, ANNA, SHARED, 12_000)
    says(curves, ANNA, COMPLEMENT, 0)
    says(curves, ROOF, SURPLUS, 15_000)
    says(curves, ROOF, SHARED, 12_000)

    reconciliation = reconciled((own_side, curves))

    assert counts(reconciliation) == {"perimeter_mismatch": 48 * 7}
    evidences = {("perimeter_mismatch", "the DSO does not know the point")}
    assert (
        evidence(reconciliation, BRUNO, CONSUMED)
        == evidence(reconciliation, BRUNO, SHARED)
        == evidences
    )
    consequence = {
        (
            "perimeter_mismatch",
            f"{caused}; our key on the DSO's readings gives its split",
        )
    }
    assert (
        evidence(reconciliation, ANNA, SHARED)
        == evidence(reconciliation, ROOF, SURPLUS)
        == consequence
    )


def test_a_point_that_only_the_dso_knows_is_a_perimeter_mismatch() -> None:
    own_side = ours(facts())
    curves = theirs(own_side)
    says(curves, CARLA, CONSUMED, 6_000)
    reconciliation = reconciled((own_side, curves))
    assert counts(reconciliation) == {"perimeter_mismatch": 48}
    assert evidence(reconciliation, CARLA, CONSUMED) == {
        ("perimeter_mismatch", "only the DSO knows the point")
    }
    row = reconciliation.steps.row(0, named=True)
    assert (row["own_wmin"], row["dso_wmin"], row["difference_wmin"]) == (None, 6_000, None)


def test_a_point_of_which_the_dso_knows_no_more_than_its_name_is_a_mismatch_too() -> None:
    own_side = ours(facts())
    curves = theirs(own_side)
    says(curves, CARLA, CONSUMED, None)
    assert counts(reconciled((own_side, curves))) == {"perimeter_mismatch": 48}


def test_quantities_that_the_dso_does_not_give_are_not_compared() -> None:
    own_side = ours(facts())
    curves = {
        series: curve for series, curve in theirs(own_side).items() if series.quantity == SHARED
    }
    del curves[QuantitySeries(*ROOF, SHARED)]
    reconciliation = reconciled((own_side, curves))
    assert counts(reconciliation) == {}
    assert reconciliation.points["prm"].to_list() == [ANNA.prm, BRUNO.prm]


def test_a_value_that_the_dso_lacks_is_a_missing_reading() -> None:
    own_side = ours(facts())
    curves = theirs(own_side)
    says(curves, ANNA, CONSUMED, [None] + [12_000] * 47)
    reconciliation = reconciled((own_side, curves))
    assert counts(reconciliation) == {"missing_reading": 1}
    assert evidence(reconciliation, ANNA, CONSUMED) == {("missing_reading", "the DSO has no value")}
    assert (
        reconciliation.totals.filter(pl.col("quantity") == "consumption")["difference_wmin"][0]
        == -12_000
    )


def test_a_day_of_ours_that_is_incomplete_is_a_missing_reading() -> None:
    whole = ours(facts())
    own_side = ours(facts({ANNA: [None] + [400] * 47}))
    assert own_side.status == DayStatus.INCOMPLETE
    reconciliation = reconciled((own_side, theirs(whole)))
    # One reading, and of three points 48 shares and rests each.
    assert counts(reconciliation) == {"missing_reading": 1 + 3 * 2 * 48}
    assert evidence(reconciliation, ANNA, CONSUMED) == {("missing_reading", "we have no reading")}
    assert evidence(reconciliation, BRUNO, SHARED) == {
        ("missing_reading", "our day is incomplete, it has no shares")
    }


def test_a_reading_of_ours_that_counted_as_zero_is_missing_and_so_are_the_shares_it_moved() -> None:
    whole = ours(facts())
    own_side = ours(facts({ANNA: [None] + [400] * 47}, missing_readings=MissingReadings.ZERO))
    assert own_side.status == DayStatus.ALLOCATED
    reconciliation = reconciled((own_side, theirs(whole)))
    # In one step: all three quantities of Anna and Bruno's split (24,000 instead of 18,000), the
    # roof's too (it gave 24,000).
    assert counts(reconciliation) == {"missing_reading": 3 + 2 + 2}
    assert evidence(reconciliation, BRUNO, SHARED) == {
        (
            "missing_reading",
            "a reading is missing; our key on the DSO's readings gives its split",
        )
    }


def test_a_split_of_a_reading_that_nobody_has_cannot_be_tried() -> None:
    own_side = ours(facts({ANNA: [None] + [400] * 47}, missing_readings=MissingReadings.ZERO))
    curves = theirs(own_side)
    says(curves, BRUNO, SHARED, [20_000] + [18_000] * 47)
    reconciliation = reconciled((own_side, curves))
    assert counts(reconciliation) == {"missing_reading": 1}
    assert evidence(reconciliation, BRUNO, SHARED) == {("missing_reading", "a reading is missing")}


@pytest.mark.parametrize(
    ("revision", "state"), [(1, "as first received"), (2, "corrected (revision 2)")]
)
def test_other_readings_are_a_late_correction_and_so_is_the_split_of_them(
    revision: int, state: str
) -> None:
    own_side = ours(facts(), revisions={ANNA: revision})
    curves = theirs(own_side)
    # 500 W instead of 400: 27,000 for 15,000 and 24,000, in whole Wh cut off.
    for who, consumed, shared in ((ANNA, 15_000, 10_384), (BRUNO, 24_000, 16_615)):
        cut = shared // 60 * 60
        says(curves, who, CONSUMED, consumed)
        says(curves, who, SHARED, cut)
        says(curves, who, COMPLEMENT, consumed - cut)

    reconciliation = reconciled((own_side, curves))

    assert counts(reconciliation) == {"late_correction": 48 * 5}
    assert evidence(reconciliation, ANNA, CONSUMED) == {
        ("late_correction", f"the DSO used other readings, ours are {state}")
    }
    assert evidence(reconciliation, BRUNO, SHARED) == {
        (
            "late_correction",
            "readings differ; our key on the DSO's readings gives its split",
        )
    }


def test_a_day_that_could_not_be_allocated_is_unexplained() -> None:
    own_side = own_day(facts(), DayStatus.FAILED, [], revisions={}, other_keys={})
    reconciliation = reconciled((own_side, theirs(ours(facts()))))
    assert counts(reconciliation) == {"unexplained": 3 * 3 * 48}
    assert evidence(reconciliation, ANNA, SHARED) == {
        ("unexplained", "our day could not be allocated")
    }


def test_a_split_of_readings_that_the_dso_has_rounded_may_be_off_twice_the_tolerance() -> None:
    # Anna took 15,419, so that the DSO gave Bruno 16,438.8: 273 Wh, which are 16,380. Of its 256 Wh
    # for Anna, 15,360, we make 16,463.
    own_side = ours(facts())
    curves = theirs(own_side)
    for who, consumed, shared in ((ANNA, 15_360, 10_560), (BRUNO, 24_000, 16_380)):
        says(curves, who, CONSUMED, consumed)
        says(curves, who, SHARED, shared)
        says(curves, who, COMPLEMENT, consumed - shared)
    assert set(counts(reconciled((own_side, curves)))) == {"late_correction"}


def test_differences_of_several_days_are_one_finding() -> None:
    days = [date(2026, 10, 12), date(2026, 10, 14)]
    pairs = []
    for day in days:
        own_side = ours(facts(day=day))
        curves = theirs(own_side)
        says(curves, ANNA, CONSUMED, [18_000] + [12_000] * 47, day=day)
        pairs.append((own_side, curves))
    reconciliation = reconciled(*pairs)
    (finding,) = reconciliation.findings.to_dicts()
    assert (finding["days"], finding["count"], finding["difference_wmin"]) == (2, 2, 12_000)
    assert [finding["first_day"], finding["last_day"]] == days


def test_points_on_both_sides_are_compared_on_each() -> None:
    battery = Participant(ANNA.prm, PRODUCTION)
    own_side = ours(facts({battery: 100}))
    reconciliation = reconciled((own_side, theirs(own_side)))
    assert counts(reconciliation) == {}
    directions = reconciliation.points.filter(pl.col("prm") == ANNA.prm)["direction"]
    assert sorted(directions) == ["consumption"] * 3 + ["production"] * 3


def test_many_points_are_compared() -> None:
    homes: dict[Participant, int] = {
        Participant(Prm(f"9998{number:010}"), ANNA.direction): 10 + number % 7
        for number in range(200)
    }
    own_side = ours(facts(homes))
    curves = theirs(own_side)
    for series, curve in curves.items():
        cut = [0 if value is None else value // 60 * 60 for value in curve.energy_wmin]
        curves[series] = replace(curve, energy_wmin=cut)
    reconciliation = reconciled((own_side, curves))
    assert set(counts(reconciliation)) == {"rounding"}
    assert np.abs(reconciliation.points["difference_wmin"].to_numpy()).max() < 60 * 48
