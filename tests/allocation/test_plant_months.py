"""The months of a plant: the same figures as everywhere, for whom they are."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import httpx
import pytest

from libs.common.ids import Prm
from tests.allocation.world import (
    CONSUMPTION,
    DAY,
    MONTH,
    OCTOBER,
    PRODUCTION,
    Allocation,
    Coop,
    Point,
    get_json,
)
from tests.support.ids import new_prm

_MINUTES = 31 * 1440 + 60
_OWNERS = [uuid4() for _ in range(3)]


def _path(coop: Coop, prm: str, month: str = "") -> str:
    return f"{coop.url}/plants/{prm}/months{month and '/'}{month}"


@pytest.fixture
async def october(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """1,500 W from the roof each day, for homes that use 400 and 800."""
    await coop.set_key(operator)
    await allocation.tell(*(coop.readings(day, roof=1500) for day in OCTOBER))
    return coop


async def _neighbours(allocation: Allocation, coop: Coop, count: int) -> list[Prm]:
    """Homes that use 10 W each, of three members, beside the 400 W and 800 W."""
    homes = [Point(new_prm(), CONSUMPTION, _OWNERS[number % 3]) for number in range(count)]
    powers = {home.prm: 10 for home in homes}
    await allocation.tell(
        coop.perimeter([*coop.points, *homes], revision=2),
        *(coop.readings(day, roof=1500, others=powers, revision=2) for day in OCTOBER),
    )
    return list(powers)


async def test_staff_read_each_day_with_the_sums_of_the_summary(
    operator: httpx.AsyncClient, october: Coop
) -> None:
    month = await get_json(operator, _path(october, october.roof, MONTH))
    (listed, *later) = await get_json(operator, _path(october, october.roof))
    summary = await get_json(operator, f"{october.url}/summary?month={MONTH}")

    days = {day["day"]: day for day in month["days"]}
    assert list(days) == [day.isoformat() for day in OCTOBER]
    assert days[DAY.isoformat()] == {
        "day": DAY.isoformat(),
        "status": "allocated",
        "production_wmin": 1500 * 1440,
        "shared_wmin": 1200 * 1440,
    }
    assert days["2026-10-25"]["production_wmin"] == 1500 * 1500
    totals = month["totals"]
    assert totals == {
        "days_allocated": 31,
        "production_wmin": 1500 * _MINUTES,
        "shared_wmin": 1200 * _MINUTES,
        "surplus_wmin": 300 * _MINUTES,
        "rate": 0.8,
    }
    (plant,) = summary["producers"]
    assert {name: totals[name] for name in plant if name != "prm"} == {
        name: plant[name] for name in plant if name != "prm"
    }
    assert (listed["month"], listed["days"], listed["totals"]) == (MONTH, 31, totals)
    assert all(body["totals"]["days_allocated"] == 0 for body in later)
    assert (month["withheld"], month["settlement"], listed["settlement"]) == (False, None, None)


async def test_of_few_neighbours_a_producer_sees_the_settled_month_only(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    async with allocation.client("member", member_id=str(october.seller)) as seller:
        under_way = await get_json(seller, _path(october, october.roof, MONTH))
        listed_under_way, *_ = await get_json(seller, _path(october, october.roof))
        assert (await october.close(operator)).status_code == 201
        month = await get_json(seller, _path(october, october.roof, MONTH))
        listed, *_ = await get_json(seller, _path(october, october.roof))

    assert under_way["totals"] == listed_under_way["totals"]
    assert under_way["totals"] == {
        "days_allocated": 31,
        "production_wmin": 1500 * _MINUTES,
        "shared_wmin": None,
        "surplus_wmin": None,
        "rate": None,
    }

    assert (month["withheld"], month["needs"]) == (True, 10)
    assert {day["shared_wmin"] for day in month["days"]} == {None}
    assert {day["status"] for day in month["days"]} == {"allocated"}
    assert month["days"][0]["production_wmin"] == 1500 * 1440
    assert month["totals"] == listed["totals"]
    assert month["totals"]["shared_wmin"] == 1200 * _MINUTES


async def test_of_enough_neighbours_a_producer_sees_each_day(
    allocation: Allocation, october: Coop
) -> None:
    await _neighbours(allocation, october, 8)  # with Anna's and Bruno's, ten of five members

    async with allocation.client("member", member_id=str(october.seller)) as seller:
        month = await get_json(seller, _path(october, october.roof, MONTH))

    assert not month["withheld"]
    assert {day["shared_wmin"] for day in month["days"]} == {1280 * 1440, 1280 * 1500}


async def test_one_day_of_few_takers_withholds_all_of_its_month(
    allocation: Allocation, october: Coop
) -> None:
    """The month's sum less the other days would tell it."""
    homes = await _neighbours(allocation, october, 8)
    away = dict.fromkeys(homes, 0)
    await allocation.tell(october.readings(DAY, roof=1500, others=away, revision=3))

    async with allocation.client("member", member_id=str(october.seller)) as seller:
        month = await get_json(seller, _path(october, october.roof, MONTH))

    assert month["totals"]["days_allocated"] == 31
    assert month["withheld"]
    assert {day["shared_wmin"] for day in month["days"]} == {None}


async def test_who_consumes_alone_with_their_plant_sees_each_day(
    allocation: Allocation, october: Coop
) -> None:
    roof, home, _ = october.points
    alone = [roof, replace(home, member_id=october.seller)]
    await allocation.tell(october.perimeter(alone, revision=2))

    async with allocation.client("member", member_id=str(october.seller)) as seller:
        month = await get_json(seller, _path(october, october.roof, MONTH))

    assert not month["withheld"]
    assert month["totals"]["shared_wmin"] == 400 * _MINUTES


async def test_a_day_that_is_not_allocated_shows_what_was_made(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    half: list[int | None] = [1500] * 24 + [None] * 24
    await coop.set_key(operator)
    await allocation.tell(coop.readings(roof=half))

    month = await get_json(operator, _path(coop, coop.roof, MONTH))

    days = {day["day"]: day for day in month["days"]}
    shown = days[DAY.isoformat()]
    assert (shown["status"], shown["shared_wmin"]) == ("incomplete", None)
    assert shown["production_wmin"] == 1500 * 720
    assert days["2026-10-13"]["production_wmin"] is None
    assert (month["totals"]["days_allocated"], month["totals"]["rate"]) == (0, None)


async def test_before_the_first_allocated_day_nothing_is_told_of_what_was_taken(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(coop.readings(DAY, roof=1500))  # and there is no key yet

    async with allocation.client("member", member_id=str(coop.seller)) as seller:
        months = [
            await get_json(client, _path(coop, coop.roof, MONTH)) for client in (seller, operator)
        ]
        lists = [await get_json(client, _path(coop, coop.roof)) for client in (seller, operator)]

    made = {day["day"]: day["production_wmin"] for day in months[0]["days"]}
    assert made[DAY.isoformat()] == 1500 * 1440
    unknown = dict.fromkeys(("shared_wmin", "surplus_wmin", "rate"))
    nothing = {"days_allocated": 0, "production_wmin": 0, **unknown}
    assert [month["totals"] for month in months] == [nothing] * 2
    assert [body[0]["totals"] for body in lists] == [nothing] * 2


async def test_only_the_days_on_which_it_was_the_own_plant_are_shown(
    allocation: Allocation, october: Coop
) -> None:
    roof, *homes = october.points
    moved = date(2026, 10, 20)
    points = [
        replace(roof, valid_to=moved),
        Point(roof.prm, PRODUCTION, october.bruno, valid_from=moved, power_limit_w=100_000),
        *homes,
    ]
    await allocation.tell(october.perimeter(points, revision=2))

    async with allocation.client("member", member_id=str(october.seller)) as seller:
        before = await get_json(seller, _path(october, roof.prm, MONTH))
        listed = await get_json(seller, _path(october, roof.prm))

    assert [day["day"] for day in before["days"]] == [f"2026-10-{day:02}" for day in range(1, 20)]
    assert [(submission["month"], submission["days"]) for submission in listed] == [(MONTH, 19)]


async def test_a_plant_is_nobody_elses_to_see(
    allocation: Allocation, operator: httpx.AsyncClient, october: Coop
) -> None:
    async with allocation.client("member", member_id=str(october.anna)) as anna:
        refused = [await anna.get(_path(october, october.roof, month)) for month in ("", MONTH)]
    async with allocation.client("organiser", operations=[october.operation_id]) as organiser:
        refused += [await organiser.get(_path(october, october.roof, MONTH))]
    unknown = [
        await operator.get(_path(october, october.anna_home, month)) for month in ("", MONTH)
    ]
    malformed = await operator.get(_path(october, october.roof, "9999-12"))

    assert {answer.status_code for answer in refused} == {403}
    assert {(answer.status_code, answer.json()["type"]) for answer in unknown} == {
        (404, "/problems/point-not-producing")
    }
    assert malformed.status_code == 422
