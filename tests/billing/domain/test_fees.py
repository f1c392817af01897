"""Monthly fees: for whom, for how many days."""

from datetime import date, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month, days_between
from libs.common.ids import Direction, Prm
from services.billing.domain.invoices.fees import monthly_fees
from services.billing.domain.prices.price_list import PriceList, parse_price_list
from services.billing.domain.prices.sales import Participation, Parties

ROOF, HOME = Prm("99000000000091"), Prm("99000000000001")
SELLER, ANNA, BRUNO = (UUID(int=i) for i in (1, 2, 3))
OCTOBER = Month(2026, 10)
FIRST = date(2026, 10, 1)


def list_of(*fees: dict[str, Any], **lists: object) -> PriceList:
    entry = {"price_eur_per_kwh": "0.13", "vat_rate": "0.20", "valid_from": "2026-01-01"}
    return parse_price_list({"entries": [entry], "fees": list(fees), **lists})


def fee(eur: str = "3.10", **changes: object) -> dict[str, Any]:
    return {
        "name": "Abonnement",
        "producer": ROOF,
        "eur_per_month": eur,
        "vat_rate": "0.20",
        "valid_from": "2026-01-01",
        **changes,
    }


def roof(valid_to: date | None = None) -> Participation:
    return Participation(ROOF, Direction.PRODUCTION, SELLER, date(2026, 1, 1), valid_to)


def home(member_id: UUID, begin: date = FIRST, end: date | None = None) -> Participation:
    return Participation(HOME, Direction.CONSUMPTION, member_id, begin, end)


def test_a_point_that_changes_its_member_is_charged_to_each_for_the_own_days() -> None:
    moved = date(2026, 10, 11)
    points = [roof(), home(ANNA, end=moved), home(BRUNO, begin=moved)]

    fees = monthly_fees(list_of(fee()), OCTOBER, points)

    assert {
        parties.customer_id: [(line.valid_from.day, line.days, line.amount_cents) for line in lines]
        for parties, lines in fees.items()
    } == {ANNA: [(1, 10, 100)], BRUNO: [(11, 21, 210)]}


def test_a_member_pays_no_fee_to_itself_nor_for_days_without_the_producer() -> None:
    points = [roof(valid_to=date(2026, 10, 4)), home(SELLER, end=date(2026, 10, 2))]
    anna = home(ANNA, begin=date(2026, 10, 2))

    fees = monthly_fees(list_of(fee()), OCTOBER, [*points, anna])

    ((parties, (line,)),) = fees.items()
    assert parties == Parties(SELLER, ANNA)
    assert (line.valid_from.day, line.valid_to.day, line.days) == (2, 4, 2)


def test_of_one_name_the_most_specific_fee_is_due_and_of_other_names_all() -> None:
    prices = list_of(
        fee("3.10"),
        fee("1", group="Solidaires"),
        fee("0.50", name="Compteur"),
        groups=[{"name": "Solidaires", "social": True, "members": [str(ANNA)]}],
    )

    ((_, lines),) = monthly_fees(prices, OCTOBER, [roof(), home(ANNA)]).items()

    rows = [(line.label, line.rule, line.amount_cents) for line in lines]
    assert rows == [("Abonnement", "social_group", 100), ("Compteur", "producer", 50)]


@given(
    st.integers(0, 10**7),
    st.lists(st.integers(1, 30), max_size=5, unique=True).map(sorted),
    st.permutations(range(3)),
)
def test_the_days_of_members_in_turn_are_those_of_the_month(
    micro_eur: int, changes: list[int], order: list[int]
) -> None:
    """And the sum of what they pay is the month's fee, but for a cent's half of each line."""
    begins = [FIRST, *(FIRST + timedelta(days=days) for days in changes)]
    ends = [*begins[1:], None]
    members = [(ANNA, BRUNO, UUID(int=4))[order[place % 3]] for place in range(len(begins))]
    points = [home(*turn) for turn in zip(members, begins, ends, strict=True)]
    prices = list_of(fee(f"{micro_eur // 10**6}.{micro_eur % 10**6:06}"))

    fees = monthly_fees(prices, OCTOBER, [roof(), *points])

    lines = [line for of_parties in fees.values() for line in of_parties]
    days = (days_between(line.valid_from, line.valid_to) for line in lines)
    assert set(chain.from_iterable(days)) == set(OCTOBER.days)
    assert sum(line.days or 0 for line in lines) == len(OCTOBER.days)
    paid_micro_eur = 10_000 * sum(line.amount_cents for line in lines)
    assert abs(paid_micro_eur - micro_eur) <= 5000 * len(lines)
    assert fees == monthly_fees(prices, OCTOBER, [*reversed(points), roof()])
