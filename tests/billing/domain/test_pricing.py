"""From shared energy to cents."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.billing.domain.price_list import PriceEntry, PriceList
from services.billing.domain.pricing import (
    DayEnergy,
    PriceLine,
    PriceMissing,
    add_totals,
    price_lines,
    totals,
)

A, B, P, Q = (Prm(f"99{i:012}") for i in (1, 2, 91, 92))
FIRST = date(2026, 6, 1)
KWH_WMIN = 60_000

_ENERGIES = st.lists(
    st.builds(
        DayEnergy,
        producer=st.sampled_from([P, Q]),
        consumer=st.sampled_from([A, B]),
        day=st.integers(0, 29).map(lambda days: FIRST + timedelta(days=days)),
        energy_wmin=st.integers(-(10**6), 10**9),
    )
)


def _price(
    micro_eur: int = 100_000,
    vat_rate: str = "0.20",
    *,
    producer: Prm | None = None,
    valid_from: date = FIRST,
    valid_to: date | None = None,
) -> PriceEntry:
    return PriceEntry(producer, micro_eur, Decimal(vat_rate), None, valid_from, valid_to)


def test_a_change_in_mid_month_makes_two_lines_and_applies_to_the_day() -> None:
    change = date(2026, 6, 15)
    before, after = _price(100_000, valid_to=change), _price(200_000, valid_from=change)
    days = [date(2026, 6, 16), date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 13)]

    lines = price_lines(
        [DayEnergy(P, A, day, KWH_WMIN) for day in days], PriceList((after, before))
    )

    assert [(one.price.entry, one.energy_wmin, one.amount_cents) for one in lines] == [
        (before, 2 * KWH_WMIN, 20),
        (after, 2 * KWH_WMIN, 40),
    ]


@pytest.mark.parametrize(
    ("energy_wmin", "micro_eur", "cents"),
    [
        (90_000, 150_000, 23),  # 0.225 €: half up, not half even
        (-90_000, 150_000, -23),
        (30_000, 10_000, 1),  # 0.005 €
        (29_999, 10_000, 0),
        (123_456, 123_400, 25),  # 0.25390784 €
        (1, 1, 0),
    ],
)
def test_an_amount_is_rounded_half_up_to_the_cent(
    energy_wmin: int, micro_eur: int, cents: int
) -> None:
    prices = PriceList((_price(micro_eur),))

    (line,) = price_lines([DayEnergy(P, A, FIRST, energy_wmin)], prices)

    assert line.amount_cents == cents


@given(st.integers(0, 10**15), st.integers(0, 10**6))
def test_amounts_are_those_of_exact_fractions(energy_wmin: int, micro_eur: int) -> None:
    lines = price_lines([DayEnergy(P, A, FIRST, energy_wmin)], PriceList((_price(micro_eur),)))

    exact_cents = Fraction(energy_wmin, KWH_WMIN) * Fraction(micro_eur, 10_000)
    assert sum(line.amount_cents for line in lines) == floor(exact_cents + Fraction(1, 2))


@given(_ENERGIES)
def test_no_energy_is_lost_and_the_order_of_days_changes_nothing(
    energies: list[DayEnergy],
) -> None:
    prices = PriceList(
        (
            _price(120_000, valid_to=date(2026, 6, 11)),
            _price(130_000, "0.055", valid_from=date(2026, 6, 11)),
            _price(90_000, producer=Q, valid_from=date(2026, 6, 5), valid_to=date(2026, 6, 21)),
        )
    )

    lines = price_lines(energies, prices)

    assert sum(line.energy_wmin for line in lines) == sum(e.energy_wmin for e in energies)
    assert lines == price_lines(sorted(energies), prices) == price_lines(energies[::-1], prices)
    assert len({(line.producer, line.consumer, line.price) for line in lines}) == len(lines)
    sums = totals(lines)
    assert sums.excl_vat_cents == sum(line.amount_cents for line in lines)
    assert sums.incl_vat_cents == sums.excl_vat_cents + sum(vat.vat_cents for vat in sums.vat)


def test_vat_is_computed_by_rate_on_the_sum_of_lines() -> None:
    # 3 × 13 cents at 20 % is 7.8 → 8; by line it would be 3 × 2.6 → 3 × 3 = 9.
    lines = [_line("0.20", 13), _line("0.20", 13), _line("0.055", 100), _line("0.20", 13)]

    sums = totals(lines)

    assert [(vat.rate, vat.base_cents, vat.vat_cents) for vat in sums.vat] == [
        (Decimal("0.20"), 39, 8),
        (Decimal("0.055"), 100, 6),
    ]
    assert (sums.excl_vat_cents, sums.incl_vat_cents) == (139, 153)


def test_totals_of_several_invoices_add_up_as_they_are_printed() -> None:
    sums = add_totals(totals([_line("0.20", 13)]) for _ in range(3))

    assert (sums.excl_vat_cents, sums.vat[0].vat_cents, sums.incl_vat_cents) == (39, 9, 48)


def test_no_lines_cost_nothing() -> None:
    assert price_lines([], PriceList((_price(),))) == []
    assert totals([]).incl_vat_cents == add_totals([]).incl_vat_cents == 0


def test_energy_without_a_price_is_refused_with_producer_and_days() -> None:
    prices = PriceList((_price(producer=P, valid_to=date(2026, 6, 3)),))
    energies = [DayEnergy(P, A, FIRST + timedelta(days=i), 1) for i in range(12)]
    energies += [DayEnergy(Q, A, FIRST, 1), DayEnergy(Q, A, date(2026, 6, 2), 0)]

    with pytest.raises(PriceMissing) as refusal:
        price_lines(energies, prices)

    assert f"{P} on 2026-06-03, " in refusal.value.detail
    assert "and 5 more days" in refusal.value.detail
    assert f"{Q} on 2026-06-01." in refusal.value.detail
    assert refusal.value.facts == {
        "missing": {P: [f"2026-06-{day:02}" for day in range(3, 13)], Q: ["2026-06-01"]}
    }


def _line(vat_rate: str, amount_cents: int) -> PriceLine:
    price = PriceList((_price(vat_rate=vat_rate),)).find_price(P, FIRST)
    assert price is not None
    return PriceLine(P, A, price, KWH_WMIN, amount_cents)
