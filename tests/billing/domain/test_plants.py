from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.prices.sales import Participation, SettledPair, SettledPoint
from services.billing.domain.surplus.plants import PlantMonth, UnknownReason, expected_revenues
from services.billing.domain.surplus.surplus_contracts import (
    SurplusContract,
    SurplusContractInvalid,
    SurplusContractOverlap,
    SurplusKind,
    check_power,
    in_order,
)

MONTH = Month(2026, 10)
ROOF, HOME = Prm("99000000000001"), Prm("99000000000002")
KWH_WMIN = 60_000
FEED_IN = SurplusContract(
    kind=SurplusKind.FEED_IN,
    valid_from=date(2026, 1, 1),
    buyer="EDF OA",
    number="BTA0991234",
    price_cents_per_kwh=Decimal("5.36"),
)
PAIRS = [SettledPair(ROOF, HOME, [KWH_WMIN] * 31)]


def plant(produced_wmin: list[int] | None = None) -> SettledPoint:
    by_day = produced_wmin or [3 * KWH_WMIN] * 31
    return SettledPoint(ROOF, Direction.PRODUCTION, sum(by_day), 31 * KWH_WMIN, by_day)


def versions(*days: int) -> list[SurplusContract]:
    """The contract cut on these days of the month, from its first one on."""
    firsts = [FEED_IN.valid_from, *(date(2026, 10, day) for day in days)]
    ends = [*firsts[1:], None]
    return [
        replace(FEED_IN, valid_from=first, valid_to=end)
        for first, end in zip(firsts, ends, strict=True)
    ]


@given(
    st.lists(st.integers(KWH_WMIN, 50 * KWH_WMIN), min_size=31, max_size=31),
    st.sets(st.integers(2, 31), max_size=5),
)
def test_however_a_contract_is_cut_all_surplus_is_told_once(
    produced_wmin: list[int], days: set[int]
) -> None:
    point = plant(produced_wmin)

    revenues = expected_revenues(point, MONTH, versions(*sorted(days)), PAIRS)

    assert sum(revenue.surplus_wmin or 0 for revenue in revenues) == point.surplus_wmin
    (whole,) = expected_revenues(point, MONTH, [FEED_IN], PAIRS)
    assert whole.amount_cents is not None
    amount_cents = PlantMonth(point, revenues).expected_cents
    assert amount_cents is not None
    assert abs(amount_cents - whole.amount_cents) <= len(revenues)


def test_a_month_under_one_contract_needs_no_days() -> None:
    by_month = replace(plant(), metered_by_day_wmin=None)

    (revenue,) = expected_revenues(by_month, MONTH, [FEED_IN], PAIRS)

    assert (revenue.surplus_wmin, revenue.amount_cents) == (62 * KWH_WMIN, 332)  # 332.32


@pytest.mark.parametrize(
    "point",
    [
        replace(plant(), metered_by_day_wmin=None),
        replace(plant([0] + [3 * KWH_WMIN] * 30)),  # less than was shared on the first day
    ],
)
def test_a_change_of_contract_is_unknown_where_days_are_not_known(point: SettledPoint) -> None:
    revenues = expected_revenues(point, MONTH, versions(16), PAIRS)

    assert [revenue.unknown for revenue in revenues] == [UnknownReason.DAYS_UNKNOWN] * 2
    assert PlantMonth(point, revenues).expected_cents is None


def test_a_price_by_month_is_awaited() -> None:
    aggregator = SurplusContract(
        kind=SurplusKind.AGGREGATOR, valid_from=date(2026, 1, 1), buyer="Agrégateur du Val"
    )

    (awaited,) = expected_revenues(plant(), MONTH, [aggregator], PAIRS)

    assert awaited.unknown is UnknownReason.PRICE_MISSING
    assert awaited.surplus_wmin == 62 * KWH_WMIN


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"buyer": None}, "buyer"),
        ({"number": None}, "number"),
        ({"price_cents_per_kwh": None}, "price_cents_per_kwh"),
        ({"valid_to": date(2026, 1, 1)}, "valid_to"),
        ({"kind": SurplusKind.FREE}, "price_cents_per_kwh"),
        ({"kind": SurplusKind.NONE}, "buyer"),
        ({"prices_by_month": {"2026-10": Decimal(1)}}, "prices_by_month"),
        ({"kind": SurplusKind.AGGREGATOR, "coefficient": Decimal("1.1")}, "coefficient"),
    ],
)
def test_a_contract_that_contradicts_itself_is_refused(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(SurplusContractInvalid) as refused:
        replace(FEED_IN, **changes)  # type: ignore[arg-type]

    assert refused.value.facts["field"] == field


def test_contracts_that_share_a_day_are_refused() -> None:
    later = replace(FEED_IN, valid_from=date(2026, 10, 16))

    with pytest.raises(SurplusContractOverlap):
        in_order([later, FEED_IN])

    assert in_order(versions(16)[::-1]) == versions(16)


def test_only_a_small_plant_gives_its_surplus_away() -> None:
    free = SurplusContract(kind=SurplusKind.FREE, valid_from=date(2026, 1, 1))

    check_power([free], 3000)
    check_power([free], None)
    check_power([FEED_IN], 9000)
    with pytest.raises(SurplusContractInvalid):
        check_power([free], 3001)


@pytest.mark.parametrize(
    ("owned", "overlaps"),
    [
        ((date(2025, 1, 1), date(2026, 1, 1)), False),
        ((date(2025, 1, 1), date(2026, 1, 2)), True),
        ((date(2026, 10, 1), None), False),
        ((date(2026, 9, 30), None), True),
    ],
)
def test_a_contract_is_its_producers_on_the_days_on_which_the_plant_was(
    owned: tuple[date, date | None], *, overlaps: bool
) -> None:
    contract = replace(FEED_IN, valid_to=date(2026, 10, 1))
    member = "11111111-1111-4111-8111-111111111111"

    participation = Participation(ROOF, Direction.PRODUCTION, member, *owned)  # type: ignore[arg-type]

    assert contract.overlaps(participation) is overlaps
