"""The accise on electricity."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.accise_of_month import AcciseOfMonth
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.taxes.accise import (
    AcciseCategory,
    AcciseEntry,
    AccisePeriod,
    AcciseRegime,
    AcciseRegimeInvalid,
    TaxLine,
    accise_lines,
    accise_periods,
    category_of,
)
from services.billing.domain.versions import in_force

A, B, P, Q = (Prm(f"99{i:012}") for i in (1, 2, 91, 92))
MAY = [date(2026, 5, 1) + timedelta(days=i) for i in range(31)]
KWH_WMIN = 60_000
EXEMPT = AcciseEntry(
    valid_from=date(2026, 1, 1),
    regime=AcciseRegime.EXEMPT,
    legal_basis="art. L312-87 du CIBS",
    evidence="Rescrit 2025-3",
)
STANDARD = AcciseEntry(valid_from=date(2026, 5, 11), regime=AcciseRegime.STANDARD)


def test_the_latest_beginning_holds_and_of_two_with_one_day_the_last_recorded() -> None:
    again = AcciseEntry(valid_from=STANDARD.valid_from, regime=AcciseRegime.UNDECIDED)
    assert in_force([STANDARD, EXEMPT], date(2026, 5, 10)) is EXEMPT
    assert in_force([STANDARD, EXEMPT], date(2026, 5, 11)) is STANDARD
    assert in_force([STANDARD, again, EXEMPT], date(2026, 5, 11)) is again
    assert in_force([STANDARD, EXEMPT], date(2025, 12, 31)) is None


def test_the_days_before_the_first_decision_are_undecided() -> None:
    assert accise_periods([STANDARD], MAY) == [
        AccisePeriod(AcciseRegime.UNDECIDED, date(2026, 5, 1), date(2026, 5, 11), None, None),
        AccisePeriod(AcciseRegime.STANDARD, date(2026, 5, 11), date(2026, 6, 1), None, None),
    ]
    assert accise_periods([EXEMPT], MAY) == [
        AccisePeriod(
            AcciseRegime.EXEMPT,
            date(2026, 5, 1),
            date(2026, 6, 1),
            EXEMPT.legal_basis,
            EXEMPT.evidence,
        )
    ]


def test_only_days_on_which_energy_was_supplied_need_a_regime() -> None:
    accise = AcciseOfMonth([STANDARD], Month(2026, 5), [])
    late = DayEnergy(P, A, MAY[20], KWH_WMIN)
    assert [period.regime for period in accise.periods([late])] == [AcciseRegime.STANDARD]
    early = DayEnergy(P, A, MAY[0], KWH_WMIN)
    assert [period.regime for period in accise.periods([late, early])] == [
        AcciseRegime.UNDECIDED,
        AcciseRegime.STANDARD,
    ]


@pytest.mark.parametrize(
    ("power_w", "category"),
    [
        (None, None),
        (36_000, AcciseCategory.HOUSEHOLD),
        (36_001, AcciseCategory.SME),
        (250_000, AcciseCategory.SME),
        (250_001, AcciseCategory.HIGH_POWER),
    ],
)
def test_a_professional_is_taxed_by_its_power(
    power_w: int | None, category: AcciseCategory | None
) -> None:
    assert category_of(is_household=False, power_w=power_w) is category
    assert category_of(is_household=True, power_w=power_w) is AcciseCategory.HOUSEHOLD


@pytest.mark.parametrize(
    ("fields", "field_name"),
    [
        ({"regime": AcciseRegime.EXEMPT, "legal_basis": "CIBS"}, "evidence"),
        ({"regime": AcciseRegime.EXEMPT, "evidence": "x"}, "legal_basis"),
        ({"regime": AcciseRegime.STANDARD, "evidence": "x"}, "regime"),
        ({"regime": AcciseRegime.UNDECIDED, "categories": {A: AcciseCategory.SME}}, "categories"),
    ],
)
def test_a_decision_without_its_reasons_is_refused(
    fields: dict[str, object], field_name: str
) -> None:
    with pytest.raises(AcciseRegimeInvalid) as refused:
        AcciseEntry(valid_from=date(2026, 1, 1), **fields)  # type: ignore[arg-type]
    assert refused.value.facts == {"field": field_name}


def test_a_change_of_rate_makes_two_lines() -> None:
    july_on = AccisePeriod(AcciseRegime.STANDARD, date(2026, 7, 1), date(2026, 9, 1), None, None)
    energies = [
        DayEnergy(P, A, date(2026, 7, 31), 1000 * KWH_WMIN),
        DayEnergy(P, A, date(2026, 8, 1), 1000 * KWH_WMIN),
    ]
    lines = accise_lines(
        energies, [july_on], category_on=lambda *_: AcciseCategory.HOUSEHOLD, vat_rate="0.2"
    )
    assert [(line.rate_eur_per_mwh, line.amount_cents) for line in lines] == [
        ("30.85", 3085),
        ("30.62", 3062),
    ]
    assert [(line.valid_from, line.valid_to) for line in lines] == [
        (date(2026, 7, 1), date(2026, 8, 1)),
        (date(2026, 8, 1), date(2026, 9, 1)),
    ]


def test_energy_of_a_category_that_is_not_known_is_counted_at_no_rate() -> None:
    periods = accise_periods([STANDARD], MAY)
    energies = [DayEnergy(P, A, MAY[20], 5 * KWH_WMIN)]
    (line,) = accise_lines(energies, periods, category_on=lambda *_: None, vat_rate="0.2")
    assert (line.category, line.rate_eur_per_mwh, line.quantity_kwh, line.amount_cents) == (
        None,
        None,
        5,
        0,
    )


_ENERGIES = st.lists(
    st.builds(
        DayEnergy,
        producer=st.sampled_from([P, Q]),
        consumer=st.sampled_from([A, B]),
        day=st.sampled_from(MAY),
        energy_wmin=st.integers(-(10**6), 10**9),
    )
)


@given(energies=_ENERGIES, order=st.randoms(use_true_random=False))
def test_a_line_is_within_half_a_kwh_and_half_a_cent_whatever_the_order(
    energies: list[DayEnergy], order: Random
) -> None:
    lines = _taxed(energies)
    shuffled = list(energies)
    order.shuffle(shuffled)
    assert _taxed(shuffled) == lines

    due_wmin: defaultdict[Prm, int] = defaultdict(int)
    for energy in energies:
        due_wmin[energy.consumer] += energy.energy_wmin * (energy.day >= STANDARD.valid_from)
    for line in lines:
        assert abs(line.quantity_kwh * KWH_WMIN - due_wmin[line.consumer]) <= KWH_WMIN / 2
        exact_cents = line.quantity_kwh * Decimal("26.58") / 10
        assert abs(line.amount_cents - exact_cents) <= Decimal("0.5")
    assert {line.consumer for line in lines} == {
        prm for prm, wmin in due_wmin.items() if abs(wmin) >= KWH_WMIN / 2
    }


def _taxed(energies: list[DayEnergy]) -> list[TaxLine]:
    periods = accise_periods([EXEMPT, STANDARD], MAY)
    return accise_lines(
        energies, periods, category_on=lambda *_: AcciseCategory.SME, vat_rate="0.2"
    )
