"""Two sides with other steps than each other, and days of 23 and 25 hours."""

from datetime import date

import pytest

from libs.common.calendar import steps_in_day
from tests.allocation.domain.reconciling import (
    ANNA,
    CONSUMED,
    DAY,
    SHARED,
    counts,
    facts,
    ours,
    reconciled,
    says,
    theirs,
)

DAYS = [date(2026, 3, 29), DAY, date(2026, 10, 25)]


@pytest.mark.parametrize("day", DAYS)
def test_the_dso_s_finer_steps_are_added_up(day: date) -> None:
    own_day = ours(facts(day=day))
    finer = ours(facts(day=day, step_min=15))
    reconciliation = reconciled((own_day, theirs(finer)))
    assert counts(reconciliation) == {}
    assert reconciliation.totals["own_wmin"].sum() == reconciliation.totals["dso_wmin"].sum()


@pytest.mark.parametrize("day", DAYS)
def test_our_finer_steps_are_added_up(day: date) -> None:
    own_day = ours(facts(day=day, step_min=15))
    coarser = ours(facts(day=day, step_min=60))
    curves = theirs(coarser, precision_wmin=60_000)
    assert counts(reconciled((own_day, curves))) == {}
    says(curves, ANNA, SHARED, 78_000, day=day, step_min=60, precision_wmin=60_000)
    assert counts(reconciled((own_day, curves))) == {"rounding": steps_in_day(day, 60)}


def test_a_sum_of_two_energies_may_be_off_by_two_units() -> None:
    own_day = ours(facts())
    curves = theirs(ours(facts(step_min=15)))
    says(curves, ANNA, SHARED, 4_440, step_min=15)
    assert counts(reconciled((own_day, curves))) == {"rounding": 48}
    says(curves, ANNA, SHARED, 4_439, step_min=15)
    assert counts(reconciled((own_day, curves))) == {"unexplained": 48}


def test_a_sum_of_which_the_dso_lacks_a_part_is_missing() -> None:
    own_day = ours(facts())
    curves = theirs(ours(facts(step_min=15)))
    says(curves, ANNA, CONSUMED, [None] + [6_000] * 95, step_min=15)
    assert counts(reconciled((own_day, curves))) == {"missing_reading": 1}


def test_the_steps_that_differ_are_listed_with_their_instants() -> None:
    day = date(2026, 10, 25)
    own_day = ours(facts(day=day))
    curves = theirs(own_day)
    says(curves, ANNA, CONSUMED, [12_000] * 5 + [18_000] + [12_000] * 44, day=day)
    reconciliation = reconciled((own_day, curves))
    row = reconciliation.steps.row(0, named=True)
    # The second 02:30 of that night, as the day begins at 22:00 UTC.
    assert row["start"].isoformat() == "2026-10-25T00:30:00+00:00"
    assert {name: row[name] for name in ("step_min", "prm", "own_wmin", "dso_wmin")} == {
        "step_min": 30,
        "prm": ANNA.prm,
        "own_wmin": 12_000,
        "dso_wmin": 18_000,
    }
    assert (row["difference_wmin"], row["class"]) == (6_000, "late_correction")
