"""What of a price list a member sees."""

from datetime import date
from uuid import UUID

from libs.common.ids import Direction
from services.billing.domain.prices.price_list import visible_to
from services.billing.domain.prices.sales import Participation
from tests.billing.domain.test_price_rules import (
    ANNA,
    BRUNO,
    DAY,
    MEMBER,
    OTHER,
    entry,
    group,
    price_list,
)


def held_by(
    member_id: UUID, begin: date = date(2026, 1, 1), end: date | None = None
) -> Participation:
    return Participation(ANNA, Direction.CONSUMPTION, member_id, begin, end)


def test_who_had_a_point_sees_neither_prices_nor_groups_of_who_has_it_now() -> None:
    moved = date(2026, 6, 1)
    prices = price_list(
        entry(),
        entry("0.11", consumer=ANNA, valid_to="2026-06-01"),
        entry("0.12", consumer=ANNA, valid_from="2026-06-01"),
        groups=[group("Solidaires", ANNA, social=True)],
    )
    before = visible_to(prices, MEMBER, [held_by(MEMBER, end=moved)], DAY)
    now = visible_to(prices, OTHER, [held_by(OTHER, moved)], DAY)
    assert [entry.price_eur_per_kwh for entry in before.entries] == ["0.13", "0.11"]
    assert [entry.price_eur_per_kwh for entry in now.entries] == ["0.13", "0.12"]
    assert [seen.groups[0].consumers for seen in (before, now)] == [set(), {ANNA}]


def test_a_member_sees_own_prices_and_not_who_else_is_in_a_group() -> None:
    prices = price_list(
        entry(),
        entry("0.11", consumer=ANNA),
        entry("0.12", consumer=BRUNO),
        entry("0.05", group="Solidaires"),
        groups=[
            group("Solidaires", ANNA, BRUNO, social=True, members=[str(MEMBER), str(OTHER)]),
        ],
    )
    seen = visible_to(prices, MEMBER, [held_by(MEMBER)], DAY)
    assert [entry.scope.consumer for entry in seen.entries] == [None, ANNA, None]
    (solidaires,) = seen.groups
    assert solidaires.consumers == {ANNA}
    assert solidaires.members == {MEMBER}
