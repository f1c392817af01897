import asyncio
import hashlib
import json
from datetime import date

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from libs.common.calendar import Month
from libs.common.events.allocation import SettlementClosed
from services.allocation.commands.settlements import close_settlement
from services.allocation.domain.settlements import DaysWaiting
from services.allocation.store.copies import get_perimeter
from services.allocation.store.days import list_month_days
from services.allocation.store.stale import mark_stale
from tests.allocation.world import CONSUMPTION, DAY, MONTH, OCTOBER, Allocation, Coop, Point
from tests.support.ids import new_prm


async def test_a_settlement_freezes_the_shares_of_a_month(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    answer = await ready.close(operator)

    assert answer.status_code == 201, answer.text
    settlement = answer.json()
    assert (settlement["number"], settlement["status"]) == (1, "provisional")
    assert settlement["revisions"] == {day.isoformat(): 1 for day in OCTOBER}
    pairs = {pair["consumer"]: pair["energy_wmin"] for pair in settlement["pairs"]}
    minutes = [1440] * 24 + [1500] + [1440] * 6
    assert pairs[ready.anna_home] == [300 * minute for minute in minutes]
    shared = {point["prm"]: point["shared_wmin"] for point in settlement["points"]}
    assert shared[ready.roof] == shared[ready.anna_home] + shared[ready.bruno_home]
    url = f"/allocation/settlements/{ready.operation_id}/{MONTH}/1"
    assert (await operator.get(url)).json() == settlement
    events = await allocation.published(SettlementClosed, ready.operation_id)
    event = events[0].model_dump(mode="json")
    assert event["keys"] == [
        {"kind": "default_dynamic", "valid_from": "2026-10-01", "valid_to": "2026-11-01"}
    ]
    assert event["content_hash"] == settlement["content_hash"]
    assert event["pairs"] == settlement["pairs"]
    by_day = {point["prm"]: point.pop("metered_by_day_wmin") for point in event["points"]}
    by_class = [point.pop("shared_by_class_wmin") for point in event["points"]]
    assert not any(by_class)  # our own shares have half-hours in their place
    assert event["points"] == settlement["points"]
    produced = {point["prm"]: point["metered_wmin"] for point in settlement["points"]}[ready.roof]
    assert (len(by_day[ready.roof]), sum(by_day[ready.roof])) == (31, produced)
    assert by_day[ready.anna_home] is None


async def test_the_hash_vouches_for_the_content(operator: httpx.AsyncClient, ready: Coop) -> None:
    settlement = (await ready.close(operator)).json()
    names = ("version", "operation_id", "month", "status", "pairs", "points", "step_hashes")
    content = {name: settlement[name] for name in names}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert settlement["content_hash"] == hashlib.sha256(canonical.encode()).hexdigest()


async def test_the_same_content_again_is_the_same_settlement(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    first, *others = await asyncio.gather(*(ready.close(operator) for _ in range(3)))

    assert sorted(answer.status_code for answer in (first, *others)) == [200, 200, 201]
    assert all(answer.json() == first.json() for answer in others)
    assert len(await allocation.published(SettlementClosed, ready.operation_id)) == 1


async def test_a_month_with_gaps_is_refused_with_the_gaps(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await coop.set_key(operator)
    hole = coop.readings(DAY, anna=[None] * 3 + [400] * 45)
    rest = [
        reading
        for reading in coop.month_of_readings()
        if reading.day not in {DAY, date(2026, 10, 31)}
    ]
    await allocation.tell(hole, *rest)

    answer = await coop.close(operator)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/days-incomplete")
    assert answer.json()["detail"].startswith("2 days of 2026-10 ")
    first, last = answer.json()["days"]
    anna = {"prm": coop.anna_home, "direction": "consumption"}
    assert first == {"day": "2026-10-12", "status": "incomplete", "missing": [anna | {"steps": 3}]}
    assert (last["day"], last["status"]) == ("2026-10-31", "no_readings")
    assert [gap["steps"] for gap in last["missing"]] == [48, 48, 48]
    assert await allocation.published(SettlementClosed, coop.operation_id) == []


async def test_a_month_without_key_is_refused(
    allocation: Allocation, operator: httpx.AsyncClient, coop: Coop
) -> None:
    await allocation.tell(*coop.month_of_readings())
    answer = await coop.close(operator)
    assert {day["status"] for day in answer.json()["days"]} == {"no_key"}


async def test_days_before_the_operation_s_life_need_no_readings(
    allocation: Allocation, operator: httpx.AsyncClient
) -> None:
    coop, start = Coop(), date(2026, 10, 30)
    await coop.set_key(operator)
    late = [Point(point.prm, point.direction, point.member_id, start) for point in coop.points]
    await allocation.tell(coop.perimeter(late), *coop.month_of_readings()[-2:])

    settlement = (await coop.close(operator)).json()

    assert list(settlement["revisions"]) == ["2026-10-30", "2026-10-31"]
    assert settlement["pairs"][0]["energy_wmin"][:29] == [0] * 29
    other = await operator.post(f"{coop.url}/settlements", json={"month": "2026-09"})
    assert (other.status_code, other.json()["type"]) == (409, "/problems/nothing-to-settle")


async def test_a_month_with_waiting_days_is_to_be_tried_again(
    allocation: Allocation, ready: Coop
) -> None:
    month = Month.parse(MONTH)
    async with (
        allocation.platform.database("allocation") as database,
        database.transaction() as session,
    ):
        # In one transaction, so that no worker sees the mark.
        await mark_stale(session, [(ready.operation_id, DAY)])
        perimeter = await get_perimeter(session, ready.operation_id)
        days = await list_month_days(session, perimeter, month)
        with pytest.raises(DaysWaiting) as refusal:
            await close_settlement(session, ready.operation_id, month)
        await session.rollback()
    assert {day.day for day in days if day.status == "waiting"} == {DAY}
    assert refusal.value.facts == {"days": ["2026-10-12"]}


async def test_a_settlement_never_changes(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    for change in ("UPDATE settlement SET number = 9", "DELETE FROM settlement"):
        with pytest.raises(DBAPIError, match="never change"):
            await allocation.query(f"{change} WHERE operation_id = :id", id=ready.operation_id)


async def test_only_runners_settle(allocation: Allocation, ready: Coop) -> None:
    url = f"/allocation/settlements/{ready.operation_id}/{MONTH}/1"
    async with allocation.client("organiser", operations=[ready.operation_id]) as organiser:
        assert (await ready.close(organiser)).status_code == 201
        assert (await organiser.get(url)).status_code == 200
    async with allocation.client("organiser", operations=["ACC00000000"]) as organiser:
        assert (await ready.close(organiser)).status_code == 403
        assert (await organiser.get(url)).status_code == 403
    async with allocation.client("member", member_id=str(ready.anna)) as anna:
        assert (await ready.close(anna)).status_code == 403
        assert (await anna.get(url)).status_code == 403


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("2026-10/2", 404, "settlement-not-found"),
        ("2026-10/0", 422, "malformed"),
        ("2026-99/1", 422, "month-malformed"),
    ],
)
async def test_a_settlement_that_does_not_exist_is_not_found(
    operator: httpx.AsyncClient, coop: Coop, path: str, status: int, slug: str
) -> None:
    answer = await operator.get(f"/allocation/settlements/{coop.operation_id}/{path}")
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


async def test_an_operation_that_nobody_knows_cannot_be_settled(
    operator: httpx.AsyncClient,
) -> None:
    answer = await Coop().close(operator)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/operation-unknown")


async def test_one_who_joins_later_leaves_earlier_months_alone(
    allocation: Allocation, operator: httpx.AsyncClient, ready: Coop
) -> None:
    await ready.close(operator)
    carla = Point(new_prm(), CONSUMPTION, ready.anna, valid_from=date(2026, 11, 1))
    await allocation.tell(ready.perimeter([*ready.points, carla], revision=2))
    assert (await ready.close(operator)).status_code == 200
