"""What a kWh more from the operation is worth, worked out by hand: docs/use/both-bills.md."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from libs.common.ids import Direction, Prm
from services.billing.domain.both_bills.bills_unavailable import BillsUnavailable
from services.billing.domain.both_bills.local_worth import BuyingPoint, LocalWorth, local_worth
from services.billing.domain.both_bills.tariff_hours import HourName
from services.billing.domain.both_bills.turpe import TariffFormula
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.prices.sales import Participation
from services.billing.domain.taxes.accise import AcciseEntry, AcciseRegime
from tests.billing.domain.test_price_rules import BARN, ROOF, entry, price_list
from tests.billing.domain.test_supplier_offers import NIGHT, TWO, offer

HOME = Prm("99000000000001")
ANNA, SELLER = UUID(int=1), UUID(int=9)
DAY = date(2026, 5, 15)
OFFER = offer(energy_eur_per_kwh={HourName.BASE: Decimal("0.1308")})
SUN = {"name": "Soleil", "windows": [{"hours": [["11:00", "17:00"]]}]}


def plant(prm: Prm, member_id: UUID = SELLER, **days: date) -> Participation:
    return Participation(
        prm, Direction.PRODUCTION, member_id, days.get("valid_from", DAY), days.get("valid_to")
    )


def worth(**changes: Any) -> LocalWorth:  # noqa: ANN401 - a point's values
    """Of a household with 6 kVA, in May 2026, that buys of one roof at 10 cents before VAT."""
    said: dict[str, Any] = {
        "prm": HOME,
        "customer": Party(ANNA, "Anna", "1 rue du Four", None, None, "household"),
        "power_limit_w": 6000,
        "offers": [OFFER],
        "accise": [],
        "prices": price_list(entry("0.10")),
        "participations": [plant(ROOF)],
    }
    return local_worth(BuyingPoint(**said | changes), DAY)


def test_at_one_price_it_is_that_of_the_supplier_less_networks_and_the_local_price() -> None:
    answer = worth()

    assert answer.least == answer.most
    # (0.1308 + 0.030 85) × 1.2, 0.0484 × 1.2 and 0.10 × 1.2, in cents of a MWh
    assert (answer.most.supplier_cents, answer.most.networks_cents) == (19_398, 5808)
    assert (answer.most.local_cents, answer.most.saving_cents) == (12_000, 1590)
    assert (answer.reference, answer.is_accise_known) == (None, False)


def test_prices_by_hour_make_a_range_of_the_hours_that_meet() -> None:
    peaks = offer(energy_eur_per_kwh=TWO, off_peak_hours=NIGHT, off_peak_percent=Decimal(40))
    prices = price_list(entry("0.12"), entry("0.08", hour_class="Soleil"), hour_classes=[SUN])

    answer = worth(offers=[peaks], prices=prices)

    # By night, (0.11 + 0.030 85) × 1.2 = 16.902 cents; by day 21.702. No sun by night.
    least, most = answer.least, answer.most
    assert (least.hour_class, least.saving_cents) == (None, 16_902 - 5808 - 14_400)
    assert (most.hour_class, most.saving_cents) == ("Soleil", 21_702 - 5808 - 9600)


def test_a_class_of_the_winter_counts_in_the_year_to_come() -> None:
    winter = {"name": "Hiver", "windows": [{"months": [12, 1]}]}
    prices = price_list(entry("0.10"), entry("0.05", hour_class="Hiver"), hour_classes=[winter])

    answer = worth(prices=prices)

    assert (answer.least.hour_class, answer.most.hour_class) == (None, "Hiver")


def test_networks_with_seasons_cost_more_in_winter() -> None:
    seasons = offer(
        energy_eur_per_kwh={HourName.BASE: Decimal("0.1308")},
        tariff_formula=TariffFormula.CU4,
        off_peak_hours=NIGHT,
    )

    answer = worth(offers=[seasons])

    # 7.49 and 1.16 cents × 1.2: a winter's day, a summer's night
    assert (answer.least.networks_cents, answer.most.networks_cents) == (8988, 1392)
    assert answer.least.supplier_cents == answer.most.supplier_cents == 19_398


def test_producers_differ_and_own_plants_sell_nothing() -> None:
    prices = price_list(entry("0.10"), entry("0.06", producer=BARN))
    plants = [plant(ROOF), plant(BARN)]

    both = worth(prices=prices, participations=plants)
    own_barn = worth(prices=prices, participations=[plant(ROOF), plant(BARN, ANNA)])

    assert (both.least.local_cents, both.most.local_cents) == (12_000, 7200)
    assert own_barn.least.local_cents == own_barn.most.local_cents == 12_000


def test_the_accise_is_in_the_local_price_where_the_operation_decided_so() -> None:
    decided = AcciseEntry(valid_from=date(2026, 1, 1), regime=AcciseRegime.STANDARD)

    answer = worth(accise=[decided])

    assert answer.is_accise_known
    assert answer.most.local_cents == 12_000 + 3702  # 30.85 € × 1.2


def test_who_told_no_offer_is_compared_with_the_regulated_tariff() -> None:
    answer = worth(offers=[])

    assert answer.reference is not None
    assert answer.reference.code == "trv-base-6"
    assert answer.most.saving_cents == 1590


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"prices": price_list(entry("0.10", valid_from="2026-06-01"))}, "price-missing"),
        ({"prices": price_list(entry("0.10", producer=BARN))}, "price-missing"),
        ({"participations": []}, "seller-missing"),
        ({"participations": [plant(ROOF, valid_to=DAY)]}, "seller-missing"),
        ({"participations": [plant(ROOF, ANNA)]}, "seller-missing"),
        (
            {
                "offers": [],
                "customer": Party(ANNA, "Anna SARL", "1 rue du Four", None, None, "company"),
            },
            "offer-missing",
        ),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(BillsUnavailable) as refused:
        worth(**changes)

    missing: Any = refused.value.facts["missing"]
    assert [remark["code"] for remark in missing] == [code]
