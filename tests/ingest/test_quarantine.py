"""Records that were kept out: who sees them, and how they are released, corrected, discarded."""

from typing import Any

import httpx
import pytest

from tests.community.coop import given_operation, logged_in, new_prm
from tests.ingest.delivering import given_participation, pushed, quarantine, told, until_covered
from tests.ingest.formats.files import r63, r63_row
from tests.ingest.validating import curve_of, decide, given_rule
from tests.support.platform import Platform

_STAMPS = [f"2026-07-01 {hour:02}:{minute}:00" for hour in range(24) for minute in ("00", "30")][1:]
_FILE = "ENEDIS_R63_P_CdC_M0AAAAA1_00001_{}.csv"


def _file(prm: str, *values: object) -> bytes:
    """Values of the first half-hours of 1 July 2026."""
    rows = [
        r63_row(stamp, str(value), prm=prm) for stamp, value in zip(_STAMPS, values, strict=False)
    ]
    return r63(rows)


def _reading(prm: str, **changes: object) -> dict[str, object]:
    """What a record is corrected to."""
    reading = {"prm": prm, "direction": "consumption", "start": "2026-06-30T22:00:00Z"}
    return {**reading, "step_min": 30, "power_w": 1, "because": "read anew", **changes}


def _contradicting(prm: str, *values: int) -> bytes:
    """Several values for the first half-hour of the day."""
    return r63([r63_row(_STAMPS[0], str(value), prm=prm) for value in values])


async def _point_with_quarantined_spike(
    platform: Platform, operator: httpx.AsyncClient
) -> tuple[str, str, Any]:
    """A point, its operation, and the delivery whose second value was quarantined."""
    prm = new_prm()
    operation_id, _ = await given_participation(operator, prm)
    await until_covered(platform, prm)
    await given_rule(operator, operation_id, "spike", action="quarantine")
    delivery = await pushed(operator, _file(prm, 5, 99_000, 6), _FILE.format("20260702060000"))
    return prm, operation_id, delivery


async def test_a_reading_that_a_rule_holds_back_is_listed_with_what_it_says(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, _, delivery = await _point_with_quarantined_spike(platform, operator)

    (record,) = await quarantine(operator, delivery)

    assert (delivery["counts"]["accepted"], delivery["counts"]["quarantined"]) == (2, 1)
    assert (record["number"], record["code"], record["state"]) == (1, "spike", "open")
    assert record["reading"] == {
        "prm": prm,
        "direction": "consumption",
        "day": "2026-07-01",
        "start": "2026-06-30T22:30:00Z",
        "step_min": 30,
        "power_w": 99_000,
        "nature": "measured",
        "doubtful": False,
    }
    assert (record["decided_at"], record["decided_by"], record["replacement"]) == (None,) * 3


async def test_a_released_reading_is_stored_and_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id, delivery = await _point_with_quarantined_spike(platform, operator)
    await told(platform, operation_id, count=1)

    answer = await decide(operator, delivery, 1, "release", {"because": "a welding day"})

    assert answer == {"decided": 1, "accepted": 1, "superseding": 0, "duplicate": 0, "outdated": 0}
    *_, event = await told(platform, operation_id, count=2)
    assert (event.revision, event.blocks[0].power_w[:3]) == (2, [5, 99_000, 6])
    (block,) = await curve_of(operator, prm)
    assert (block["revision"], block["nature"][1]) == (2, "measured")
    assert block["flags"] == [{"code": "spike", "slots": [1]}]
    (record,) = await quarantine(operator, delivery)
    assert (record["state"], record["decided_because"]) == ("released", "a welding day")
    assert record["decided_by"]
    assert record["decided_at"]


async def test_the_deliveries_with_most_open_records_wait_for_staff(
    operator: httpx.AsyncClient,
) -> None:
    # More than any other test leaves open of one delivery.
    delivery = await pushed(operator, _file(new_prm(), *["lots"] * 47))

    waiting = {kind["kind"]: kind for kind in (await operator.get("/ingest/today")).json()}

    assert waiting["quarantine_open"]["count"] >= 47
    path = f"/ingest/deliveries/{delivery['id']}/quarantine?state=open"
    assert path in waiting["quarantine_open"]["first"]


async def test_the_counts_of_a_delivery_stay_and_those_of_decisions_follow(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    _, _, delivery = await _point_with_quarantined_spike(platform, operator)
    path, question = "/ingest/quarantine/counts", {"delivery_id": delivery["id"]}
    before = (await operator.get(path, params=question)).json()

    await decide(operator, delivery, 1, "discard", {"because": "a lightning stroke"})

    after = (await operator.get(path, params=question)).json()
    nothing = {"corrected": 0, "released": 0}
    assert before == [{"code": "spike", "open": 1, "discarded": 0, **nothing}]
    assert after == [{"code": "spike", "open": 0, "discarded": 1, **nothing}]
    assert (await operator.get(f"/ingest/deliveries/{delivery['id']}")).json() == delivery


async def test_open_records_wait_for_staff_by_delivery(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    await _point_with_quarantined_spike(platform, operator)

    counts = (await operator.get("/ingest/quarantine/counts")).json()
    kinds = {kind["kind"]: kind for kind in (await operator.get("/ingest/today")).json()}
    waiting = kinds["quarantine_open"]

    assert waiting["count"] == sum(count["open"] for count in counts)
    records = [len((await operator.get(path)).json()) for path in waiting["first"]]
    assert records
    assert records == sorted(records, reverse=True)


async def test_a_released_reading_that_comes_again_is_a_duplicate(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, _, delivery = await _point_with_quarantined_spike(platform, operator)
    held_again = await pushed(operator, _file(prm, 5, 99_000, 6, 7))
    await decide(operator, delivery, 1, "release")

    again = await pushed(operator, _file(prm, 5, 99_000, 6, 7, 8))

    assert held_again["counts"]["quarantined"] == 1
    assert (again["counts"]["duplicate"], again["counts"]["quarantined"]) == (4, 0)


async def test_a_correction_is_published_now_and_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id, delivery = await _point_with_quarantined_spike(platform, operator)
    body = _reading(prm, start="2026-07-01T00:30:00+02:00", power_w=99)

    answer = await decide(operator, delivery, 1, "correction", body)
    older = await pushed(operator, _file(prm, 5, 98, 6), _FILE.format("20260703060000"))

    assert (answer["decided"], answer["accepted"]) == (1, 1)
    *_, event = await told(platform, operation_id, count=2)
    assert event.blocks[0].power_w[:3] == [5, 99, 6]
    assert older["counts"]["outdated"] == 1
    (block,) = await curve_of(operator, prm)
    assert (block["power_w"][1], block["nature"][1], block["flags"]) == (99, "corrected", [])
    (record,) = await quarantine(operator, delivery)
    assert record["state"] == "corrected"
    assert record["replacement"] == f"{prm},consumption,2026-06-30T22:30:00Z,30,99,corrected,0"


async def test_a_record_that_is_no_reading_is_corrected_or_discarded_but_not_released(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    delivery = await pushed(operator, _file(prm, 5, "lots", -3))

    released = await decide(operator, delivery, 1, "release", status=409)
    body = _reading(prm, start="2026-06-30T22:30:00Z", power_w=7)
    corrected = await decide(operator, delivery, 1, "correction", body)

    assert released["type"] == "/problems/record-not-releasable"
    assert corrected["accepted"] == 1
    (block,) = await curve_of(operator, prm)
    assert block["power_w"][:3] == [5, 7, None]
    records = await quarantine(operator, delivery)
    assert [record["code"] for record in records] == ["value-not-a-number", "value-negative"]
    assert [(record["state"], record["reading"]) for record in records] == [
        ("corrected", None),
        ("open", None),
    ]


async def test_a_released_contradiction_takes_precedence(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    delivery = await pushed(operator, _contradicting(prm, 5, 6), _FILE.format("20260702060000"))

    answer = await decide(operator, delivery, 1, "release")

    assert (answer["accepted"], answer["superseding"]) == (1, 1)
    (block,) = await curve_of(operator, prm)
    assert (block["power_w"][0], block["revision"]) == (6, 2)


async def test_a_release_does_not_undo_what_was_published_since(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    delivery = await pushed(operator, _contradicting(prm, 5, 6), _FILE.format("20260702060000"))
    await pushed(operator, _file(prm, 7), _FILE.format("20260703060000"))

    answer = await decide(operator, delivery, 1, "release")

    assert (answer["decided"], answer["duplicate"], answer["outdated"]) == (1, 1, 1)
    (block,) = await curve_of(operator, prm)
    assert block["power_w"][0] == 7


@pytest.mark.parametrize("second", ["release", "correction", "discard"])
async def test_a_record_is_decided_on_once(operator: httpx.AsyncClient, second: str) -> None:
    prm = new_prm()
    delivery = await pushed(operator, _contradicting(prm, 5, 6))
    await decide(operator, delivery, 1, "discard", {"because": "no"})
    body = _reading(prm) if second == "correction" else {"because": "yes"}

    answer = await decide(operator, delivery, 1, second, body, status=409)

    assert (answer["type"], answer["state"]) == ("/problems/record-decided", "discarded")


async def test_a_correction_keeps_to_the_steps_of_its_day(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    delivery = await pushed(operator, _contradicting(prm, 5, 6))
    off_grid, *malformed = [
        await decide(operator, delivery, 1, "correction", body, status=422)
        for body in (
            _reading(prm, start="2026-06-30T22:07:00Z"),
            _reading(prm, step_min=20),
            _reading(prm, start="2026-06-30T22:00:00"),
            _reading(prm, start="9999-12-31T23:30:00Z"),
            _reading(prm, start="0001-01-01T00:00:00+14:00"),
            _reading(prm, power_w=-1),
            _reading(prm, because="\x00"),
        )
    ]

    assert off_grid["type"] == "/problems/reading-invalid"
    assert {problem["type"] for problem in malformed} == {"/problems/malformed"}
    (record,) = await quarantine(operator, delivery)
    assert record["state"] == "open"


async def test_all_records_of_a_code_are_released_or_discarded_at_once(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    rows = [r63_row(stamp, str(value), prm=prm) for stamp in _STAMPS[:3] for value in (5, 6)]
    delivery = await pushed(operator, r63([*rows, r63_row(_STAMPS[4], "lots", prm=prm)]))
    path = f"/ingest/deliveries/{delivery['id']}/quarantine"
    body = {"code": "contradiction", "because": "the second is right"}

    released = await operator.post(f"{path}/release", json=body)
    again = await operator.post(f"{path}/release", json=body)
    discarded = await operator.post(f"{path}/discard", json=body | {"code": "value-not-a-number"})

    assert released.json() == {
        "decided": 3, "accepted": 3, "superseding": 3, "duplicate": 0, "outdated": 0,
    }  # fmt: skip
    assert (again.json()["decided"], discarded.json()["decided"]) == (0, 1)
    (block,) = await curve_of(operator, prm)
    assert block["power_w"][:4] == [6, 6, 6, None]
    states = [record["state"] for record in await quarantine(operator, delivery)]
    assert states == ["discarded", "released", "released", "released"]


async def test_of_two_records_for_one_step_one_stays_open(operator: httpx.AsyncClient) -> None:
    prm = new_prm()
    delivery = await pushed(operator, _contradicting(prm, 5, 6, 7))
    path = f"/ingest/deliveries/{delivery['id']}/quarantine"

    released = await operator.post(
        f"{path}/release", json={"code": "contradiction", "because": "try"}
    )

    assert released.json()["decided"] == 1
    states = [record["state"] for record in await quarantine(operator, delivery)]
    assert states == ["released", "open"]


async def test_the_quarantine_is_listed_across_deliveries_by_filters(
    operator: httpx.AsyncClient,
) -> None:
    prm = new_prm()
    first = await pushed(operator, _contradicting(prm, 5, 6))
    second = await pushed(operator, _contradicting(prm, 5, 7))
    await decide(operator, first, 1, "discard", {"because": "no"})

    async def listed(**filters: str) -> list[str]:
        answer = await operator.get("/ingest/quarantine", params={"prm": prm, **filters})
        assert answer.status_code == 200, answer.text
        return [record["delivery_id"] for record in answer.json()]

    assert await listed() == [first["id"], second["id"]]
    assert await listed(limit="1") == [first["id"]]
    assert await listed(state="open") == [second["id"]]
    assert await listed(delivery_id=first["id"], state="discarded") == [first["id"]]
    assert await listed(code="spike") == []
    (first_record,) = (
        await operator.get("/ingest/quarantine", params={"prm": prm, "limit": 1})
    ).json()
    assert await listed(after=str(first_record["id"])) == [second["id"]]


async def test_a_feed_sees_its_own_records_and_an_organiser_those_of_their_points(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id, delivery = await _point_with_quarantined_spike(platform, operator)
    other = await given_operation(operator)
    path = f"/ingest/deliveries/{delivery['id']}/quarantine"
    question = {"prm": prm}
    async with (
        logged_in(platform, operator, "feed") as feed,
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
        logged_in(platform, operator, "organiser", operations=[other]) as stranger,
    ):
        of_feed = (await feed.get("/ingest/quarantine")).json()
        feeds_delivery = await pushed(feed, _contradicting(new_prm(), 5, 6))
        of_feed_then = (await feed.get("/ingest/quarantine")).json()
        of_organiser = (await organiser.get("/ingest/quarantine")).json()
        of_stranger = (await stranger.get("/ingest/quarantine", params=question)).json()
        counted = (await organiser.get("/ingest/quarantine/counts")).json()
        refused = [
            (await client.post(f"{path}/1/release", json={})).status_code
            for client in (feed, organiser)
        ]

    assert (of_feed, of_stranger) == ([], [])
    assert [record["delivery_id"] for record in of_feed_then] == [feeds_delivery["id"]]
    assert [record["delivery_id"] for record in of_organiser] == [delivery["id"]]
    assert [(count["code"], count["open"]) for count in counted] == [("spike", 1)]
    assert refused == [403, 403]


async def test_whoever_sees_single_readings_there_leaves_a_line(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm, operation_id, delivery = await _point_with_quarantined_spike(platform, operator)
    looks = f"/ingest/points/{prm}/accesses"
    before = (await operator.get(looks)).json()
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        await organiser.get("/ingest/quarantine", params={"prm": prm})
    await operator.get(f"/ingest/deliveries/{delivery['id']}/quarantine")

    by_staff, by_organiser = (await operator.get(looks)).json()

    assert before == []
    period = {"from_day": "2026-07-01", "to_day": "2026-07-02"}
    assert by_organiser.items() >= {**period, "role": "organiser"}.items()
    assert by_organiser["route"] == "/ingest/quarantine"
    assert by_staff.items() >= {**period, "role": "operator", "is_you": True}.items()
    assert by_staff["route"] == "/ingest/deliveries/{delivery_id}/quarantine"


async def test_a_record_that_is_not_there_is_told_so(operator: httpx.AsyncClient) -> None:
    delivery = await pushed(operator, _contradicting(new_prm(), 5, 6))
    nowhere = {"id": "00000000-0000-4000-8000-000000000000"}

    second = await decide(operator, delivery, 2, "release", status=404)
    none = await decide(operator, nowhere, 1, "discard", {"because": "so"}, status=404)
    no_reason = await decide(operator, delivery, 1, "discard", status=422)

    assert second["type"] == "/problems/record-unknown"
    assert none["type"] == "/problems/delivery-unknown"
    assert no_reason["type"] == "/problems/malformed"
