"""What a price list says to a buyer on a day; which price applies is tested in test_price_rules."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from libs.common.ids import Prm
from services.billing.domain.prices.price_list import (
    ANYBODY,
    Buyer,
    DayPrices,
    PriceList,
    PriceRule,
    day_prices,
)
from tests.billing.domain.test_price_rules import ANNA, BARN, BRUNO, PEAK, ROOF, entry, price_list

DAY = date(2026, 6, 15)
MEMBER = UUID(int=1)


def of(
    prices: PriceList, buyer: Buyer = ANYBODY, day: date = DAY, own_plants: Iterable[Prm] = ()
) -> DayPrices:
    return day_prices(prices, buyer, day, own_plants=set(own_plants))


def texts(prices: DayPrices) -> dict[Prm | None, list[str]]:
    return {
        plant.producer: [listed.price.price_eur_per_kwh for listed in plant.prices]
        for plant in prices.plants
    }


def test_each_half_hour_has_the_price_of_its_class() -> None:
    prices = of(price_list(entry("0.10"), entry("0.15", hour_class="HP"), hour_classes=[PEAK]))

    (others,) = prices.plants
    assert others.producer is None
    assert [listed.price.hour_class for listed in others.prices] == ["HP", None]
    paid = [price and price.incl_vat_eur_per_kwh for price in others.half_hours]
    assert paid == ["0.12"] * 12 + ["0.18"] * 32 + ["0.12"] * 4
    assert prices.classes == (None,) * 12 + ("HP",) * 32 + (None,) * 4


def test_a_class_without_a_price_of_its_own_is_not_told_apart() -> None:
    prices = of(price_list(entry("0.10"), hour_classes=[PEAK]))

    assert texts(prices) == {None: ["0.1"]}


def test_hours_without_a_price_have_none() -> None:
    prices = of(price_list(entry("0.15", hour_class="HP"), hour_classes=[PEAK]))

    (others,) = prices.plants
    assert others.half_hours[0] is None
    assert others.half_hours[12] is not None


def test_a_plant_of_one_price_has_it_at_all_hours_of_a_meter_whose_hours_are_not_known() -> None:
    peak = {"name": "Pleines", "tariff_classes": ["HPB"]}
    prices = price_list(
        entry("0.10", producer=ROOF),
        entry("0.13", producer=BARN),
        entry("0.15", producer=BARN, hour_class="Pleines"),
        hour_classes=[peak],
    )

    def paid(day: date) -> dict[Prm | None, set[str | None]]:
        return {
            plant.producer: {
                None if price is None else price.incl_vat_eur_per_kwh for price in plant.half_hours
            }
            for plant in of(prices, day=day).plants
        }

    assert paid(DAY) == {ROOF: {"0.12"}, BARN: {None}}
    # In high season no meter has HPB.
    assert paid(date(2026, 12, 1)) == {ROOF: {"0.12"}, BARN: {"0.156"}}


def test_named_plants_come_before_all_others_and_own_ones_not_at_all() -> None:
    prices = price_list(entry("0.10"), entry("0.11", producer=ROOF), entry("0.12", producer=BARN))

    assert texts(of(prices)) == {ROOF: ["0.11"], BARN: ["0.12"], None: ["0.1"]}
    assert texts(of(prices, own_plants=[ROOF])) == {BARN: ["0.12"], None: ["0.1"]}


def test_a_buyer_learns_nothing_of_what_is_agreed_with_others() -> None:
    prices = price_list(
        entry("0.10"),
        entry("0.05", producer=BARN, consumer=BRUNO),
        entry("0.07", consumer=BRUNO, valid_from="2026-09-01"),
        entry("0.06", group="Solidaires"),
        groups=[{"name": "Solidaires", "social": True, "members": [str(MEMBER)]}],
    )

    anybody = of(prices)
    bruno = of(prices, prices.buyer(BRUNO, None))
    member = of(prices, prices.buyer(ANNA, MEMBER))

    assert (texts(anybody), anybody.coming) == ({None: ["0.1"]}, [])
    assert texts(bruno) == {BARN: ["0.05"], None: ["0.1"]}
    assert [coming.listed.price.price_eur_per_kwh for coming in bruno.coming] == ["0.07"]
    assert texts(member) == {None: ["0.06"]}
    assert member.plants[0].prices[0].price.rule is PriceRule.SOCIAL_GROUP


def test_what_is_coming_is_told_as_it_will_be_paid() -> None:
    prices = price_list(
        entry("0.10", valid_to="2026-09-01"),
        entry("0.12", valid_from="2026-09-01", index="L"),
        entry("0.30", valid_from="2027-01-01", producer=ROOF),
        indexes=[
            {"name": "L", "coefficients": [{"valid_from": "2026-08-01", "coefficient": "1.5"}]}
        ],
        discounts=[{"name": "Bienvenue", "percent": "10", "valid_from": "2026-09-01"}],
    )

    coming = of(prices).coming

    # 0.12 × 1.5 = 0.18, less 10 %; 0.30 less 10 %
    assert [(change.valid_from, change.listed.price.price_eur_per_kwh) for change in coming] == [
        (date(2026, 9, 1), "0.162"),
        (date(2027, 1, 1), "0.27"),
    ]
    assert of(prices, own_plants=[ROOF]).coming == coming[:1]


def test_a_coming_price_that_another_one_beats_is_none() -> None:
    prices = price_list(
        entry("0.05", consumer=ANNA),
        entry("0.10"),
        entry("0.20", valid_from="2026-09-01", producer=ROOF),
    )

    assert of(prices, prices.buyer(ANNA, None)).coming == []


def test_fees_are_the_most_specific_of_each_name_and_seller() -> None:
    fee = {"name": "Abonnement", "vat_rate": "0.20", "valid_from": "2026-01-01"}
    prices = price_list(
        entry("0.10"),
        fees=[
            fee | {"producer": ROOF, "eur_per_month": "3.10"},
            fee | {"producer": ROOF, "eur_per_month": "1.00", "consumer": ANNA},
            fee | {"producer": BARN, "eur_per_month": "2.00"},
        ],
    )

    def fees(buyer: Buyer, *own_plants: Prm) -> list[tuple[Prm, str]]:
        return [
            (fee.producer, fee.eur_per_month)
            for fee in of(prices, buyer, own_plants=own_plants).fees
        ]

    assert fees(ANYBODY) == [(ROOF, "3.1"), (BARN, "2")]
    assert fees(prices.buyer(ANNA, None), BARN) == [(ROOF, "1")]


def test_before_the_first_day_there_is_nothing_but_what_is_coming() -> None:
    prices = of(price_list(entry("0.10")), day=date(2025, 12, 31))

    assert prices.plants == []
    assert len(prices.coming) == 1
