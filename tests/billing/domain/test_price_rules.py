"""Which price applies: by buyer, seller and hour; indexed and discounted; never two at once."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Prm
from services.billing.domain.prices.price_list import (
    Price,
    PriceList,
    PriceListOverlap,
    PriceRule,
    parse_price_list,
)

ROOF, BARN, ANNA, BRUNO = (Prm(f"99{i:012}") for i in (91, 92, 1, 2))
MEMBER, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2026, 6, 15)
PEAK = {"name": "HP", "windows": [{"hours": [["06:00", "22:00"]]}]}


def entry(price: str = "0.13", **changes: object) -> dict[str, object]:
    fields = {"price_eur_per_kwh": price, "vat_rate": "0.20", "valid_from": "2026-01-01"}
    return {**fields, **changes}


def group(name: str, *consumers: Prm, **changes: object) -> dict[str, object]:
    return {"name": name, "consumers": list(consumers), **changes}


def price_list(*entries: dict[str, object], **lists: Any) -> PriceList:  # noqa: ANN401 - JSON
    return parse_price_list({"entries": list(entries), **lists})


def found(
    prices: PriceList,
    *,
    producer: Prm = ROOF,
    consumer: Prm = ANNA,
    member_id: UUID | None = None,
    day: date = DAY,
    hour_class: str | None = None,
) -> Price:
    buyer = prices.buyer(consumer, member_id)
    listed = prices.find_listed(producer, day, buyer=buyer, hour_class=hour_class)
    assert listed is not None
    return listed.price


def test_the_most_specific_price_applies_first_by_buyer_then_by_seller_then_by_hour() -> None:
    """Each price is taken away in turn, from the most specific on."""
    entries = [
        entry("0.10", consumer=ANNA, producer=ROOF, hour_class="HP"),
        entry("0.11", consumer=ANNA, producer=ROOF),
        entry("0.12", consumer=ANNA, hour_class="HP"),
        entry("0.13", consumer=ANNA),
        entry("0.14", group="Solidaires", producer=ROOF),
        entry("0.15", group="Solidaires"),
        entry("0.16", group="Communes", producer=ROOF),
        entry("0.17", group="Communes"),
        entry("0.18", producer=ROOF, hour_class="HP"),
        entry("0.19", producer=ROOF),
        entry("0.20", hour_class="HP"),
        entry("0.21"),
    ]
    groups = [group("Communes", ANNA), group("Solidaires", ANNA, social=True)]
    rules = []
    for place in range(len(entries)):
        prices = price_list(*entries[place:], groups=groups, hour_classes=[PEAK])
        price = found(prices, hour_class="HP")
        assert price.price_eur_per_kwh == str(entries[place]["price_eur_per_kwh"]).rstrip("0")
        rules.append(price.rule)
    assert list(dict.fromkeys(rules)) == list(PriceRule)


def test_a_group_has_all_points_of_a_member_on_the_day() -> None:
    prices = price_list(
        entry("0.13"),
        entry("0.05", group="Solidaires"),
        groups=[{"name": "Solidaires", "social": True, "members": [str(MEMBER)]}],
    )
    assert found(prices, member_id=MEMBER).price_eur_per_kwh == "0.05"
    assert found(prices, member_id=OTHER).price_eur_per_kwh == "0.13"
    assert found(prices).price_eur_per_kwh == "0.13"


def test_a_group_that_names_the_point_beats_one_that_names_its_member() -> None:
    prices = price_list(
        entry("0.11", group="Membres"),
        entry("0.12", group="Points"),
        groups=[{"name": "Membres", "members": [str(MEMBER)]}, group("Points", ANNA)],
    )
    assert found(prices, member_id=MEMBER).price_eur_per_kwh == "0.12"


@pytest.mark.parametrize(
    ("entries", "groups"),
    [
        ([entry(consumer=ANNA), entry(consumer=ANNA, valid_from="2026-06-01")], []),
        ([entry(hour_class="HP"), entry(hour_class="HP", valid_from="2026-06-01")], []),
        ([entry(group="A"), entry(group="A", valid_from="2026-06-01")], [group("A")]),
        (
            [entry(group="A"), entry(group="B", valid_from="2026-06-01")],
            [group("A", ANNA, BRUNO), group("B", BRUNO)],
        ),
        (
            [entry(group="A"), entry(group="B", valid_from="2026-06-01")],
            [{"name": name, "members": [str(MEMBER)]} for name in "AB"],
        ),
    ],
)
def test_two_prices_of_one_rank_never_share_a_day(
    entries: list[dict[str, object]], groups: list[dict[str, object]]
) -> None:
    for ordered in (entries, entries[::-1]):
        with pytest.raises(PriceListOverlap) as refusal:
            price_list(*ordered, groups=groups, hour_classes=[PEAK])
        assert refusal.value.facts["day"] == "2026-06-01"


@pytest.mark.parametrize(
    ("entries", "groups"),
    [
        ([entry(), entry(consumer=ANNA), entry(consumer=BRUNO), entry(hour_class="HP")], []),
        ([entry(consumer=ANNA), entry(consumer=ANNA, producer=ROOF)], []),
        ([entry(group="A"), entry(group="B")], [group("A", ANNA), group("B", BRUNO)]),
        ([entry(group="A"), entry(group="B")], [group("A", ANNA), group("B", ANNA, social=True)]),
        (
            [entry(group="A", valid_to="2026-06-01"), entry(group="B", valid_from="2026-06-01")],
            [group("A", ANNA), group("B", ANNA)],
        ),
    ],
)
def test_prices_of_different_ranks_or_buyers_do_not_overlap(
    entries: list[dict[str, object]], groups: list[dict[str, object]]
) -> None:
    assert price_list(*entries, groups=groups, hour_classes=[PEAK]).entries


def test_fees_of_one_name_and_discounts_do_not_overlap_either() -> None:
    fee = {**entry(), "name": "Abonnement", "producer": ROOF, "eur_per_month": "2"}
    del fee["price_eur_per_kwh"]
    discount = {"name": "Bienvenue", "percent": "10", "valid_from": "2026-01-01"}
    assert price_list(entry(), fees=[fee, {**fee, "name": "Gestion"}, {**fee, "producer": BARN}])
    assert price_list(entry(), discounts=[discount, {**discount, "producer": BARN}])
    for lists in ({"fees": [fee, fee]}, {"discounts": [discount, {**discount, "name": "B"}]}):
        with pytest.raises(PriceListOverlap):
            price_list(entry(), **lists)


@pytest.mark.parametrize(
    ("lists", "status", "words"),
    [
        ({"entries": [entry(group="A")]}, 409, "no group called A"),
        ({"entries": [entry(hour_class="HP")]}, 409, "no hour class called HP"),
        ({"entries": [entry(index="L")]}, 409, "no index called L"),
        ({"groups": [group("A"), group("A")]}, 409, "Two groups are called A"),
        ({"entries": [entry(group="A", consumer=ANNA)], "groups": [group("A")]}, 409, "one of"),
        ({"groups": [group("A", Prm("7"))]}, 422, "consumer of group 1"),
        ({"groups": [{"name": "A", "members": ["anna"]}]}, 422, "member of group 1"),
        ({"groups": [{"name": "A", "social": "yes"}]}, 422, "social of group 1"),
        ({"groups": {"name": "A"}}, 422, "groups"),
        ({"indexes": [{"name": "L"}]}, 422, "coefficients"),
        (
            {
                "indexes": [
                    {
                        "name": "L",
                        "coefficients": [{"valid_from": "2026-02-01", "coefficient": "1.02"}] * 2,
                    }
                ]
            },
            409,
            "in the order of their days",
        ),
        ({"discounts": [{"name": "D", "valid_from": "2026-01-01"}]}, 409, "one of the two"),
        (
            {"discounts": [{"name": "D", "percent": "101", "valid_from": "2026-01-01"}]},
            409,
            "write 10 % as 10",
        ),
        (
            {"fees": [{"name": "F", "eur_per_month": "2", "vat_rate": "0.20"}]},
            422,
            "lacks producer, valid_from",
        ),
        ({"unknown_hours": "guess"}, 422, "unknown_hours"),
        ({"colours": []}, 422, "nothing else but"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(
    lists: dict[str, Any], status: int, words: str
) -> None:
    with pytest.raises(Problem) as refusal:
        parse_price_list({"entries": [entry()], **lists})
    assert (refusal.value.status, refusal.value.slug) == (status, "price-list-invalid")
    assert words in refusal.value.detail


def test_an_index_multiplies_from_its_days_on_and_never_before() -> None:
    coefficients = [
        {"valid_from": "2026-02-01", "coefficient": "1.0213"},
        {"valid_from": "2027-02-01", "coefficient": "1.05"},
    ]
    prices = price_list(
        entry("0.123457", index="L", valid_to="2028-01-01"),
        indexes=[{"name": "L", "coefficients": coefficients}],
    )
    rows = [
        (entry.price_eur_per_kwh, str(entry.valid_from), str(entry.valid_to))
        for entry in (
            found(prices, day=day)
            for day in (date(2026, 1, 31), date(2026, 2, 1), date(2027, 6, 1))
        )
    ]
    assert rows == [
        ("0.123457", "2026-01-01", "2026-02-01"),
        ("0.126087", "2026-02-01", "2027-02-01"),
        ("0.12963", "2027-02-01", "2028-01-01"),  # 0.12962985
    ]


def test_a_discount_is_of_the_indexed_price_and_the_most_specific_one_applies() -> None:
    prices = price_list(
        entry("0.10", index="L"),
        indexes=[
            {"name": "L", "coefficients": [{"valid_from": "2026-02-01", "coefficient": "1.1"}]}
        ],
        discounts=[
            {"name": "Tous", "percent": "50", "valid_from": "2026-01-01"},
            {"name": "Anna", "percent": "10", "valid_from": "2026-06-01", "consumer": ANNA},
        ],
    )
    anna, bruno = found(prices), found(prices, consumer=BRUNO)
    assert (anna.list_price_eur_per_kwh, anna.price_eur_per_kwh) == ("0.11", "0.099")
    assert (bruno.list_price_eur_per_kwh, bruno.price_eur_per_kwh) == ("0.11", "0.055")
    assert (anna.valid_from, bruno.valid_from) == (date(2026, 6, 1), date(2026, 2, 1))
    assert anna.discount == "Anna"
    assert found(prices) is anna


def test_a_discount_takes_no_price_below_zero() -> None:
    discount = {"name": "Geste", "eur_per_kwh": "0.20", "valid_from": "2026-01-01"}
    assert found(price_list(entry("0.13"), discounts=[discount])).price_eur_per_kwh == "0"


def test_hours_are_needed_only_in_months_with_a_price_of_a_class() -> None:
    prices = price_list(
        entry(),
        entry(hour_class="HP", valid_from="2026-06-30", valid_to="2026-08-01"),
        hour_classes=[PEAK],
    )
    months = [month for month in range(1, 13) if prices.needs_hours(Month(2026, month))]
    assert months == [6, 7]


def test_hours_are_not_needed_in_months_in_which_no_day_has_a_class() -> None:
    winter = {"name": "HP", "windows": [{"months": [1, 12], "hours": [["06:00", "22:00"]]}]}
    prices = price_list(entry(), entry(hour_class="HP"), hour_classes=[winter])
    months = [month for month in range(1, 13) if prices.needs_hours(Month(2026, month))]
    assert months == [1, 12]
