"""Hour classes: which half-hours they have, and that none is in two of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.units import WMIN_PER_KWH
from services.billing.domain.invoices.lines import charge_month
from services.billing.domain.prices.half_hours import DetailedPair, add_by_class
from services.billing.domain.prices.price_list import PriceList, parse_price_list
from services.billing.domain.prices.pricing import DayEnergy, attribute

ROOF, ANNA = Prm("99000000000091"), Prm("99000000000001")
PEAK = {"name": "HP", "windows": [{"hours": [["06:00", "22:00"]]}]}
OFF_PEAK = {"name": "HC", "windows": [{"hours": [["22:00", "06:00"]]}]}


def list_of(*classes: dict[str, Any]) -> PriceList:
    entry = {"price_eur_per_kwh": "0.13", "vat_rate": "0.20", "valid_from": "2026-01-01"}
    return parse_price_list({"entries": [entry], "hour_classes": list(classes)})


def test_hours_over_midnight_are_the_end_and_the_beginning_of_each_day() -> None:
    classes = list_of(PEAK, OFF_PEAK).classes_of_day(date(2026, 6, 15))
    assert classes == ("HC",) * 12 + ("HP",) * 32 + ("HC",) * 4


@pytest.mark.parametrize(
    ("window", "days"),
    [
        ({"days": ["mon"]}, {date(2026, 5, 4), date(2026, 5, 11)}),
        ({"days": ["holiday"]}, {date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14)}),
        (
            {"days": ["working_day"]},
            {date(2026, 5, day) for day in (4, 5, 6, 7, 11, 12, 13)},
        ),
        ({"months": [4, 6]}, set()),
        ({"months": [5], "days": ["sun"]}, {date(2026, 5, 3), date(2026, 5, 10)}),
    ],
)
def test_days_and_seasons_are_those_of_the_calendar(
    window: dict[str, Any], days: set[date]
) -> None:
    prices = list_of({"name": "HP", "windows": [window]})
    first_half_of_may = [date(2026, 5, 1) + timedelta(days=days) for days in range(14)]
    assert {day for day in first_half_of_may if "HP" in prices.classes_on(day)} == days


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        ([{"hours": [["05:30", "07:00"]]}], "05:30"),
        ([{"days": ["holiday"], "hours": [["00:00", "24:00"]]}], "public holiday"),
        ([{"months": [12], "days": ["sat"]}], "sat of month 12"),
    ],
)
def test_a_half_hour_in_two_classes_is_refused(windows: list[Any], words: str) -> None:
    other = {"name": "Nuit", "windows": windows}
    for classes in ([OFF_PEAK, other], [other, OFF_PEAK]):
        with pytest.raises(Problem) as refusal:
            list_of(*classes)
        assert refusal.value.status == 409
        assert words in refusal.value.detail
        assert "HC" in refusal.value.detail
        assert "Nuit" in refusal.value.detail


@pytest.mark.parametrize(
    ("window", "status", "words"),
    [
        ({}, 409, "would cover everything"),
        ({"hours": [["06:15", "07:00"]]}, 422, "on half-hours"),
        ({"hours": [["06:00", "06:00"]]}, 422, "different times"),
        ({"hours": ["06:00-07:00"]}, 422, "on half-hours"),
        ({"months": [13]}, 422, "not 1 to 12"),
        ({"months": [True]}, 422, "not 1 to 12"),
        ({"days": ["monday"]}, 422, "not one of mon"),
        ({"weeks": [1]}, 422, "unknown fields: weeks"),
    ],
)
def test_a_window_that_cannot_be_used_is_refused(
    window: dict[str, Any], status: int, words: str
) -> None:
    with pytest.raises(Problem) as refusal:
        list_of({"name": "HP", "windows": [window]})
    assert (refusal.value.status, refusal.value.slug) == (status, "price-list-invalid")
    assert words in refusal.value.detail


_HALF_HOURS = st.integers(0, 47)
_WINDOWS = st.fixed_dictionaries(
    {
        "months": st.lists(st.integers(1, 12), max_size=4),
        "days": st.lists(
            st.sampled_from(["mon", "tue", "sat", "sun", "working_day", "holiday"]), max_size=2
        ),
        "hours": st.lists(
            st.tuples(_HALF_HOURS, _HALF_HOURS)
            .filter(lambda pair: pair[0] != pair[1])
            .map(lambda pair: [f"{half // 2:02}:{half % 2 * 30:02}" for half in pair]),
            min_size=1,
            max_size=2,
        ),
    }
)


@given(_WINDOWS, _WINDOWS)
def test_two_classes_that_are_accepted_share_no_half_hour_of_many_years(
    first_window: dict[str, Any], second_window: dict[str, Any]
) -> None:
    # Years in which every fixed holiday falls on every day of the week.
    days = [date(2020, 1, 1) + timedelta(days=days) for days in range(0, 28 * 365, 3)]
    alone = [
        list_of({"name": "A", "windows": [window]}) for window in (first_window, second_window)
    ]
    shared = any(
        mine and theirs
        for day in days
        for mine, theirs in zip(*(prices.classes_of_day(day) for prices in alone), strict=True)
    )
    try:
        list_of({"name": "A", "windows": [first_window]}, {"name": "B", "windows": [second_window]})
    except Problem:
        return
    assert not shared


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just(None), st.lists(st.integers(0, 10**6), min_size=1, max_size=1)),
            st.integers(0, 47).flatmap(
                lambda first: st.tuples(
                    st.just(first), st.lists(st.integers(0, 10**6), max_size=48 - first)
                )
            ),
        ),
        min_size=31,
        max_size=31,
    )
)
def test_energy_is_conserved_across_classes_to_the_watt_minute(
    days: list[tuple[int | None, list[int]]],
) -> None:
    october = [date(2026, 10, day) for day in range(1, 32)]
    pair = DetailedPair(ROOF, ANNA, [first for first, _ in days], [wmin for _, wmin in days])

    hours = add_by_class([pair], october, list_of(PEAK))

    assert {day: sum(by_class.values()) for day, by_class in hours[ROOF, ANNA].items()} == {
        day: sum(wmin)
        for day, (first, wmin) in zip(october, days, strict=True)
        if first is not None
    }


@pytest.mark.parametrize(
    ("day", "amounts"),
    [
        (date(2026, 6, 6), [10]),  # a Saturday, of one class
        (date(2026, 6, 1), []),
    ],
)
def test_hours_are_not_asked_for_on_days_of_one_class(day: date, amounts: list[int]) -> None:
    peak = [{"days": ["working_day"], "hours": [["06:00", "22:00"]]}]
    rest = [{"days": ["sat", "sun"]}, {"days": ["working_day"], "hours": [["22:00", "06:00"]]}]
    always = {"vat_rate": "0.20", "valid_from": "2026-01-01"}
    prices = parse_price_list(
        {
            "entries": [
                {"price_eur_per_kwh": "0.20", "hour_class": "HP", **always},
                {"price_eur_per_kwh": "0.10", "hour_class": "HC", **always},
            ],
            "hour_classes": [{"name": "HP", "windows": peak}, {"name": "HC", "windows": rest}],
        }
    )
    producer, consumer = Prm("99000000000091"), Prm("99000000000001")

    energies = attribute([DayEnergy(producer, consumer, day, WMIN_PER_KWH)], prices)

    assert energies.unknown_hours == ([] if amounts else [(producer, day)])
    assert [line.amount_cents for line in charge_month(energies, Month.of(day))] == amounts
