"""From shared energy to cents."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.lines import InvoiceLine, charge_month
from services.billing.domain.invoices.totals import add_totals, totals
from services.billing.domain.prices.price_list import Price, PriceEntry, PriceList, parse_price_list
from services.billing.domain.prices.pricing import (
    NO_HOURS,
    DayEnergy,
    HoursByPair,
    HoursUnknown,
    PriceMissing,
    attribute,
    refuse_gaps,
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


def _entry(euro: str, **changes: object) -> dict[str, object]:
    entry = {"price_eur_per_kwh": euro, "vat_rate": "0.20", "valid_from": "2026-06-01"}
    return {**entry, **changes}


def charge_june(
    energies: list[DayEnergy], prices: PriceList, *, hours: HoursByPair = NO_HOURS
) -> list[InvoiceLine]:
    attribution = attribute(energies, prices, hours=hours)
    refuse_gaps(attribution)
    return charge_month(attribution, Month.of(FIRST))


def test_a_change_in_mid_month_makes_two_lines_and_applies_to_the_day() -> None:
    change = date(2026, 6, 15)
    before, after = _price(100_000, valid_to=change), _price(200_000, valid_from=change)
    days = [date(2026, 6, 16), date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 13)]

    lines = charge_june(
        [DayEnergy(P, A, day, KWH_WMIN) for day in days], PriceList((after, before))
    )

    assert [
        (line.valid_from, line.valid_to, line.energy_wmin, line.amount_cents) for line in lines
    ] == [
        (FIRST, change, 2 * KWH_WMIN, 20),
        (change, date(2026, 7, 1), 2 * KWH_WMIN, 40),
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

    (line,) = charge_june([DayEnergy(P, A, FIRST, energy_wmin)], prices)

    assert line.amount_cents == cents


@given(st.integers(0, 10**15), st.integers(0, 10**6))
def test_amounts_are_those_of_exact_fractions(energy_wmin: int, micro_eur: int) -> None:
    lines = charge_june([DayEnergy(P, A, FIRST, energy_wmin)], PriceList((_price(micro_eur),)))

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

    lines = charge_june(energies, prices)

    assert sum(line.energy_wmin for line in lines) == sum(e.energy_wmin for e in energies)
    assert lines == charge_june(sorted(energies), prices) == charge_june(energies[::-1], prices)
    assert len({(line.producer, line.consumer, line.price) for line in lines}) == len(lines)
    sums = totals(_charged(lines))
    assert sums.excl_vat_cents == sum(line.amount_cents for line in lines)
    assert sums.incl_vat_cents == sums.excl_vat_cents + sum(vat.vat_cents for vat in sums.vat)


def test_vat_is_computed_by_rate_on_the_sum_of_lines() -> None:
    # 3 × 13 cents at 20 % is 7.8 → 8; by line it would be 3 × 2.6 → 3 × 3 = 9.
    full, reduced = Decimal("0.20"), Decimal("0.055")

    sums = totals([(full, 13), (full, 13), (reduced, 100), (full, 13)])

    assert [(vat.rate, vat.base_cents, vat.vat_cents) for vat in sums.vat] == [
        (Decimal("0.20"), 39, 8),
        (Decimal("0.055"), 100, 6),
    ]
    assert (sums.excl_vat_cents, sums.incl_vat_cents) == (139, 153)


def test_totals_of_several_invoices_add_up_as_they_are_printed() -> None:
    sums = add_totals(totals([(Decimal("0.20"), 13)]) for _ in range(3))

    assert (sums.excl_vat_cents, sums.vat[0].vat_cents, sums.incl_vat_cents) == (39, 9, 48)


def test_no_lines_cost_nothing() -> None:
    assert charge_june([], PriceList((_price(),))) == []
    assert totals([]).incl_vat_cents == add_totals([]).incl_vat_cents == 0


def test_energy_without_a_price_is_refused_with_producer_and_days() -> None:
    prices = PriceList((_price(producer=P, valid_to=date(2026, 6, 3)),))
    energies = [DayEnergy(P, A, FIRST + timedelta(days=i), 1) for i in range(12)]
    energies += [DayEnergy(Q, A, FIRST, 1), DayEnergy(Q, A, date(2026, 6, 2), 0)]

    with pytest.raises(PriceMissing) as refusal:
        charge_june(energies, prices)

    assert f"{P} on 2026-06-03, " in refusal.value.detail
    assert "and 5 more days" in refusal.value.detail
    assert f"{Q} on 2026-06-01." in refusal.value.detail
    assert refusal.value.facts == {
        "missing": {P: [f"2026-06-{day:02}" for day in range(3, 13)], Q: ["2026-06-01"]}
    }


def _charged(lines: list[InvoiceLine]) -> list[tuple[Decimal, int]]:
    return [(Decimal(line.vat_rate), line.amount_cents) for line in lines]


_CLASSES = (None, "HP", "HC")
_HOURLY = st.lists(
    st.tuples(
        st.sampled_from([P, Q]),
        st.sampled_from([A, B]),
        st.integers(0, 29).map(lambda days: FIRST + timedelta(days=days)),
        st.dictionaries(st.sampled_from(_CLASSES), st.integers(0, 10**8)),
    ),
    unique_by=lambda row: row[:3],
)
_WINDOWS = [{"hours": [["22:00", "06:00"]]}], [{"hours": [["06:00", "20:00"]]}]
_BY_HOUR: dict[str, Any] = {
    "entries": [
        _entry("0.12", valid_to="2026-06-11"),
        _entry("0.13", valid_from="2026-06-11", vat_rate="0.055"),
        _entry("0.15", hour_class="HP"),
        _entry("0.09", hour_class="HC", producer=Q, index="L"),
        _entry("0.07", group="Solidaires", hour_class="HC", valid_from="2026-06-05"),
    ],
    "groups": [{"name": "Solidaires", "social": True, "consumers": [B]}],
    "hour_classes": [
        {"name": name, "windows": windows}
        for name, windows in zip(("HC", "HP"), _WINDOWS, strict=True)
    ],
    "indexes": [
        {"name": "L", "coefficients": [{"valid_from": "2026-06-20", "coefficient": "1.0213"}]}
    ],
    "discounts": [
        {"name": "Bienvenue", "percent": "12.5", "consumer": A, "valid_from": "2026-06-14"}
    ],
}


@given(_HOURLY, st.randoms(use_true_random=False))
def test_energy_of_hour_classes_is_all_priced_and_lines_add_up(
    hourly: list[tuple[Prm, Prm, date, dict[str | None, int]]], random: Random
) -> None:
    energies, hours = _told(hourly)
    lines = charge_june(energies, parse_price_list(_BY_HOUR), hours=hours)

    assert sum(line.energy_wmin for line in lines) == sum(energy.energy_wmin for energy in energies)
    sums = totals(_charged(lines))
    assert sums.excl_vat_cents == sum(line.amount_cents for line in lines)
    for line in lines:
        exact = Fraction(line.energy_wmin * line.price.price_micro_eur_per_kwh, KWH_WMIN * 10_000)
        assert line.amount_cents == floor(exact + Fraction(1, 2))
    random.shuffle(hourly)
    shuffled, hours = _told(hourly)
    again = charge_june(shuffled, parse_price_list(_BY_HOUR), hours=hours)
    assert again == lines


@given(_HOURLY)
def test_each_class_of_each_day_has_the_price_of_its_own(
    hourly: list[tuple[Prm, Prm, date, dict[str | None, int]]],
) -> None:
    prices = parse_price_list(_BY_HOUR)
    energies, hours = _told(hourly)
    expected: Counter[tuple[Prm, Prm, Price | None]] = Counter()
    for producer, consumer, day, by_class in hourly:
        buyer = prices.buyer(consumer, None)
        for hour_class, energy_wmin in by_class.items():
            price = prices.prices_on(producer, buyer, day)[hour_class]
            expected[producer, consumer, price] += energy_wmin

    attribution = attribute(energies, prices, hours=hours)

    wmin_by_key = {key: sum(days.values()) for key, days in attribution.days_wmin.items()}
    assert wmin_by_key == {key: energy_wmin for key, energy_wmin in expected.items() if energy_wmin}


def test_hours_that_are_not_known_are_refused_or_priced_without_class() -> None:
    energies = [DayEnergy(P, A, FIRST, KWH_WMIN), DayEnergy(P, A, date(2026, 6, 2), KWH_WMIN)]
    # The second day's hours do not add up to its energy.
    hours: HoursByPair = {(P, A): {date(2026, 6, 2): {"HP": KWH_WMIN - 1}}}

    with pytest.raises(HoursUnknown) as refusal:
        charge_june(energies, parse_price_list(_BY_HOUR), hours=hours)
    assert refusal.value.facts == {"unknown": {P: ["2026-06-01", "2026-06-02"]}}

    fallback = parse_price_list({**_BY_HOUR, "unknown_hours": "price_without_class"})
    (line,) = charge_june(energies, fallback, hours=hours)
    assert (line.hour_class, line.energy_wmin, line.amount_cents) == (None, 2 * KWH_WMIN, 24)


def test_hours_are_not_asked_for_where_the_price_does_not_depend_on_them() -> None:
    entry = _entry("0.11", consumer=A)
    prices = parse_price_list({**_BY_HOUR, "entries": [*_BY_HOUR["entries"], entry]})

    (line,) = charge_june([DayEnergy(P, A, FIRST, KWH_WMIN)], prices)

    assert (line.rule, line.amount_cents) == ("point", 11)


def test_a_class_without_a_price_is_told() -> None:
    only_peak = {**_BY_HOUR, "entries": [_entry("0.15", hour_class="HP")], "discounts": []}
    energies, hours = _told([(P, A, FIRST, {"HP": 5, "HC": 7})])

    attributed = attribute(energies, parse_price_list(only_peak), hours=hours)

    assert attributed.unpriced == [(P, A, FIRST, "HC")]
    assert [sum(days.values()) for days in attributed.days_wmin.values()] == [5]


def _told(
    hourly: list[tuple[Prm, Prm, date, dict[str | None, int]]],
) -> tuple[list[DayEnergy], HoursByPair]:
    hours: defaultdict[tuple[Prm, Prm], dict[date, dict[str | None, int]]] = defaultdict(dict)
    for producer, consumer, day, by_class in hourly:
        hours[producer, consumer][day] = by_class
    days = [DayEnergy(*row[:3], sum(row[3].values())) for row in hourly]
    return days, hours
