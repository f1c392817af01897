"""What is late is asked for again, until it comes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.database import ring_after_commit
from libs.common.ids import OperationId
from services.ingest.domain.re_requests import Flow
from services.ingest.store.perimeters import note_asked_again
from services.ingest.store.re_requests import note_attempt, take_due
from tests.community.coop import enrol, logged_in, new_prm, participation
from tests.ingest.delivering import given_participation, pushed, until_covered
from tests.ingest.lacking import curve, day_of, given_point_with_curve, last_month
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.waiting import until

_LEASE = timedelta(minutes=10)


def _path(operation_id: str, ending: str = "") -> str:
    return f"/ingest/operations/{operation_id}/re-requests{ending}"


def _month() -> dict[str, str]:
    return {"month": str(last_month())}


async def _point_without_day_two(
    platform: Platform, operator: httpx.AsyncClient
) -> tuple[str, str]:
    """It takes part until day four; the second and the third day miss."""
    return await given_point_with_curve(platform, operator, [day_of(1)], valid_to=f"{day_of(4)}")


async def _asked_again(operator: httpx.AsyncClient, operation_id: str) -> Any:  # noqa: ANN401 - JSON
    answer = await operator.post(_path(operation_id), params=_month())
    assert answer.status_code == 200, answer.text
    return answer.json()["re_requests"]


async def _known(operator: httpx.AsyncClient, operation_id: str) -> Any:  # noqa: ANN401 - JSON
    answer = await operator.get(_path(operation_id), params=_month())
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_what_is_late_is_listed_with_how_to_ask_for_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_without_day_two(platform, operator)

    body = await _known(operator, operation_id)

    days = {"from_day": f"{day_of(2)}", "to_day": f"{day_of(4)}"}
    point = {"direction": "consumption", "flow": "R63"} | days
    since = day_of(2) + timedelta(days=4)
    missing = {"prm": prm, "missing_steps": 96, "missing_since": f"{since}"}
    assert body["missing"] == [point | missing]
    assert body["calls"] == [point | {"prms": [prm]}]
    assert body["re_requests"] == []


async def test_asked_twice_it_is_waited_for_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_without_day_two(platform, operator)

    (once,) = await _asked_again(operator, operation_id)
    twice = await _asked_again(operator, operation_id)

    assert twice == [once]
    assert (once["prm"], once["status"], once["attempts"]) == (prm, "waiting", 0)


async def test_only_the_days_that_are_named_are_asked_for(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_without_day_two(platform, operator)
    point = {"prm": prm, "direction": "consumption"}
    day_three = point | {"from_day": f"{day_of(3)}", "to_day": f"{day_of(4)}"}
    others = day_three | {"prm": new_prm()}

    answer = await operator.post(
        _path(operation_id), params=_month(), json={"only": [day_three, others]}
    )

    (asked,) = answer.json()["re_requests"]
    assert asked.items() >= day_three.items()
    await _asked_again(operator, operation_id)
    assert len((await _known(operator, operation_id))["re_requests"]) == 2


async def test_the_service_asks_by_itself_from_the_day_after_an_operation_is_known(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_without_day_two(platform, operator)

    async with platform.database("ingest") as database, database.transaction() as session:
        await note_asked_again(session, OperationId(operation_id), day_of(1))
        ring_after_commit(session)
    body = await until(
        "ingest asks again",
        lambda: _known(operator, operation_id),
        lambda seen: seen["re_requests"],
    )

    (asked,) = body["re_requests"]
    assert (asked["prm"], asked["status"], asked["asked_by"]) == (prm, "waiting", "schedule")
    assert (asked["from_day"], asked["to_day"]) == (f"{day_of(2)}", f"{day_of(4)}")


async def test_only_days_that_nothing_waits_for_yet_are_asked_for(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    operation_id, member_id = await given_participation(operator, prm, valid_to=f"{day_of(3)}")
    await until_covered(platform, prm)
    await pushed(operator, curve(prm, [day_of(1)]))
    before = await _asked_again(operator, operation_id)
    await enrol(operator, operation_id, participation(prm, member_id, valid_to=f"{day_of(5)}"))
    await until(
        "ingest knows the later end",
        lambda: _known(operator, operation_id),
        lambda seen: seen["missing"][0]["to_day"] == f"{day_of(5)}",
    )

    after = await _asked_again(operator, operation_id)

    assert [(request["from_day"], request["to_day"]) for request in before] == [
        (f"{day_of(2)}", f"{day_of(3)}")
    ]
    assert [(request["from_day"], request["to_day"]) for request in after] == [
        (f"{day_of(2)}", f"{day_of(3)}"),
        (f"{day_of(3)}", f"{day_of(5)}"),
    ]


async def test_late_arrivals_resolve_it_once_all_days_are_there(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, prm = await _point_without_day_two(platform, operator)
    await _asked_again(operator, operation_id)

    await pushed(operator, curve(prm, [day_of(2)]))
    (half,) = (await _known(operator, operation_id))["re_requests"]
    await pushed(operator, curve(prm, [day_of(3)], step_min=60))
    body = await _known(operator, operation_id)

    (whole,) = body["re_requests"]
    assert (half["status"], half["closed_at"]) == ("waiting", None)
    assert (whole["status"], whole["next_attempt_at"]) == ("resolved", None)
    assert whole["closed_at"] is not None
    assert body["missing"] == []


async def test_a_puller_takes_what_is_due_and_says_what_came_of_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_without_day_two(platform, operator)
    (waiting,) = await _asked_again(operator, operation_id)
    now = CLOCK.now()

    async with platform.database("ingest") as database:
        async with database.transaction() as session:
            others = await take_due(session, [Flow.R50], now=now, lease=_LEASE, limit=10_000)
            taken = await take_due(session, [Flow.R63], now=now, lease=_LEASE, limit=10_000)
        async with database.transaction() as session:
            during = await take_due(session, [Flow.R63], now=now, lease=_LEASE, limit=10_000)
        async with database.transaction() as session:
            (ours,) = [re_request for re_request in taken if re_request.id == UUID(waiting["id"])]
            problem = "429 from the DSO"
            await note_attempt(session, ours.operation_id, ours.id, at=now, problem=problem)

    assert ours.id not in {re_request.id for re_request in (*during, *others)}
    (request,) = (await _known(operator, operation_id))["re_requests"]
    assert (request["attempts"], request["last_problem"]) == (1, "429 from the DSO")
    assert datetime.fromisoformat(request["next_attempt_at"]) == now + timedelta(hours=1)


async def test_what_was_asked_for_too_often_is_given_up(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_without_day_two(platform, operator)
    (waiting,) = await _asked_again(operator, operation_id)

    for _ in range(9):
        answer = await operator.post(_path(operation_id, f"/{waiting['id']}/attempts"))
        assert answer.status_code == 200, answer.text

    assert (answer.json()["status"], answer.json()["attempts"]) == ("given_up", 9)
    renewed = await _asked_again(operator, operation_id)
    assert [request["status"] for request in renewed] == ["given_up", "waiting"]


async def test_a_withdrawn_one_is_no_longer_asked_for(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_without_day_two(platform, operator)
    (waiting,) = await _asked_again(operator, operation_id)

    first = await operator.delete(_path(operation_id, f"/{waiting['id']}"))
    second = await operator.delete(_path(operation_id, f"/{waiting['id']}"))
    attempt = await operator.post(_path(operation_id, f"/{waiting['id']}/attempts"))

    assert first.json()["status"] == "withdrawn"
    assert first.json() == second.json() == attempt.json()


@pytest.mark.parametrize("ending", ["", "/attempts"])
async def test_one_of_another_operation_is_unknown(
    platform: Platform, operator: httpx.AsyncClient, ending: str
) -> None:
    operation_id, _ = await _point_without_day_two(platform, operator)
    method = "POST" if ending else "DELETE"

    answer = await operator.request(method, _path(operation_id, f"/{uuid4()}{ending}"))

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/re-request-unknown")


async def test_the_organiser_of_another_operation_may_not_ask(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, _ = await _point_without_day_two(platform, operator)

    async with logged_in(platform, operator, "organiser", operations=["ACC99999999"]) as other:
        answers = [
            await other.get(_path(operation_id), params=_month()),
            await other.post(_path(operation_id), params=_month()),
            await other.post(_path(operation_id, f"/{uuid4()}/attempts")),
            await other.delete(_path(operation_id, f"/{uuid4()}")),
        ]

    assert {answer.status_code for answer in answers} == {403}
