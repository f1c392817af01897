"""What shares each day: the key in force, a deposit, or what stands for one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from services.allocation.domain.coefficient_regimes.regimes import (
    CoefficientRegime,
    RegimeChoice,
    WithoutDeposit,
)
from services.allocation.domain.keys.bases import CoefficientBasis, DayBasis
from services.allocation.domain.keys.ruling import OperationKeys
from services.allocation.domain.keys.timeline import KeyPeriod, kinds_in_force

AFTER, BEFORE = CoefficientRegime.AFTER_THE_MONTH, CoefficientRegime.BEFORE_THE_MONTH
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
DYNAMIC = {"type": "dynamic"}
STATIC = {"type": "static", "shares": {"99000000000001": "1"}}
DEFAULT_KEY = DayBasis(CoefficientBasis.DEFAULT_KEY)


def keys(
    definition: dict[str, Any],
    *,
    deposits: dict[Month, int] | None = None,
    without: WithoutDeposit = WithoutDeposit.DEFAULT_KEY,
    until: date | None = None,
) -> OperationKeys:
    """Of an operation that sets its coefficients before the month from October to November."""
    period = KeyPeriod(date(2026, 1, 1), until, until is None, definition)
    choices = [
        RegimeChoice(OCTOBER, BEFORE, 15, without),
        RegimeChoice(Month(2026, 12), AFTER, 10),
    ]
    return OperationKeys([period], choices, deposits or {})


def basis(of_operation: OperationKeys, day: date) -> DayBasis | None:
    period = of_operation.on(day)
    assert period is not None
    return period.basis


def test_a_regime_begins_and_ends_with_a_month() -> None:
    of_operation = keys(DYNAMIC, deposits={OCTOBER: 2, NOVEMBER: 1})
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31)]
    days += [date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)]

    october = DayBasis(CoefficientBasis.DEPOSIT, "2026-10", 2)
    november = DayBasis(CoefficientBasis.DEPOSIT, "2026-11", 1)
    assert [basis(of_operation, day) for day in days] == [
        *(None, october, october),
        *(november, november, None),
    ]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (DYNAMIC, DEFAULT_KEY),
        ({"type": "full_dynamic"}, DEFAULT_KEY),
        ({"type": "priority", "ranks": [["99000000000001"]]}, DEFAULT_KEY),
        (STATIC | {"redistribute": True}, DEFAULT_KEY),
        (STATIC, None),
        ({"type": "default_dynamic"}, None),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else None,
)
def test_without_a_deposit_a_key_goes_on_where_the_dso_applies_it(
    definition: dict[str, Any], expected: DayBasis | None
) -> None:
    of_operation = keys(definition)
    assert basis(of_operation, date(2026, 10, 5)) == expected
    (kind,) = kinds_in_force(
        of_operation.during(OCTOBER), OCTOBER.first_day, OCTOBER.next_first_day
    )
    assert (kind.valid_from, kind.valid_to) == (OCTOBER.first_day, OCTOBER.next_first_day)
    if expected:
        assert kind.kind == "default_dynamic"


def test_the_last_deposit_of_an_earlier_month_stands_in_where_it_was_chosen() -> None:
    last = WithoutDeposit.LAST_DEPOSIT
    october = {Month(2026, 9): 1, OCTOBER: 3, Month(2027, 1): 1}

    assert basis(keys(DYNAMIC, deposits=october, without=last), date(2026, 11, 9)) == DayBasis(
        CoefficientBasis.LAST_DEPOSIT, "2026-10", 3
    )
    assert basis(keys(DYNAMIC, deposits=october), date(2026, 11, 9)) == DEFAULT_KEY
    later = keys(DYNAMIC, deposits={Month(2027, 1): 1}, without=last)
    assert basis(later, date(2026, 11, 9)) == DEFAULT_KEY


def test_a_deposit_of_a_month_that_was_given_another_regime_stands_in_for_none() -> None:
    of_operation = keys(DYNAMIC, deposits={OCTOBER: 1}, without=WithoutDeposit.LAST_DEPOSIT)
    choices = [
        RegimeChoice(OCTOBER, AFTER, 15),
        RegimeChoice(NOVEMBER, BEFORE, 15, WithoutDeposit.LAST_DEPOSIT),
    ]
    day = date(2026, 11, 9)

    assert basis(of_operation, day) == DayBasis(CoefficientBasis.LAST_DEPOSIT, "2026-10", 1)
    assert basis(replace(of_operation, choices=choices), day) == DEFAULT_KEY


def test_what_the_dso_may_have_applied_in_place_has_its_name() -> None:
    of_operation = replace(
        keys(DYNAMIC, deposits={Month(2026, 9): 1, OCTOBER: 2}), made={OCTOBER: (1, 2, 3)}
    )
    choices = [*of_operation.choices, RegimeChoice(Month(2026, 8), BEFORE, 15)]
    october, december = date(2026, 10, 5), date(2026, 12, 5)

    names = list(replace(of_operation, choices=choices).in_place(october))
    assert names == [
        *("deposit 3 of 2026-10", "deposit 1 of 2026-10", "deposit 1 of 2026-09"),
        "the key in force",
    ]
    withdrawn = replace(of_operation, deposits={}, made={Month(2026, 12): (1,)})
    assert list(withdrawn.in_place(december)) == ["deposit 1 of 2026-12"]
    assert list(keys(DYNAMIC).in_place(december)) == []


def test_a_deposit_shares_days_without_a_key_and_nothing_stands_in_there() -> None:
    until = date(2026, 10, 16)
    assert keys(DYNAMIC, until=until).on(until) is None
    (kept,) = keys(DYNAMIC, until=until).during(OCTOBER)
    assert (kept.valid_from, kept.valid_to, kept.basis) == (
        OCTOBER.first_day,
        until,
        DEFAULT_KEY,
    )
    assert basis(keys(DYNAMIC, until=until, deposits={OCTOBER: 1}), until) is not None


def test_after_the_month_nothing_but_the_key_shares() -> None:
    of_operation = keys(DYNAMIC, deposits={Month(2026, 12): 1})
    december = of_operation.during(Month(2026, 12))
    assert december == of_operation.timeline


_MONTHS = [Month(2026, number) for number in range(8, 13)]
_CHOICES = st.dictionaries(
    st.sampled_from(_MONTHS),
    st.tuples(st.sampled_from(CoefficientRegime), st.sampled_from(WithoutDeposit)),
)


@given(_CHOICES, st.dictionaries(st.sampled_from(_MONTHS), st.integers(1, 3)))
def test_whatever_the_regimes_a_month_has_one_and_is_shared_by_what_it_says(
    choice_by_month: dict[Month, tuple[CoefficientRegime, WithoutDeposit]],
    deposits: dict[Month, int],
) -> None:
    period = KeyPeriod(date(2026, 1, 1), None, True, DYNAMIC)
    choices = [RegimeChoice(Month(2026, 1), AFTER, 15)]  # whatever the national default is
    choices += [
        RegimeChoice(month, regime, 15, without)
        for month, (regime, without) in choice_by_month.items()
    ]
    of_operation = OperationKeys([period], choices, deposits)

    def choice_of(month: Month) -> RegimeChoice:
        begun = [choice for choice in choices if choice.from_month <= month]
        return max(begun, key=lambda each: each.from_month)

    def counts(deposited: Month) -> bool:
        return choice_of(deposited).regime is BEFORE

    for month in _MONTHS:
        bases = {basis(of_operation, day) for day in month.days}
        choice = choice_of(month)
        earlier = max((each for each in deposits if each < month and counts(each)), default=None)
        if choice.regime is AFTER:
            assert bases == {None}
        elif month in deposits:
            assert bases == {DayBasis(CoefficientBasis.DEPOSIT, str(month), deposits[month])}
        elif earlier and choice.without_deposit is WithoutDeposit.LAST_DEPOSIT:
            last = DayBasis(CoefficientBasis.LAST_DEPOSIT, str(earlier), deposits[earlier])
            assert bases == {last}
        else:
            assert bases == {DEFAULT_KEY}
