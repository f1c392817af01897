"""A month's energies by the DSO's classes: each pair's day has its part, and nothing is lost."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Direction, Prm
from services.billing.domain.prices.class_energies import add_tariff_classes
from services.billing.domain.prices.price_list import PriceList, parse_price_list
from services.billing.domain.prices.sales import SettledPair, SettledPoint

ROOF, BARN, ANNA = Prm("99000000000091"), Prm("99000000000092"), Prm("99000000000001")
NAMES = {"HPH": "Pleines", "HCH": "Creuses", "HPB": "Pleines"}
NOVEMBER = Month(2026, 11)


def point(**by_class_wmin: int) -> SettledPoint:
    shared_wmin = sum(by_class_wmin.values())
    return SettledPoint(
        ANNA,
        Direction.CONSUMPTION,
        shared_wmin,
        shared_wmin,
        shared_by_class_wmin=by_class_wmin,
    )


@st.composite
def months(draw: st.DrawFn) -> tuple[list[SettledPair], SettledPoint]:
    energies = st.lists(st.integers(0, 90_000), min_size=30, max_size=30)
    pairs = [SettledPair(producer, ANNA, draw(energies)) for producer in (ROOF, BARN)]
    left, by_class = sum(sum(pair.energy_wmin) for pair in pairs), {}
    for name in ("HCH", "HPB", "P"):
        by_class[name] = draw(st.integers(0, left))
        left -= by_class[name]
    return pairs, point(**by_class, HPH=left)


@given(months())
def test_each_day_and_each_class_keep_their_energy(
    month: tuple[list[SettledPair], SettledPoint],
) -> None:
    pairs, anna = month
    tariff_classes = {name: name for name in anna.shared_by_class_wmin}

    hours = add_tariff_classes(pairs, [anna], NOVEMBER.days, tariff_classes)

    sums: Counter[str | None] = Counter()
    if not hours:
        assert not anna.shared_wmin
        return
    for pair in pairs:
        for day, energy_wmin in zip(NOVEMBER.days, pair.energy_wmin, strict=True):
            by_class = hours[pair.producer, ANNA][day]
            assert sum(by_class.values()) == energy_wmin
            assert min(by_class.values(), default=0) >= 0
            sums.update(by_class)
    assert +sums == +Counter(anna.shared_by_class_wmin)
    assert hours == add_tariff_classes(pairs[::-1], [anna], NOVEMBER.days, tariff_classes)


def test_classes_of_one_name_are_one_and_those_without_have_none() -> None:
    pairs = [SettledPair(ROOF, ANNA, [100] + [0] * 29)]
    hours = add_tariff_classes(pairs, [point(HPH=20, HPB=30, HCH=10, P=40)], NOVEMBER.days, NAMES)
    assert hours[ROOF, ANNA][NOVEMBER.first_day] == {"Pleines": 50, "Creuses": 10, None: 40}


def test_classes_that_are_not_the_energy_of_the_pairs_are_not_believed() -> None:
    pairs = [SettledPair(ROOF, ANNA, [100] + [0] * 29)]
    assert add_tariff_classes(pairs, [point(HPH=99)], NOVEMBER.days, NAMES) == {}


def test_a_point_with_a_class_that_nobody_knows_has_unknown_hours() -> None:
    """In two classes, or in letters that the DSO does not write: we do not know what they are."""
    pairs = [SettledPair(ROOF, ANNA, [100] + [0] * 29)]
    for odd in (point(HP=60, HC=40), point(HPH=60, hpb=40)):
        assert add_tariff_classes(pairs, [odd], NOVEMBER.days, NAMES) == {}


def list_of(*classes: dict[str, Any]) -> PriceList:
    entry = {"price_eur_per_kwh": "0.13", "vat_rate": "0.20", "valid_from": "2026-01-01"}
    return parse_price_list({"entries": [entry], "hour_classes": list(classes)})


def test_a_day_may_have_the_classes_of_its_season() -> None:
    prices = list_of(
        {"name": "HPH", "tariff_classes": ["HPH"]},
        {"name": "Creuses", "tariff_classes": ["HCH", "HCB"]},
    )
    assert set(prices.classes_on(date(2026, 3, 31))) == {"HPH", "Creuses", None}
    assert set(prices.classes_on(date(2026, 4, 1))) == {"Creuses", None}
    assert prices.classes_of_day(date(2026, 4, 1)) is None


@pytest.mark.parametrize(
    ("classes", "status", "words"),
    [
        ([{"name": "A"}], 409, "one of the two"),
        ([{"name": "A", "tariff_classes": ["HP"]}], 422, "HPH"),
        (
            [{"name": "A", "tariff_classes": ["P"]}, {"name": "B", "tariff_classes": ["P"]}],
            409,
            "P is named twice",
        ),
        (
            [{"name": "A", "tariff_classes": ["P"]}, {"name": "B", "windows": [{"months": [1]}]}],
            409,
            "could be in two",
        ),
        (
            [{"name": "A", "tariff_classes": ["P"], "windows": [{"months": [1]}]}],
            409,
            "one of the two",
        ),
    ],
)
def test_a_list_says_of_each_class_of_the_dso_at_most_once_what_it_is(
    classes: list[dict[str, Any]], status: int, words: str
) -> None:
    with pytest.raises(Problem) as refusal:
        list_of(*classes)
    assert (refusal.value.status, words in refusal.value.detail) == (status, True)
