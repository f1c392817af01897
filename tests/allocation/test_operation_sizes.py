"""The smallest operation and one of the largest, from the event log to what people read."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import uuid4

import httpx
import pytest

from libs.common.ids import Direction, Prm
from tests.allocation.world import (
    CONSUMPTION,
    DAY,
    MONTH,
    PRODUCTION,
    Allocation,
    Coop,
    Point,
)

_NEXT = date(2026, 10, 13)
_STEPS = 48

_POINTS = 2000
_CONSUMERS = _POINTS - 1
_SHARE_W = 300
_HOME_W = 1000


@pytest.fixture(scope="module")
async def crowd(allocation: Allocation) -> Coop:
    """Anna, Bruno and 1,997 others draw 1000 W each; the roof has 300 W for each of them."""
    coop = Coop()
    others = [Point(Prm(f"990{number:011}"), CONSUMPTION, uuid4()) for number in range(_POINTS - 3)]
    points = [replace(point, valid_from=DAY, valid_to=_NEXT) for point in [*coop.points, *others]]
    await allocation.tell(coop.perimeter(points))
    async with allocation.client("operator") as operator:
        await coop.set_key(operator)
    await allocation.tell(
        coop.readings(
            roof=_SHARE_W * _CONSUMERS,
            anna=_HOME_W,
            bruno=_HOME_W,
            others={point.prm: _HOME_W for point in others},
        )
    )
    return coop


async def test_a_day_of_2_000_points_is_allocated(operator: httpx.AsyncClient, crowd: Coop) -> None:
    day = await crowd.day(operator)

    assert (day["status"], day["missing"]) == ("allocated", [])
    assert day["consumption_wmin"] == _HOME_W * 1440 * _CONSUMERS
    assert day["allocated_wmin"] == _SHARE_W * 1440 * _CONSUMERS


async def test_the_shares_of_2_000_points_stream_as_csv(
    operator: httpx.AsyncClient, crowd: Coop
) -> None:
    shares = Counter[tuple[str, ...]]()
    consumers = set()
    params = {"month": MONTH, "by": "step"}
    async with operator.stream("GET", f"{crowd.url}/shares.csv", params=params) as answer:
        lines = answer.aiter_lines()
        header = await anext(lines)
        async for line in lines:
            _, step_min, producer, consumer, energy_wmin = line.split(",")
            shares[step_min, producer, energy_wmin] += 1
            consumers.add(consumer)

    assert header == "start,step_min,producer,consumer,energy_wmin"
    assert shares == {("30", crowd.roof, str(_SHARE_W * 30)): _STEPS * _CONSUMERS}
    assert len(consumers) == _CONSUMERS


async def test_the_summary_of_2_000_points_balances(
    operator: httpx.AsyncClient, crowd: Coop
) -> None:
    summary = await crowd.summary(operator)

    assert len(summary["consumers"]) == _CONSUMERS
    assert {consumer["shared_wmin"] for consumer in summary["consumers"]} == {_SHARE_W * 1440}
    assert (summary["self_consumption_rate"], summary["surplus_wmin"]) == (1, 0)
    assert summary["balance"] == {"production_wmin": 0, "consumption_wmin": 0}


async def test_one_of_2_000_sees_the_own_home(allocation: Allocation, crowd: Coop) -> None:
    async with allocation.client("member", member_id=str(crowd.anna)) as anna:
        own_shares = await crowd.shares(anna, by="step", day=DAY.isoformat())
        summary = await crowd.summary(anna)

    assert [share["energy_wmin"] for share in own_shares] == [_SHARE_W * 30] * _STEPS
    assert [consumer["prm"] for consumer in summary["consumers"]] == [crowd.anna_home]


async def test_the_month_of_2_000_points_can_be_settled(
    operator: httpx.AsyncClient, crowd: Coop
) -> None:
    closed = await crowd.close(operator)

    assert closed.status_code == 201, closed.text


@pytest.mark.parametrize(
    ("direction", "rest"), [(PRODUCTION, "surplus_wmin"), (CONSUMPTION, "complement_wmin")]
)
async def test_an_operation_with_one_point_shares_nothing_and_loses_nothing(
    allocation: Allocation, operator: httpx.AsyncClient, direction: Direction, rest: str
) -> None:
    coop = Coop()
    [point] = [
        replace(coop_point, valid_from=DAY, valid_to=_NEXT)
        for coop_point in coop.points
        if coop_point.direction == direction and coop_point.prm != coop.bruno_home
    ]
    await allocation.tell(coop.perimeter([point]), coop.readings(roof=400, anna=400, bruno=None))

    day = await coop.day(operator)
    assert (day["status"], day["allocated_wmin"]) == ("allocated", 0)

    assert await coop.shares(operator, by="month") == []
    summary = await coop.summary(operator)
    assert len(summary["producers"]) + len(summary["consumers"]) == 1
    assert (summary["shared_wmin"], summary[rest]) == (0, 400 * 1440)
    closed = await coop.close(operator)
    assert closed.status_code == 201, closed.text
