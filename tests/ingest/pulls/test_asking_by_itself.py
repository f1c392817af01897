"""What is late is asked for again every day, by itself, until it comes or is given up."""

import asyncio
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from libs.common.calendar import Month
from libs.common.ids import OperationId
from libs.common.rounds.rest import NO_REST
from libs.common.settings import Settings
from services.ingest.commands.re_requests import ask_again
from services.ingest.store import re_requests as re_request_store
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.workers import ask_again_once_a_day, workers
from tests.community.coop import new_prm
from tests.ingest.delivering import cut_off_whoever_waits, settled
from tests.ingest.pulls.asking import CONSUMPTION, Asking
from tests.support.clock import StillClock
from tests.support.faults import Fault

_FIRST_DAY = date(2026, 10, 20)
_FIRST_NOT_LATE = date(2026, 10, 24)


async def _given_late_days(
    asking: Asking, staff: httpx.AsyncClient, first_day: date = _FIRST_DAY
) -> tuple[OperationId, str]:
    """A point of which yesterday came by Data Connect, and nothing since its first day."""
    prm = new_prm()
    operation_id = await asking.take_part((prm, CONSUMPTION), valid_from=first_day)
    await asking.pull()
    await settled(staff, str((await asking.job(prm))["delivery_id"]))
    # A new operation is left alone on its first day, and those of other tests for ever.
    await asking.query(
        "UPDATE perimeter SET asked_again_on = "
        "CASE WHEN operation_id = :id THEN NULL ELSE CAST('9999-12-31' AS date) END",
        id=operation_id,
    )
    return operation_id, prm


async def _make_next(asking: Asking, *operation_ids: OperationId) -> None:
    """They are asked again in this order."""
    for number, operation_id in enumerate(operation_ids, start=1):
        await asking.query(
            "UPDATE perimeter SET asked_again_on = :day WHERE operation_id = :id",
            day=date(2026, 9, number),
            id=operation_id,
        )


async def _ask_again(asking: Asking) -> int:
    """Returns the number of rounds with something to do."""
    rounds = 0
    clock = StillClock(asking.clock.now)
    async with asking.ingest.platform.database("ingest", clock) as database:
        while await ask_again_once_a_day(database, grace_days=3) == NO_REST:
            rounds += 1
    return rounds


async def _re_requests(asking: Asking, prm: str) -> list[Mapping[str, Any]]:
    return await asking.query(
        "SELECT * FROM re_request WHERE prm = :prm ORDER BY from_day, created_at", prm=prm
    )


async def _re_request(asking: Asking, prm: str) -> Mapping[str, Any]:
    (only,) = await _re_requests(asking, prm)
    return only


async def _late_job(asking: Asking, prm: str) -> Mapping[str, Any]:
    """The last question about the late days."""
    (job,) = await asking.query(
        "SELECT * FROM pull_job WHERE prm = :prm AND from_day = :day "
        "ORDER BY created_at DESC LIMIT 1",
        prm=prm,
        day=_FIRST_DAY,
    )
    return job


async def test_late_days_are_asked_for_until_they_came(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    _, prm = await _given_late_days(asking, staff)
    asking.enedis.without_data.add(prm)

    rounds = await _ask_again(asking)
    asked = await _re_request(asking, prm)
    await asking.pull()
    attempts, pauses_h = 1, []
    while (job := await _late_job(asking, prm))["state"] == "waiting":
        assert job["attempts"] == attempts
        pauses_h.append(round((job["next_attempt_at"] - asking.clock.now) / timedelta(hours=1)))
        asking.clock.now = job["next_attempt_at"]
        await asking.pull()
        attempts += 1
    re_request = await _re_request(asking, prm)
    asking.enedis.without_data.clear()
    asking.clock.now = re_request["next_attempt_at"]
    await asking.pull()
    await settled(staff, str((await _late_job(asking, prm))["delivery_id"]))

    assert rounds == 1
    assert (asked["status"], asked["flow"], asked["asked_by"], asked["attempts"]) == (
        "waiting",
        "Data Connect",
        "schedule",
        0,
    )
    assert (asked["from_day"], asked["to_day"]) == (_FIRST_DAY, _FIRST_NOT_LATE)
    # Half of each pause of a question, as the jitter is 0 here.
    assert pauses_h == [1, 3, 8, 12, 24, 48]
    assert (re_request["status"], re_request["attempts"]) == ("waiting", 1)
    assert "The DSO has nothing of these days yet" in re_request["last_problem"]
    assert (await _re_request(asking, prm))["status"] == "resolved"


async def test_after_five_weeks_of_refusals_it_is_given_up_and_left_to_people(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    operation_id, prm = await _given_late_days(asking, staff)
    asking.enedis.without_consent.add(prm)
    await _ask_again(asking)
    await asking.pull()

    moments: list[datetime] = []
    while (re_request := await _re_request(asking, prm))["status"] == "waiting":
        moments.append(re_request["last_attempt_at"])
        asking.clock.now = re_request["next_attempt_at"]
        await asking.pull()
    moments.append(re_request["last_attempt_at"])
    await asking.query("UPDATE participation SET valid_to = :day", day=_FIRST_NOT_LATE)
    await _ask_again(asking)
    by_itself = await _re_requests(asking, prm)
    await _ask_as_a_person(asking, operation_id)

    hours = [(end - start) // timedelta(hours=1) for start, end in pairwise(moments)]
    assert hours == [1, 6, 24, 48, 96, 168, 168, 168]
    assert (re_request["status"], re_request["attempts"]) == ("given_up", 9)
    assert [request["status"] for request in by_itself] == ["given_up"]
    assert [request["status"] for request in await _re_requests(asking, prm)] == [
        "given_up",
        "waiting",
    ]


async def _ask_as_a_person(asking: Asking, operation_id: OperationId) -> None:
    async with (
        asking.ingest.platform.database("ingest") as database,
        database.transaction() as session,
    ):
        await ask_again(
            session,
            operation_id,
            Month(2026, 10),
            grace_days=3,
            asked_by="staff",
            now=asking.clock.now,
        )


async def test_a_day_that_is_waited_for_is_not_asked_twice_and_a_new_one_is(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    _, prm = await _given_late_days(asking, staff)

    rounds = [await _ask_again(asking), await _ask_again(asking)]
    asking.clock.now += timedelta(days=1)
    rounds.append(await _ask_again(asking))

    assert rounds == [1, 0, 1]
    assert [
        (request["from_day"], request["to_day"]) for request in await _re_requests(asking, prm)
    ] == [
        (_FIRST_DAY, _FIRST_NOT_LATE),
        (_FIRST_NOT_LATE, date(2026, 10, 25)),
    ]


async def test_one_that_staff_withdrew_is_not_asked_for_again(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    operation_id, prm = await _given_late_days(asking, staff)
    await _ask_again(asking)
    path = f"/ingest/operations/{operation_id}/re-requests"
    answer = await staff.delete(f"{path}/{(await _re_request(asking, prm))['id']}")
    assert answer.status_code == 200, answer.text

    asking.clock.now += timedelta(days=1)
    await _ask_again(asking)

    statuses = [
        (request["status"], request["from_day"]) for request in await _re_requests(asking, prm)
    ]
    assert statuses == [("withdrawn", _FIRST_DAY), ("waiting", _FIRST_NOT_LATE)]


async def test_what_needs_a_person_stays_listed(asking: Asking, staff: httpx.AsyncClient) -> None:
    _, prm = await _given_late_days(asking, staff)
    await asking.query("UPDATE delivery SET formats = '{R63 CSV}'")

    await _ask_again(asking)
    calls_before = len(asking.enedis.calls)
    await asking.pull()

    re_request = await _re_request(asking, prm)
    assert (re_request["status"], re_request["flow"], re_request["attempts"]) == (
        "waiting",
        "R63",
        0,
    )
    assert len(asking.enedis.calls) == calls_before


async def test_one_whose_readings_came_unseen_is_resolved_the_next_day(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    _, prm = await _given_late_days(asking, staff)
    await _ask_again(asking)
    await asking.pull()
    await settled(staff, str((await _late_job(asking, prm))["delivery_id"]))
    # As if it had been made while they were recorded.
    await asking.query(
        "UPDATE re_request SET status = 'waiting', closed_at = NULL WHERE prm = :prm", prm=prm
    )

    asking.clock.now += timedelta(days=1)
    await _ask_again(asking)

    assert [request["status"] for request in await _re_requests(asking, prm)] == [
        "resolved",
        "waiting",
    ]


async def test_questions_that_were_answered_are_not_repeated_while_others_wait(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    _, prm = await _given_late_days(asking, staff, first_day=date(2026, 10, 14))
    await _ask_again(asking)
    asking.enedis.faults.append(Fault(404, body=b"{}"))
    late = asking.puller(jitter=lambda: 1.0)
    await asking.pull(late)
    first = asking.asked()

    # The lease of the re-request is over, the pause of its first question is not.
    asking.clock.now += timedelta(minutes=61)
    await asking.pull(late)
    during = asking.asked()
    asking.clock.now += timedelta(hours=1)
    await asking.pull(late)

    assert first[-2:] == [
        (prm, "2026-10-14", "2026-10-21"),
        (prm, "2026-10-21", f"{_FIRST_NOT_LATE}"),
    ]
    assert during == first
    assert asking.asked() == [*first, (prm, "2026-10-14", "2026-10-21")]


async def test_an_operation_on_which_we_stumble_waits_a_day_and_holds_up_no_other(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    good_id, good_prm = await _given_late_days(asking, staff)
    bad_prm = new_prm()
    bad_id = await asking.take_part((bad_prm, CONSUMPTION), valid_from=_FIRST_DAY)
    await _make_next(asking, bad_id, good_id)
    await asking.query(
        "INSERT INTO re_request (id, operation_id, prm, direction, from_day, to_day, flow, status, "
        "asked_by, created_at) VALUES (:id, :operation_id, :prm, 'sideways', :day, :next_day, "
        "'R63', 'waiting', 'staff', now())",
        id=uuid4(),
        operation_id=bad_id,
        prm=bad_prm,
        day=_FIRST_DAY,
        next_day=_FIRST_DAY + timedelta(days=1),
    )

    rounds = [await _ask_again(asking), await _ask_again(asking)]
    (left,) = await _re_requests(asking, bad_prm)
    await asking.query("DELETE FROM re_request WHERE direction = 'sideways'")
    asking.clock.now += timedelta(days=1)
    rounds.append(await _ask_again(asking))

    assert rounds == [2, 0, 2]
    assert left["direction"] == "sideways"
    assert (await _re_requests(asking, good_prm))[0]["from_day"] == _FIRST_DAY
    assert (await _re_request(asking, bad_prm))["from_day"] == _FIRST_DAY


async def test_an_operation_is_next_again_after_a_fault_of_the_database(
    asking: Asking, staff: httpx.AsyncClient
) -> None:
    operation_id, prm = await _given_late_days(asking, staff)

    async with (
        asking.ingest.platform.database("ingest") as database,
        database.transaction() as other,
    ):
        await re_request_store.lock(other, operation_id)  # nobody asks before it is free
        round_ = asyncio.create_task(_ask_again(asking))
        await cut_off_whoever_waits(other)
        with pytest.raises(DBAPIError):
            await round_
    before = await _re_requests(asking, prm)

    assert before == []
    assert await _ask_again(asking) == 1
    assert (await _re_request(asking, prm))["from_day"] == _FIRST_DAY


async def test_one_process_at_a_time_asks_again(asking: Asking, staff: httpx.AsyncClient) -> None:
    _, prm = await _given_late_days(asking, staff)

    async with (
        asking.ingest.platform.database("ingest") as database,
        database.transaction() as other,
    ):
        assert await delivery_store.try_lock_asking_again(other)
        rounds = await _ask_again(asking)

    assert rounds == 0
    assert await _re_requests(asking, prm) == []


async def test_a_new_operation_is_left_alone_on_its_first_day(asking: Asking) -> None:
    operation_id = await asking.take_part((new_prm(), CONSUMPTION))

    (row,) = await asking.query(
        "SELECT asked_again_on FROM perimeter WHERE operation_id = :id", id=operation_id
    )

    assert row["asked_again_on"] is not None


def test_it_can_be_switched_off() -> None:
    assert "ask again" in workers(Settings())
    assert "ask again" not in workers(Settings(re_requests_daily=False))
