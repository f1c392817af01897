"""Staff have something pulled, by the service itself, and see what came of it."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from services.ingest.main import service
from tests.community.coop import new_operation_id, new_prm
from tests.ingest.pulls.asking import CONSUMPTION, MORNING, TODAY, Asking
from tests.support.alone import alone
from tests.support.clock import SetClock
from tests.support.fake_enedis import CLIENT_ID, CLIENT_SECRET, fake_enedis
from tests.support.faults import Fault
from tests.support.waiting import until

_LAST_DAY = TODAY - timedelta(days=2)


@pytest.fixture(scope="session")
async def connected(database_url: str) -> AsyncIterator[Asking]:
    """The service with credentials for Data Connect: on that morning it pulls by itself."""
    async with fake_enedis() as enedis:
        settings = {
            "enedis_url": enedis.url,
            "data_connect_client_id": SecretStr(CLIENT_ID),
            "data_connect_client_secret": SecretStr(CLIENT_SECRET),
            "pull_calls_per_second": 100,
        }
        async with alone(service, database_url, SetClock(MORNING), **settings) as ingest:
            yield Asking(ingest, enedis)


@pytest.fixture
async def operator(connected: Asking) -> AsyncIterator[httpx.AsyncClient]:
    async with connected.ingest.client("operator") as client:
        yield client


def _body(**changes: object) -> dict[str, object]:
    days = {"from_day": f"{_LAST_DAY}", "to_day": f"{_LAST_DAY + timedelta(days=1)}"}
    return {"source": "data-connect"} | days | changes


async def _pulled(operator: httpx.AsyncClient, prm: str) -> Mapping[str, Any]:
    """What became of the question about the last day."""

    async def ours() -> Mapping[str, Any] | None:
        answer = await operator.get("/ingest/pulls", params={"limit": 10_000})
        assert answer.status_code == 200, answer.text
        key = (prm, f"{_LAST_DAY}")
        return next(
            (pull for pull in answer.json() if (pull["prm"], pull["from_day"]) == key), None
        )

    return await until("the question is asked", ours, lambda pull: pull["state"] != "waiting")


async def test_what_staff_want_is_pulled(connected: Asking, operator: httpx.AsyncClient) -> None:
    prm, stranger = new_prm(), new_prm()
    await connected.take_part((prm, CONSUMPTION))

    answer = await operator.post("/ingest/pulls", json=_body(points=[prm, stranger]))
    pull = await _pulled(operator, prm)

    assert answer.status_code == 202, answer.text
    body = {"added": 1, "waited_already": 0, "without_participation": [stranger]}
    assert answer.json() == body
    assert (pull["state"], pull["asked_by"], pull["source"]) == ("done", "operator", "data-connect")
    delivery = await operator.get(f"/ingest/deliveries/{pull['delivery_id']}")
    assert delivery.json()["file_name"] == (
        f"data-connect_consumption_load_curve_{_LAST_DAY}_{_LAST_DAY + timedelta(days=1)}.json"
    )


async def test_who_asked_is_in_the_audit_log_and_what_came_of_it_is_not(
    connected: Asking, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    await connected.take_part((prm, CONSUMPTION))

    answer = await operator.post("/ingest/pulls", json=_body(points=[prm]))
    pulled = await _pulled(operator, prm)

    asked = {"entity": "pull_job", "entity_id": pulled["id"]}
    (line,) = (await operator.get("/ingest/audit", params=asked)).json()
    assert (line["action"], line["subject"]) == ("insert", "operator")
    assert line["route"] == "POST /ingest/pulls"
    assert line["request_id"] == answer.headers["x-request-id"]
    assert line["after"]["prm"] == prm


async def test_all_points_of_an_operation_are_pulled(
    connected: Asking, operator: httpx.AsyncClient
) -> None:
    prms = [new_prm(), new_prm()]
    operation_id = await connected.take_part(*((prm, CONSUMPTION) for prm in prms))

    answer = await operator.post("/ingest/pulls", json=_body(operation_id=operation_id))

    assert answer.json()["added"] == 2
    assert {(await _pulled(operator, prm))["state"] for prm in prms} == {"done"}


async def test_what_was_refused_says_what_to_do(
    connected: Asking, operator: httpx.AsyncClient
) -> None:
    prm = new_prm()
    await connected.take_part((prm, CONSUMPTION))
    connected.enedis.without_consent.add(prm)

    await operator.post("/ingest/pulls", json=_body(points=[prm]))
    pull = await _pulled(operator, prm)
    listed = await operator.get(
        "/ingest/pulls", params={"state": "refused", "source": "data-connect", "limit": 10_000}
    )

    assert pull["last_problem"].endswith("Renew it, then pull again.")
    assert {each["state"] for each in listed.json()} == {"refused"}
    assert pull in listed.json()


async def test_a_source_without_credentials_is_told_to_be_off(operator: httpx.AsyncClient) -> None:
    body = _body(source="acc", operation_id=new_operation_id())

    answer = await operator.post("/ingest/pulls", json=body)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/pull-source-off")
    assert "ACC_CLIENT_ID" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({}, 422, "malformed"),
        ({"points": ["99000000000017"], "operation_id": "ACC00000101"}, 422, "malformed"),
        ({"points": ["9900000000001"]}, 422, "malformed"),
        ({"source": "acc", "points": ["99000000000017"]}, 422, "malformed"),
        ({"points": ["99000000000017"], "provisional": True}, 422, "malformed"),
        ({"points": ["99000000000017"], "to_day": f"{_LAST_DAY}"}, 422, "malformed"),
        ({"points": ["99000000000017"], "to_day": "2190-01-01"}, 422, "period-invalid"),
        ({"points": ["99000000000017"], "from_day": "2001-01-01"}, 422, "period-invalid"),
        ({"operation_id": "ACC99999998"}, 404, "operation-unknown"),
    ],
)
async def test_what_cannot_be_pulled_is_refused(
    operator: httpx.AsyncClient, changes: dict[str, object], status: int, problem: str
) -> None:
    answer = await operator.post("/ingest/pulls", json=_body(**changes))

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_more_calls_than_an_hour_has_are_refused(
    connected: Asking, operator: httpx.AsyncClient
) -> None:
    prms = [new_prm() for _ in range(110)]
    operation_id = await connected.take_part(*((prm, CONSUMPTION) for prm in prms))
    body = _body(operation_id=operation_id, from_day=f"{_LAST_DAY - timedelta(days=700)}")

    answer = await operator.post("/ingest/pulls", json=body)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/pull-too-large")


@pytest.mark.parametrize("role", ["organiser", "member", "feed"])
async def test_only_staff_pull_and_see_what_was_pulled(connected: Asking, role: str) -> None:
    async with connected.ingest.client(role) as client:
        answers = [
            await client.post("/ingest/pulls", json=_body(points=[new_prm()])),
            await client.get("/ingest/pulls"),
        ]

    assert [answer.status_code for answer in answers] == [403, 403]


async def test_the_worker_outlives_faults(connected: Asking, operator: httpx.AsyncClient) -> None:
    prm, other = new_prm(), new_prm()
    await connected.take_part((prm, CONSUMPTION), (other, CONSUMPTION))
    connected.enedis.faults.append(Fault(400))

    await operator.post("/ingest/pulls", json=_body(points=[prm, other]))

    states = sorted([(await _pulled(operator, point_prm))["state"] for point_prm in (prm, other)])
    assert states in (["done", "refused"], ["done", "done"])
