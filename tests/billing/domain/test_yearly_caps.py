"""Yearly caps of feed-in contracts, worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from services.billing.domain.surplus.plants import UnknownReason, capped_years, expected_revenues
from services.billing.domain.surplus.surplus_contracts import SurplusContractInvalid, SurplusKind
from services.billing.domain.surplus.yearly_caps import YearlyCap
from tests.billing.domain.test_plants import FEED_IN, KWH_WMIN, MONTH, PAIRS, plant

CAP = YearlyCap(1000, Decimal(5), date(2025, 3, 1))
CAPPED = replace(FEED_IN, price_cents_per_kwh=Decimal(10), yearly_cap=CAP)
YEAR = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("since", "day", "start"),
    [
        (date(2025, 3, 1), date(2026, 2, 28), date(2025, 3, 1)),
        (date(2025, 3, 1), date(2026, 3, 1), date(2026, 3, 1)),
        (date(2024, 2, 29), date(2026, 2, 28), date(2025, 3, 1)),
        (date(2024, 2, 29), date(2028, 2, 29), date(2027, 3, 1)),
    ],
)
def test_a_year_begins_on_the_anniversary_of_the_contract(
    since: date, day: date, start: date
) -> None:
    assert YearlyCap(1, Decimal(5), since).year_start(day) == start


@pytest.mark.parametrize(
    ("used_kwh", "parts"),
    [
        # The month has 62 kWh of surplus, at 10 c€ within the cap and 5 c€ beyond.
        (0, [(62, False, 620)]),
        (938, [(62, False, 620)]),
        (970, [(30, False, 300), (32, True, 160)]),
        (1000, [(62, True, 310)]),
        (1500, [(62, True, 310)]),
    ],
)
def test_what_is_beyond_the_cap_has_the_other_price(
    used_kwh: int, parts: list[tuple[int, bool, int]]
) -> None:
    used = {YEAR: used_kwh * KWH_WMIN}

    revenues = expected_revenues(plant(), MONTH, [CAPPED], PAIRS, used=used)

    rows = [
        ((revenue.surplus_wmin or 0) // KWH_WMIN, revenue.beyond_cap, revenue.amount_cents)
        for revenue in revenues
    ]
    assert rows == parts


def test_only_the_price_within_the_cap_is_indexed() -> None:
    indexed = replace(CAPPED, coefficient=Decimal("1.5"))

    revenues = expected_revenues(plant(), MONTH, [indexed], PAIRS, used={YEAR: 970 * KWH_WMIN})

    assert [revenue.price_cents_per_kwh for revenue in revenues] == [Decimal("15.0"), Decimal(5)]


def test_versions_of_one_contract_share_a_year() -> None:
    versions = [
        replace(CAPPED, valid_to=date(2026, 10, 11)),
        replace(CAPPED, valid_from=date(2026, 10, 11), coefficient=Decimal(2)),
    ]

    # 20 kWh until the 10th, 42 from then on; 30 are left in the year.
    revenues = expected_revenues(plant(), MONTH, versions, PAIRS, used={YEAR: 970 * KWH_WMIN})

    rows = [((revenue.surplus_wmin or 0) // KWH_WMIN, revenue.amount_cents) for revenue in revenues]
    assert rows == [(20, 200), (10, 200), (32, 160)]


def test_a_new_year_in_mid_month_begins_from_nothing() -> None:
    cap = replace(CAP, since=date(2025, 10, 16))
    contract = replace(CAPPED, yearly_cap=cap)
    assert capped_years(MONTH, [contract]) == {date(2025, 10, 16)}

    used = {date(2025, 10, 16): 990 * KWH_WMIN}
    revenues = expected_revenues(plant(), MONTH, [contract], PAIRS, used=used)

    rows = [
        (revenue.valid_from.day, (revenue.surplus_wmin or 0) // KWH_WMIN, revenue.beyond_cap)
        for revenue in revenues
    ]
    assert rows == [(1, 10, False), (1, 20, True), (16, 32, False)]


def test_a_year_of_which_not_all_is_known_is_not_guessed() -> None:
    (revenue,) = expected_revenues(plant(), MONTH, [CAPPED], PAIRS, used={YEAR: None})

    assert (revenue.amount_cents, revenue.unknown) == (None, UnknownReason.YEAR_UNKNOWN)
    assert revenue.surplus_wmin == 62 * KWH_WMIN


def test_a_contract_that_began_this_month_has_used_nothing() -> None:
    begun = replace(
        CAPPED, yearly_cap=replace(CAP, since=MONTH.first_day), valid_from=MONTH.first_day
    )
    assert capped_years(MONTH, [begun]) == set()

    (revenue,) = expected_revenues(plant(), MONTH, [begun], PAIRS)

    assert revenue.amount_cents == 620


@given(
    st.integers(0, 1100),
    st.lists(st.integers(KWH_WMIN, 50 * KWH_WMIN), min_size=31, max_size=31),
    st.integers(1, 31),
)
def test_all_surplus_is_told_once_and_no_more_than_the_cap_at_its_price(
    used_kwh: int, produced_wmin: list[int], day: int
) -> None:
    point = plant(produced_wmin)
    contract = replace(CAPPED, yearly_cap=replace(CAP, since=date(2025, 10, day)))
    years = capped_years(Month(2026, 10), [contract])

    used = dict.fromkeys(years, used_kwh * KWH_WMIN)
    revenues = expected_revenues(point, MONTH, [contract], PAIRS, used=used)

    assert sum(revenue.surplus_wmin or 0 for revenue in revenues) == point.surplus_wmin
    assert None not in [revenue.amount_cents for revenue in revenues]
    within_wmin = sum(revenue.surplus_wmin or 0 for revenue in revenues if not revenue.beyond_cap)
    left_kwh = max(0, 1000 - used_kwh) * len(years) + 1000
    assert within_wmin <= left_kwh * KWH_WMIN


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": SurplusKind.AGGREGATOR},
        {"valid_from": date(2025, 2, 28)},
    ],
)
def test_a_cap_is_of_a_feed_in_contract_that_has_taken_effect(changes: dict[str, Any]) -> None:
    with pytest.raises(SurplusContractInvalid):
        replace(CAPPED, **changes)
