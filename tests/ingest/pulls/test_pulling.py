"""What the DSO's APIs tell becomes deliveries, by itself, every day."""

import json
from datetime import date, timedelta

import httpx

from services.ingest.domain.pulls import PullSource
from tests.community.coop import new_prm
from tests.ingest.delivering import settled
from tests.ingest.pulls.asking import CONSUMPTION, PRODUCTION, TODAY, Asking


async def _curve(staff: httpx.AsyncClient, prm: str, day: date) -> list[dict[str, object]]:
    period = {"from_day": f"{day}", "to_day": f"{day + timedelta(days=1)}"}
    answer = await staff.get(f"/ingest/points/{prm}/load-curve", params=period)
    assert answer.status_code == 200, answer.text
    blocks: list[dict[str, object]] = answer.json()["blocks"]
    return blocks


async def test_yesterdays_curve_of_a_point_becomes_readings(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm = await asking.consumer()

    await asking.pull()

    job = await asking.job(prm)
    assert (job["state"], job["attempts"], job["last_problem"]) == ("done", 1, None)
    delivery = await settled(staff, str(job["delivery_id"]))
    assert delivery["status"] == "recorded", delivery["problem"]
    assert await asking.senders(job["delivery_id"]) == ["pull:data-connect"]
    assert delivery["counts"]["accepted"] == 48
    (block,) = await _curve(staff, prm, TODAY - timedelta(days=1))
    assert block["power_w"] == [300] * 48


async def test_both_sides_of_a_storage_are_asked_for_at_their_own_address(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm = new_prm()
    await asking.take_part((prm, CONSUMPTION), (prm, PRODUCTION))

    await asking.pull()
    for job in await asking.jobs(prm):
        await settled(staff, str(job["delivery_id"]))

    blocks = await _curve(staff, prm, TODAY - timedelta(days=1))
    powers = {block["direction"]: block["power_w"] for block in blocks}
    assert powers == {"consumption": [300] * 48, "production": [700] * 48}


async def test_the_day_of_25_hours_is_pulled_whole(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm = await asking.consumer()
    await asking.ask([prm], date(2026, 10, 25), date(2026, 10, 26))

    await asking.pull()
    for job in await asking.jobs(prm):
        await settled(staff, str(job["delivery_id"]))

    (block,) = await _curve(staff, prm, date(2026, 10, 25))
    assert block["power_w"] == [300] * 50


async def test_a_day_is_planned_once_and_the_next_one_the_next_morning(asking: Asking) -> None:
    prm = await asking.consumer()

    await asking.pull()
    asking.clock.now += timedelta(hours=12)
    await asking.pull()
    asking.clock.now += timedelta(hours=12)
    await asking.pull()

    assert asking.asked() == [
        (prm, "2026-10-26", "2026-10-27"),
        (prm, "2026-10-27", "2026-10-28"),
    ]


async def test_days_of_which_nobody_planned_are_caught_up_with_seven_at_a_time(
    asking: Asking,
) -> None:
    prm = await asking.consumer()
    await asking.pull()

    asking.clock.now += timedelta(days=10)
    await asking.pull()

    assert asking.asked()[1:] == [
        (prm, "2026-10-27", "2026-11-03"),
        (prm, "2026-11-03", "2026-11-06"),
    ]


async def test_what_is_wanted_is_asked_for_in_calls_of_seven_days_within_participations(
    asking: Asking,
) -> None:
    prm, stranger = new_prm(), new_prm()
    await asking.take_part((prm, CONSUMPTION), valid_to=date(2026, 6, 11))

    planned = await asking.ask([prm, stranger], date(2026, 6, 1), date(2026, 7, 1))
    again = await asking.ask([prm], date(2026, 6, 1), date(2026, 7, 1))
    await asking.pull()

    assert (planned.added, planned.waited_already) == (2, 0)
    assert planned.without_participation == [stranger]
    assert (again.added, again.waited_already) == (0, 2)
    assert sorted(asking.asked()) == [
        (prm, "2026-06-01", "2026-06-08"),
        (prm, "2026-06-08", "2026-06-11"),
    ]


async def test_a_point_that_left_before_its_turn_is_not_asked_for(asking: Asking) -> None:
    prm = new_prm()
    operation_id = await asking.take_part((prm, CONSUMPTION))
    await asking.ask([prm], date(2026, 10, 1), date(2026, 10, 3))

    left_on = date(2026, 10, 2)
    await asking.tell(operation_id, (prm, CONSUMPTION), valid_to=left_on, revision=2)
    await asking.pull()

    job = await asking.job(prm)
    assert job["state"] == "withdrawn"
    assert job["last_problem"] == "The point takes no part on these days any more."
    assert asking.enedis.calls == []


async def test_the_same_answer_again_is_the_same_delivery_and_another_a_new_one(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    prm, days = await asking.consumer(), (date(2026, 10, 1), date(2026, 10, 2))
    deliveries = []
    for power_w in (300, 300, 500, 300):
        asking.enedis.power_w = power_w
        await asking.ask([prm], *days)
        asking.clock.now += timedelta(seconds=1)
        await asking.pull()
        newest = max(
            (job for job in await asking.jobs(prm) if job["from_day"] == days[0]),
            key=lambda job: job["closed_at"],
        )
        deliveries.append(newest["delivery_id"])
        await settled(staff, str(newest["delivery_id"]))

    first, second, changed, back = deliveries
    assert first == second
    assert len({first, changed, back}) == 3
    (block,) = await _curve(staff, prm, days[0])
    assert block["power_w"] == [300] * 48
    assert block["revision"] == 3


async def test_after_the_month_the_results_of_an_operation_are_pulled(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    consumer, producer = new_prm(), new_prm()
    operation_id = await asking.take_part((consumer, CONSUMPTION), (producer, PRODUCTION))
    asking.enedis.perimeter = [{"cons_id": consumer, "startDate": "2026-01-01", "endDate": None}]
    puller = asking.puller(PullSource.ACC)

    await asking.pull(puller)
    await asking.pull(puller)

    base = f"collective_self_consumption/v4/agreements/{operation_id}"
    assert sorted(call.path for call in asking.enedis.calls) == [
        f"{base}/definitive_active_energy/cons/{consumer}",
        f"{base}/definitive_active_energy/prod/{producer}",
        f"{base}/definitive_load_curves/cons/{consumer}",
        f"{base}/definitive_load_curves/prod/{producer}",
        f"{base}/perimeter",
    ]
    bounds = {call.query.get("start"): call.query.get("end") for call in asking.enedis.calls}
    assert bounds == {"20260831T220000Z": "20260930T220000Z", None: None}
    for job in await asking.jobs():
        assert job["state"] == "done", job["last_problem"]
        delivery = await settled(staff, str(job["delivery_id"]))
        assert await asking.senders(job["delivery_id"]) == ["pull:acc"]
        assert delivery["status"] == "recorded", delivery["problem"]
        assert delivery["formats"] == [f"ACC API {job['resource']}"]
        assert delivery["counts"]["accepted"] > 0, json.dumps(delivery)
        assert delivery["counts"]["quarantined"] == 0


async def test_without_the_members_consent_nothing_is_asked_and_whoever_asked_is_told(
    asking: Asking,
) -> None:
    prm = new_prm()
    await asking.take_part((prm, CONSUMPTION), with_consent=False)

    await asking.pull()  # which plans yesterday
    assert await asking.jobs(prm) == []
    await asking.ask([prm], date(2026, 10, 25), date(2026, 10, 26))
    await asking.pull()

    job = await asking.job(prm)
    assert (job["state"], asking.asked()) == ("withdrawn", [])
    assert "consent" in job["last_problem"]
