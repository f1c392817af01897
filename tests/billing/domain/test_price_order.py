"""A price list means the same in any order, also for who is in several groups."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.billing.domain.prices.price_list import PriceList, PriceListOverlap
from tests.billing.domain.test_price_rules import (
    ANNA,
    BRUNO,
    MEMBER,
    OTHER,
    PEAK,
    ROOF,
    entry,
    found,
    group,
    price_list,
)

CLARA = Prm("99000000000003")
_DAYS = [date(2026, 5, 1) + timedelta(days=days) for days in (0, 10, 31, 45)]
_GROUPS = [
    group("A", ANNA, CLARA),
    group("B", CLARA, members=[str(MEMBER)]),
    group("C", members=[str(MEMBER), str(OTHER)]),
    group("S", CLARA, social=True, members=[str(OTHER)]),
    group("T", BRUNO, CLARA, social=True),
]
_GROUP_SCOPES: list[dict[str, object]] = [{"group": name} for name in "ABCST"]
_SCOPES: list[dict[str, object]] = [{}, {"consumer": ANNA}, *_GROUP_SCOPES]


@pytest.mark.parametrize("kind", [{"consumers": [ANNA]}, {"members": [str(MEMBER)]}])
@pytest.mark.parametrize("social", [True, False])
def test_in_two_groups_of_one_rank_the_producer_counts_first_and_then_the_hour(
    kind: dict[str, object], *, social: bool
) -> None:
    """Each price is taken away in turn, from the most specific on."""
    groups = [{"name": name, "social": social, **kind} for name in "ABCD"]
    entries = [
        entry("0.11", group="D", producer=ROOF, hour_class="HP"),
        entry("0.12", group="C", producer=ROOF),
        entry("0.13", group="B", hour_class="HP"),
        entry("0.14", group="A"),
        entry("0.15", producer=ROOF, hour_class="HP"),
    ]
    for place in range(len(entries)):
        for ordered in permutations(groups):
            prices = price_list(*entries[place:], groups=list(ordered), hour_classes=[PEAK])
            price = found(prices, member_id=MEMBER, hour_class="HP")
            assert price.price_eur_per_kwh == entries[place]["price_eur_per_kwh"]


def test_in_two_groups_of_one_rank_the_discount_of_the_producer_counts_first() -> None:
    groups = [group("A", ANNA), group("B", ANNA)]
    discount = {"percent": "10", "valid_from": "2026-01-01"}
    discounts = [
        {**discount, "name": "All", "group": "A"},
        {**discount, "name": "Roof", "group": "B", "producer": ROOF},
    ]
    for ordered in (groups, groups[::-1]):
        price = found(price_list(entry(), groups=ordered, discounts=discounts))
        assert price.discount == "Roof"


@st.composite
def _offers(draw: st.DrawFn, /, **fields: Sequence[object]) -> list[dict[str, Any]]:
    """Each with days, a scope, and one of the values of each field."""
    offers = []
    for _ in range(draw(st.integers(0, 4))):
        begin, end = sorted(draw(st.sets(st.sampled_from(_DAYS), min_size=2, max_size=2)))
        chosen = {name: draw(st.sampled_from(values)) for name, values in fields.items()}
        scope = draw(st.sampled_from(_SCOPES))
        offers.append({**chosen, **scope, "valid_from": str(begin), "valid_to": str(end)})
    return offers


def _numbered(offers: list[dict[str, Any]], **fields: str) -> list[dict[str, Any]]:
    """Each with another amount, such as 0.3 for "0."."""
    return [
        {**offer, **{name: f"{text}{place}" for name, text in fields.items()}}
        for place, offer in enumerate(offers, 1)
    ]


@given(st.data())
def test_the_order_of_a_list_changes_nothing(data: st.DataObject) -> None:
    """Whatever list is accepted, each day, buyer and hour has one price, in any order."""
    either = [None, ROOF]
    prices = data.draw(_offers(producer=either, hour_class=[None, "HP"], vat_rate=["0.20"]))
    fees = data.draw(_offers(producer=[ROOF], name=["F", "G"], vat_rate=["0.20"]))
    lists = {
        "entries": [
            entry("0.9", valid_to="2026-05-01"),
            *_numbered(prices, price_eur_per_kwh="0."),
        ],
        "groups": _GROUPS,
        "fees": _numbered(fees, eur_per_month="1."),
        "discounts": _numbered(data.draw(_offers(producer=either)), percent="1", name="D"),
    }
    shuffled = {name: data.draw(st.permutations(values)) for name, values in lists.items()}
    original, other = (_price_list(**ordered) for ordered in (lists, shuffled))
    assert (original is None) == (other is None)
    if original is None or other is None:
        return
    assert original.says_the_same(other)
    for day, member_id in product(_DAYS, (None, MEMBER, OTHER)):
        for consumer in (ANNA, BRUNO, CLARA):
            price_facts, same = (
                _told(version, day, version.buyer(consumer, member_id))
                for version in (original, other)
            )
            assert price_facts == same


def _price_list(entries: list[dict[str, Any]], **lists: list[dict[str, Any]]) -> PriceList | None:
    """None where it is refused."""
    try:
        return price_list(*entries, **lists, hour_classes=[PEAK])
    except PriceListOverlap:
        return None


def _told(prices: PriceList, day: date, buyer: Any) -> object:  # noqa: ANN401 - as it is made
    offered = prices.listed_on(ROOF, buyer, day)
    return (
        {name: listed and (listed.entry, listed.discount) for name, listed in offered.items()},
        [fee.entry for fee in prices.find_fees(ROOF, buyer, day)],
    )
