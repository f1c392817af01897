from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.allocation.world import CONSUMPTION, DAY, MONTH, Allocation, Coop, Point
from tests.support.ids import new_prm

_OWNERS = [uuid4() for _ in range(3)]


@pytest.fixture
async def shared(allocation: Allocation, operator: httpx.AsyncClient, coop: Coop) -> Coop:
    """A day on which 900 W go to homes that use 400 and 800 W."""
    await coop.set_key(operator)
    await allocation.tell(coop.readings())
    return coop


async def ask(client: httpx.AsyncClient, coop: Coop, prm: str, day: date = DAY) -> httpx.Response:
    params = {"day": day.isoformat(), "prm": prm}
    return await client.get(f"{coop.url}/explanations", params=params)


async def explain(
    client: httpx.AsyncClient, coop: Coop, prm: str, day: date = DAY
) -> dict[str, Any]:
    answer = await ask(client, coop, prm, day)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_staff_see_each_step_with_its_rule(operator: httpx.AsyncClient, shared: Coop) -> None:
    body = await explain(operator, shared, shared.anna_home)

    assert (body["day"], body["prm"], body["revision"]) == ("2026-10-12", shared.anna_home, 1)
    assert (body["key_type"], body["step_min"], body["producer"]) == ("default_dynamic", 30, None)
    consumer = body["consumer"]
    assert consumer["summary"].startswith("On 12 October 2026, 7.200 of 9.600 kWh")
    assert (consumer["share_wmin"], consumer["complement_wmin"]) == (300 * 1440, 100 * 1440)
    assert len(consumer["steps"]) == 48
    assert consumer["steps"][0] == {
        "start": "2026-10-11T22:00:00Z",
        "local_time": "00:00+02:00",
        "consumption_wmin": 400 * 30,
        "reading": "metered",
        "production_wmin": 900 * 30,
        "rule": "prorata-of-consumption",
        "coefficient": "1/3",
        "rank": None,
        "left_wmin": None,
        "offered_wmin": 300 * 30,
        "capped": False,
        "share_wmin": 300 * 30,
        "complement_wmin": 100 * 30,
        "producers": [
            {
                "producer": shared.roof,
                "share_wmin": 300 * 30,
                "coefficient": None,
                "offered_wmin": None,
            }
        ],
    }


async def test_the_explanation_has_the_numbers_of_the_shares(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    shares = await shared.shares(operator, by="step", prm=shared.anna_home)
    steps = (await explain(operator, shared, shared.anna_home))["consumer"]["steps"]
    assert [(share["start"], share["energy_wmin"]) for share in shares] == [
        (step["start"], step["share_wmin"]) for step in steps
    ]


async def test_a_fixed_share_is_told_as_decimal(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator, type="static", shares={coop.anna_home: "0.125"})
    await allocation.tell(coop.readings(anna=50))

    step = (await explain(operator, coop, coop.anna_home))["consumer"]["steps"][0]

    assert (step["rule"], step["coefficient"]) == ("fixed-share-capped", "0.125")
    assert (step["offered_wmin"], step["share_wmin"], step["capped"]) == (3375, 1500, True)


async def test_staff_see_what_a_producer_sold_in_all(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    body = await explain(operator, shared, shared.roof)
    assert body["consumer"] is None
    assert body["producer"]["sold_wmin"] == 900 * 1440
    assert body["producer"]["steps"][0] == {
        "start": "2026-10-11T22:00:00Z",
        "local_time": "00:00+02:00",
        "production_wmin": 900 * 30,
        "reading": "metered",
        "sold_wmin": 900 * 30,
        "surplus_wmin": 0,
    }


async def test_a_day_of_25_hours_has_50_steps(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    autumn = date(2026, 10, 25)
    await coop.set_key(operator)
    await allocation.tell(coop.readings(autumn))

    steps = (await explain(operator, coop, coop.anna_home, autumn))["consumer"]["steps"]

    assert len(steps) == 50
    assert [step["local_time"] for step in steps[4:8]] == [
        "02:00+02:00",
        "02:30+02:00",
        "02:00+01:00",
        "02:30+01:00",
    ]


async def test_a_member_with_one_neighbour_is_told_the_rule_but_not_the_sums(
    allocation: Allocation, shared: Coop
) -> None:
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        consumer = (await explain(anna, shared, shared.anna_home))["consumer"]

    assert consumer["withheld"] is True
    step = consumer["steps"][0]
    assert (step["share_wmin"], step["complement_wmin"]) == (300 * 30, 100 * 30)
    assert step["rule"] == "prorata-of-consumption"
    assert step["production_wmin"] is step["coefficient"] is step["offered_wmin"] is None


def _neighbours(count: int) -> list[Point]:
    """Of three members."""
    return [
        Point(new_prm(), CONSUMPTION, _OWNERS[number % len(_OWNERS)]) for number in range(count)
    ]


@pytest.mark.parametrize(("power_w", "is_told"), [(36_000, True), (9_000, False), (None, False)])
async def test_a_member_is_told_what_a_plant_makes_unless_it_may_be_a_households(
    allocation: Allocation,
    operator: httpx.AsyncClient,
    shared: Coop,
    power_w: int | None,
    *,
    is_told: bool,
) -> None:
    roof, *homes = shared.points
    neighbours = _neighbours(10)
    await allocation.tell(
        shared.perimeter([replace(roof, power_limit_w=power_w), *homes, *neighbours], revision=2),
        shared.readings(others={neighbour.prm: 30 for neighbour in neighbours}, revision=2),
    )

    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        consumer = (await explain(anna, shared, shared.anna_home))["consumer"]
        sunny = await anna.get(f"{shared.url}/sunny-hours", params={"day": DAY.isoformat()})

    (made,) = {step["production_wmin"] for step in consumer["steps"]}
    assert made == (900 * 30 if is_told else None)
    assert consumer["withheld"] is not is_told
    # One rule for both: here there is no history to go by.
    assert sunny.json()["type"] == f"/problems/{'no-history' if is_told else 'production-private'}"
    assert (await explain(operator, shared, shared.anna_home))["consumer"]["withheld"] is False


async def test_a_member_with_enough_neighbours_is_told_everything(
    allocation: Allocation, operator: httpx.AsyncClient, shared: Coop
) -> None:
    neighbours = _neighbours(10)
    await allocation.tell(
        shared.perimeter([*shared.points, *neighbours], revision=2),
        shared.readings(others={neighbour.prm: 30 for neighbour in neighbours}, revision=2),
    )
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        of_member = await explain(anna, shared, shared.anna_home)
    assert of_member == await explain(operator, shared, shared.anna_home)
    assert of_member["consumer"]["steps"][0]["coefficient"] == "4/15"
    async with allocation.client("member", member_id=str(shared.seller)) as seller:
        of_seller = await explain(seller, shared, shared.roof)
    assert of_seller == await explain(operator, shared, shared.roof)
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        withheld = []
        for least_points in (12, 3):  # there are eleven; the platform wants ten
            policy = {"least_points": least_points}
            answer = await operator.put(f"{shared.url}/policy", json=policy)
            assert answer.status_code == 200, answer.text
            explanation = await explain(anna, shared, shared.anna_home)
            withheld.append(explanation["consumer"]["withheld"])
    assert withheld == [True, False]


async def test_a_producer_with_two_customers_is_not_told_when_they_consume(
    allocation: Allocation, shared: Coop
) -> None:
    async with allocation.client("member", member_id=str(shared.seller)) as seller:
        producer = (await explain(seller, shared, shared.roof))["producer"]
    assert (producer["withheld"], producer["sold_wmin"]) == (True, None)
    assert {step["surplus_wmin"] for step in producer["steps"]} == {None}
    assert producer["production_wmin"] == 900 * 1440


async def test_who_may_ask(allocation: Allocation, shared: Coop) -> None:
    async with allocation.client("organiser", operations=[shared.operation_id]) as organiser:
        assert (await explain(organiser, shared, shared.anna_home))["consumer"]["withheld"] is False
    refused: Sequence[tuple[str, dict[str, Any]]] = (
        ("member", {"member_id": str(shared.bruno)}),
        ("member", {"member_id": str(shared.seller)}),
        ("member", {"member_id": str(uuid4())}),
        ("organiser", {"operations": ["ACC00000000"]}),
        ("feed", {}),
    )
    for role, claims in refused:
        async with allocation.client(role, **claims) as client:
            answer = await ask(client, shared, shared.anna_home)
            assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    async with allocation.platform.client() as anonymous:
        assert (await ask(anonymous, shared, shared.anna_home)).status_code == 401


async def test_a_member_sees_only_the_days_of_the_own_participation(
    allocation: Allocation, shared: Coop
) -> None:
    heir, handover = uuid4(), date(2026, 10, 13)
    home = next(point for point in shared.points if point.prm == shared.anna_home)
    others = [point for point in shared.points if point.prm != shared.anna_home]
    parts = [
        replace(home, valid_to=handover),
        replace(home, member_id=heir, valid_from=handover),
    ]
    await allocation.tell(
        shared.perimeter([*others, *parts], revision=2), shared.readings(handover)
    )
    for member_id, theirs, not_theirs in ((shared.anna, DAY, handover), (heir, handover, DAY)):
        async with allocation.client("member", member_id=str(member_id)) as member:
            await explain(member, shared, shared.anna_home, theirs)
            answer = await ask(member, shared, shared.anna_home, not_theirs)
            assert answer.status_code == 403, answer.text


async def test_a_day_without_shares_tells_why(
    allocation: Allocation, operator: httpx.AsyncClient, shared: Coop
) -> None:
    day = date(2026, 10, 14)
    await allocation.tell(shared.readings(day, bruno=None))

    answer = await ask(operator, shared, shared.anna_home, day)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/day-not-allocated")
    assert answer.json()["status"] == 409
    assert answer.json()["day_status"] == "incomplete"
    assert answer.json()["missing"] == [
        {"prm": shared.bruno_home, "direction": "consumption", "steps": 48}
    ]
    async with allocation.client("member", member_id=str(shared.anna)) as anna:
        answer = await ask(anna, shared, shared.anna_home, day)
        assert (answer.json()["day_status"], answer.json()["missing"]) == ("incomplete", [])
    answer = await ask(operator, shared, shared.anna_home, date(2026, 10, 20))
    assert answer.json()["day_status"] == "no_readings"


async def test_shares_that_would_be_others_now_are_not_explained(
    allocation: Allocation, operator: httpx.AsyncClient, shared: Coop
) -> None:
    changed = "UPDATE reading_block SET power_w = :power_w WHERE prm = :prm RETURNING prm"
    assert await allocation.query(changed, power_w=[500] * 48, prm=shared.anna_home)

    answer = await ask(operator, shared, shared.anna_home)

    assert (answer.status_code, answer.json()["day_status"]) == (409, "waiting")


async def test_a_question_that_makes_no_sense_is_refused(
    operator: httpx.AsyncClient, shared: Coop
) -> None:
    answer = await ask(operator, shared, new_prm())
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/point-not-taking-part")
    answer = await ask(operator, Coop(), shared.anna_home)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")
    for params in ({"day": MONTH}, {"day": "9999-12-31"}, {"prm": "1"}, {"prm": ""}):
        query = {"day": DAY.isoformat(), "prm": shared.anna_home} | params
        answer = await operator.get(f"{shared.url}/explanations", params=query)
        assert answer.status_code == 422, answer.text
