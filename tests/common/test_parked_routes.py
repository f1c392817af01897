"""Staff see what was put aside, and have it tried again."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.eventlog import Received
from libs.common.events.community import MemberRecorded
from libs.common.messaging.parking import park
from services.cli.processes import NAMES
from tests.support.auditing import audit_lines
from tests.support.platform import Platform

_PATH = "/billing/parked-events"


def _anna() -> MemberRecorded:
    return MemberRecorded(
        time=datetime(2026, 10, 1, tzinfo=UTC),
        member_id=uuid4(),
        revision=1,
        kind="household",
        name="Anna Pic",
        address="Rue d'En-Haut",
    )


async def _parked(platform: Platform, event: MemberRecorded, value: bytes = b"") -> str:
    record = Received(
        topic=event.topic,
        key=event.key,
        value=value or event.model_dump_json().encode(),
        headers={"id": str(event.id), "type": event.type, "time": event.time.isoformat()},
        partition=0,
        offset=0,
    )
    async with platform.database("billing") as database, database.transaction() as session:
        await park(session, event.id, record, "IntegrityError: (Anna Pic) is known", attempts=3)
    return str(event.id)


async def _listed(client: httpx.AsyncClient, event_id: str) -> list[dict[str, Any]]:
    return [event for event in (await client.get(_PATH)).json() if event["id"] == event_id]


async def test_a_parked_event_is_listed_without_what_it_says(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    anna = _anna()
    event_id = await _parked(platform, anna)

    (listed,) = await _listed(operator, event_id)

    assert listed | {"parked_at": None} == {
        "id": event_id,
        "type": "community.member_recorded.v1",
        "key": str(anna.member_id),
        "failure": "IntegrityError",
        "attempts": 3,
        "parked_at": None,
    }


async def test_what_waits_today_names_the_route_that_lists_parked_events(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    await _parked(platform, _anna())

    waiting = (await operator.get("/billing/today")).json()

    (parked,) = [kind for kind in waiting if kind["kind"] == "events_parked"]
    assert parked["next"] == f"GET {_PATH}"
    assert (await operator.get(parked["next"].removeprefix("GET "))).status_code == 200


async def test_a_replayed_event_takes_effect_and_leaves_a_line_with_who_asked(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    anna = _anna()
    event_id = await _parked(platform, anna)

    answer = await operator.post(f"{_PATH}/{event_id}/replay")
    again = await operator.post(f"{_PATH}/{event_id}/replay")

    assert answer.status_code == 204, answer.text
    assert await _listed(operator, event_id) == []
    assert (again.status_code, again.json()["type"]) == (404, "/problems/parked-event-unknown")
    (member,) = await platform.query(
        "billing", "SELECT name FROM member WHERE member_id = :id", id=anna.member_id
    )
    assert member["name"] == "Anna Pic"
    (line,) = await audit_lines(operator, "billing", entity="parked", entity_id=event_id)
    assert line["action"] == "delete"
    assert line["subject"] == (await operator.get("/community/me")).json()["subject"]
    assert line["route"] == "POST /billing/parked-events/{event_id}/replay"
    assert "Anna" not in str(line)
    assert {"value", "error"}.isdisjoint(line["before"])


async def test_an_event_that_fails_again_stays_parked_and_says_no_more_than_how(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    event_id = await _parked(platform, _anna(), b'{"name": "Anna Pic"}')

    answer = await operator.post(f"{_PATH}/{event_id}/replay")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/event-fails-again")
    assert answer.json()["failure"] == "ValidationError"
    assert "Anna" not in answer.text
    assert len(await _listed(operator, event_id)) == 1


async def test_an_event_that_the_service_does_not_take_stays_parked(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    event_id = await _parked(platform, _anna())
    await platform.change(
        "billing", "UPDATE parked SET type = '' WHERE event_id = :id", id=UUID(event_id)
    )

    answer = await operator.post(f"{_PATH}/{event_id}/replay")

    assert (answer.status_code, answer.json()["failure"]) == (409, "no handler")
    assert len(await _listed(operator, event_id)) == 1


@pytest.mark.parametrize("service", NAMES)
async def test_every_service_has_them(operator: httpx.AsyncClient, service: str) -> None:
    listed = await operator.get(f"/{service}/parked-events")
    unknown = await operator.post(f"/{service}/parked-events/{uuid4()}/replay")

    assert (listed.status_code, unknown.status_code) == (200, 404)
