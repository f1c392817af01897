"""When coefficients are set, and what the DSO can make of each type of key."""

from datetime import date
from itertools import pairwise

import pytest

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes import regimes
from services.allocation.domain.coefficient_regimes.reference import RegimeRow, regime_rows
from services.allocation.domain.coefficient_regimes.regimes import (
    APPLICATIONS,
    CoefficientRegime,
    DsoApplication,
    RegimeChoice,
    WithoutDeposit,
    announced_rows,
    regime_of,
)
from services.allocation.domain.coefficient_regimes.too_late import first_month_in_time
from services.allocation.domain.keys.parsing import KEY_TYPES

AFTER, BEFORE = CoefficientRegime.AFTER_THE_MONTH, CoefficientRegime.BEFORE_THE_MONTH
JANUARY = Month(2027, 1)


def test_rows_follow_one_another_and_say_where_they_come_from() -> None:
    begun = [row for row in regime_rows() if row.start is not None]
    assert all(row.source for row in regime_rows())
    assert {CoefficientRegime(row.regime) for row in regime_rows()} == {AFTER, BEFORE}
    for earlier, later in pairwise(begun):
        assert earlier.end == later.start
    assert begun[-1].end is None


def test_what_is_announced_holds_nowhere() -> None:
    (announced,) = announced_rows()
    assert (announced.regime, announced.verified_on) == (BEFORE, None)
    assert regime_of([], Month(2030, 1)).regime is AFTER


@pytest.mark.parametrize("month", [Month(2000, 1), Month(2017, 4), Month(2199, 12)], ids=str)
def test_every_month_has_a_default(month: Month) -> None:
    assert regime_of([], month).regime is AFTER


def test_one_row_read_and_dated_changes_every_operation_that_chose_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_on = date(2026, 12, 5)
    rows = [
        RegimeRow(AFTER, date(2017, 5, 1), date(2027, 1, 1), "D315-6", "M. R.", read_on),
        RegimeRow(BEFORE, date(2027, 1, 1), None, "décret n° 2026-561", "M. R.", read_on),
    ]
    monkeypatch.setattr(regimes, "regime_rows", lambda: rows)

    assert regime_of([], Month(2026, 12)).regime is AFTER
    in_force = regime_of([], JANUARY)
    assert (in_force.regime, in_force.is_verified) == (BEFORE, True)
    choices = [RegimeChoice(Month(2026, 10), AFTER, 10)]
    assert regime_of(choices, Month(2026, 12)).is_verified
    assert not regime_of(choices, JANUARY).is_verified  # the law says otherwise by then


def test_a_choice_holds_from_its_month_to_the_next_choice() -> None:
    choices = [RegimeChoice(JANUARY, BEFORE, 15), RegimeChoice(Month(2027, 6), AFTER, None)]
    months = [Month(2026, 12), JANUARY, Month(2027, 5), Month(2027, 6)]
    assert [regime_of(choices, month).regime for month in months] == [AFTER, BEFORE, BEFORE, AFTER]
    assert regime_of(choices, Month(2027, 6)).deposit_by is None


@pytest.mark.parametrize(
    ("today", "before", "choice", "first_month"),
    [
        ("2026-12-31", None, (BEFORE, 0), "2027-01"),
        ("2027-01-01", None, (BEFORE, 0), "2027-02"),
        ("2027-03-31", None, (BEFORE, 0), "2027-04"),
        ("2027-03-31", None, (AFTER, 0), "2027-01"),  # what was in force already
        ("2026-12-17", (BEFORE, 15), (BEFORE, 0), "2027-01"),
        ("2026-12-18", (BEFORE, 15), (BEFORE, 0), "2027-02"),
        ("2026-12-18", (BEFORE, 15), (BEFORE, 15), "2027-01"),
        ("2026-12-18", (BEFORE, 15), (AFTER, 15), "2027-02"),
        ("2026-12-31", (BEFORE, None), (AFTER, 15), "2027-01"),
        ("2027-02-10", (AFTER, 10), (AFTER, 20), "2027-01"),  # shares nothing otherwise
    ],
)
def test_a_month_that_has_begun_or_is_closed_to_deposits_keeps_what_shares_it(
    today: str,
    before: tuple[CoefficientRegime, int | None] | None,
    choice: tuple[CoefficientRegime, int | None],
    first_month: str,
) -> None:
    earlier = [] if before is None else [RegimeChoice(JANUARY, *before)]
    later = [RegimeChoice(JANUARY, *choice)]

    in_time = first_month_in_time(earlier, later, JANUARY, date.fromisoformat(today))

    assert str(in_time) == first_month


def test_what_stands_in_for_a_deposit_is_chosen_before_the_month() -> None:
    earlier = [RegimeChoice(JANUARY, BEFORE, 0)]
    later = [RegimeChoice(JANUARY, BEFORE, 0, WithoutDeposit.LAST_DEPOSIT)]

    eve = first_month_in_time(earlier, later, JANUARY, date(2026, 12, 31))
    begun = first_month_in_time(earlier, later, JANUARY, date(2027, 1, 1))

    assert (eve, begun) == (JANUARY, Month(2027, 2))


def test_each_type_of_key_says_how_the_dso_can_apply_it() -> None:
    assert {application.key_type for application in APPLICATIONS} == set(KEY_TYPES)
    not_before = {
        (application.key_type, application.redistribute)
        for application in APPLICATIONS
        if application.before_the_month is DsoApplication.NOT_AT_ALL
    }
    assert not_before == {("static", True), ("priority", None)}
    assert all(
        application.after_the_month is not DsoApplication.NOT_AT_ALL for application in APPLICATIONS
    )
