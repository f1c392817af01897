"""Requests of the public: the form, the desk of staff, and the operation that one becomes."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.database import Database
from services.community.commands.privacy.purging import purge_requests
from tests.community.coop import (
    beside,
    given_organiser,
    list_all,
    logged_in,
    new_operation_id,
    new_prm,
    put,
    put_account,
    read_topic,
    today,
)
from tests.community.letterbox import read_secret
from tests.community.mailing import eml, new_address
from tests.support.platform import MAILS, Platform
from tests.support.refusals import slug
from tests.support.smtp import read_body, read_email
from tests.support.waiting import until

STEPS = ["qualified", "study", "agreed"]


def request_body(**changes: object) -> dict[str, object]:
    body: dict[str, object] = {
        "name": "Lucie Brindille",
        "email": "lucie.brindille@example.org",
        "organisation": "Les Toits d’Aurelle",
        "commune": "Pousselac-sur-Aurelle",
        "address": "14 rue des Encriers",
        "place": {"latitude_deg": 43.6, "longitude_deg": 1.44},
        "points": {"household": 12, "school": 1},
        "plants_kwc": ["36", "2.5"],
        "reason": "To share the sun of the school's roof.\nWith its street.",
        "may_be_contacted": True,
    }
    return body | changes


async def send(client: httpx.AsyncClient, **changes: object) -> dict[str, str]:
    """Send the form; returns the receipt."""
    answer = await client.post("/community/requests", json=request_body(**changes))
    assert answer.status_code == 201, answer.text
    receipt: dict[str, str] = answer.json()
    return receipt


async def show(operator: httpx.AsyncClient, request_id: str) -> Any:  # noqa: ANN401 - JSON
    return (await operator.get(f"/community/requests/{request_id}")).json()


async def move(operator: httpx.AsyncClient, request_id: str, *stages: str) -> None:
    for stage in stages:
        await put(operator, f"/requests/{request_id}/stage", {"stage": stage})


async def test_anybody_asks_and_looks_at_the_state_with_the_secret(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    receipt = await send(anonymous)
    path = f"/community/requests/{receipt['id']}/state"

    state = await anonymous.get(path, headers={"request-secret": receipt["secret"]})
    wrong = await anonymous.get(path, headers={"request-secret": "guessed"})
    nobodys = await anonymous.get(
        f"/community/requests/{uuid4()}/state", headers={"request-secret": receipt["secret"]}
    )

    assert state.json()["stage"] == "received"
    assert set(state.json()) == {"stage", "received_at", "stage_since", "reason"}
    assert (wrong.status_code, nobodys.status_code) == (404, 404)
    assert wrong.json()["detail"] == nobodys.json()["detail"]
    shown = await show(operator, receipt["id"])
    assert shown["points"] == {"household": 12, "shop": 0, "office": 0, "school": 1}
    assert (shown["point_count"], float(shown["kwc"])) == (13, 38.5)
    assert receipt["secret"] not in json.dumps(shown)


@pytest.mark.parametrize(("language", "word"), [("fr", "Bonjour"), ("en", "Hello")])
async def test_who_asks_is_sent_the_private_link(
    platform: Platform,
    anonymous: httpx.AsyncClient,
    operator: httpx.AsyncClient,
    language: str,
    word: str,
) -> None:
    email = new_address()

    receipt = await send(anonymous, email=email, language=language)

    secret = await read_secret(operator, email)
    listed = (await operator.get("/community/messages", params={"limit": 1000})).json()
    (message,) = [message for message in listed if message["recipients"][0]["address"] == email]
    mail = read_body(read_email(eml(MAILS, message["id"]).read_bytes()))
    assert secret == receipt["secret"]
    assert f"{platform.settings.public_url}/requests/{receipt['id']}#{secret}" in mail
    assert mail.startswith(word)
    assert message["body"] is None
    assert "Lucie" not in mail
    assert "roof" not in mail


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"email": "nobody"},
        {"phone": "call me"},
        {"siren": "732829321"},
        {"points": {}},
        {"points": {"household": 300, "shop": 201}},
        {"points": {"castle": 1}},
        {"plants_kwc": ["0"]},
        {"plants_kwc": ["1"] * 21},
        {"place": {"latitude_deg": 43.6}},
        {"place": {"latitude_deg": 91, "longitude_deg": 0}},
        {"reason": "a\x00b"},
        {"reason": "\ud800"},
        {"reason": "x" * 4001},
        {"stage": "agreed"},
        {"language": "de"},
    ],
)
async def test_a_malformed_request_is_422(
    anonymous: httpx.AsyncClient, change: dict[str, object]
) -> None:
    content = json.dumps(request_body(**change))
    headers = {"content-type": "application/json"}
    answer = await anonymous.post("/community/requests", content=content, headers=headers)

    assert answer.status_code == 422, answer.text


async def test_a_long_body_is_not_read(anonymous: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b" " * 1000

    answer = await anonymous.post("/community/requests", content=endless())

    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/body-too-large"


async def test_an_address_sends_so_many_a_day_and_all_together_so_many(
    platform: Platform, anonymous: httpx.AsyncClient
) -> None:
    await send(anonymous)
    headers = [{"x-forwarded-for": f"203.0.113.{number}"} for number in range(40)]
    async with (
        beside(platform, requests_a_day_of_address=3) as here,
        here.client() as client,
    ):
        # Twenty at once, and only three are taken.
        one_address = await asyncio.gather(*(_status(client, headers[0]) for _ in range(20)))
        another = await _status(client, headers[1])
    async with beside(platform, requests_an_hour=1) as here, here.client() as client:
        all_together = await asyncio.gather(*(_status(client, header) for header in headers[2:5]))

    assert sorted(one_address) == [201] * 3 + [429] * 17
    assert another == 201
    assert all_together == [429] * 3


async def test_neighbours_in_a_network_of_ipv6_are_one_address(platform: Platform) -> None:
    network = f"2001:db8:{uuid4().hex[:4]}:1:"
    async with (
        beside(platform, requests_a_day_of_address=1) as here,
        here.client() as client,
    ):
        statuses = [
            await _status(client, {"x-forwarded-for": f"{network}:{end}"}) for end in ("1", "2")
        ]

    assert statuses == [201, 429]


async def _status(client: httpx.AsyncClient, headers: dict[str, str]) -> int:
    answer = await client.post("/community/requests", json=request_body(), headers=headers)
    return answer.status_code


async def test_no_address_is_kept_and_counts_go_the_day_after(platform: Platform) -> None:
    async with beside(platform) as here, here.client() as client:
        assert await _status(client, {"x-forwarded-for": "203.0.113.77"}) == 201
    async with platform.database("community") as database:
        senders = await _rows(database, "SELECT sender FROM community.request_count")
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO request_count VALUES ('2026-01-01', '', 3)"))
        await purge_requests(database, kept_months=1200)
        days = await _rows(database, "SELECT day FROM community.request_count")

    assert all(
        len(sender.sender) == 64 or sender.sender.startswith("request ") for sender in senders
    )
    assert not any("203.0.113" in sender.sender for sender in senders)
    assert min(day.day for day in days) > today() - timedelta(days=2)


async def test_a_request_goes_from_stage_to_stage_and_tells_who_and_when(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id = (await send(anonymous))["id"]
    skipped = await operator.put(
        f"/community/requests/{request_id}/stage", json={"stage": "agreed"}
    )

    await move(operator, request_id, *STEPS, "agreed")

    assert (skipped.status_code, skipped.json()["type"]) == (409, "/problems/stage-not-next")
    shown = await show(operator, request_id)
    assert shown["stage"] == "agreed"
    assert [step["to_stage"] for step in shown["steps"]] == STEPS
    assert all(step["by"] and step["at"] for step in shown["steps"])


async def test_to_decline_needs_a_reason_which_the_asker_reads(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    receipt = await send(anonymous)
    path = f"/community/requests/{receipt['id']}/stage"

    silent = await operator.put(path, json={"stage": "declined"})
    declined = await operator.put(path, json={"stage": "declined", "reason": "In the shade."})
    state = await anonymous.get(
        f"/community/requests/{receipt['id']}/state",
        headers={"request-secret": receipt["secret"]},
    )
    again = await operator.put(path, json={"stage": "received"})

    assert (silent.status_code, silent.json()["type"]) == (409, "/problems/reason-missing")
    assert declined.json()["stage"] == "declined"
    assert state.json()["reason"] == "In the shade."
    assert again.json()["stage"] == "received"


async def test_two_of_staff_move_a_request_once(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id = (await send(anonymous))["id"]

    await asyncio.gather(*(move(operator, request_id, "qualified") for _ in range(8)))

    assert len((await show(operator, request_id))["steps"]) == 1


async def test_a_note_stays_as_it_was_written(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id, note_id = (await send(anonymous))["id"], str(uuid4())
    path = f"/community/requests/{request_id}/notes/{note_id}"

    answers = [
        await operator.put(path, json={"text": words}) for words in ("Called.", "Called.", "Other.")
    ]

    assert [answer.status_code for answer in answers] == [201, 200, 409]
    assert answers[2].json()["type"] == "/problems/note-changed"
    assert [note["text"] for note in (await show(operator, request_id))["notes"]] == ["Called."]
    async with platform.database("community") as database:
        for change in ("UPDATE request_note SET text = 'x'", "DELETE FROM request_note"):
            with pytest.raises(IntegrityError, match="stay as they were written"):
                await _execute(database, f"{change} WHERE id = '{note_id}'")


async def test_staff_are_assigned_and_what_is_overdue_is_listed(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    staff = await put_account(operator, "desk@example.org", {"roles": ["operator"]})
    feed = await put_account(operator, "no-desk@example.org", {"roles": ["feed"]})
    late, later = (await send(anonymous))["id"], (await send(anonymous))["id"]
    body = {"assigned_to": staff["id"], "next_action_on": str(today() - timedelta(days=2))}

    shown = await put(operator, f"/requests/{late}/follow-up", body)
    body["next_action_on"] = str(today() + timedelta(days=2))
    await put(operator, f"/requests/{later}/follow-up", body)
    refused = await operator.put(
        f"/community/requests/{late}/follow-up", json={"assigned_to": feed["id"]}
    )

    assert shown["assigned_to"] == staff["id"]
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/account-not-staff")
    theirs = await list_all(operator, f"/requests?assigned_to={staff['id']}", limit=1)
    overdue = await list_all(operator, f"/requests?assigned_to={staff['id']}&overdue=true")
    assert [request["id"] for request in theirs] == [later, late]
    assert [request["id"] for request in overdue] == [late]


async def test_figures_tell_each_stage(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    before = (await operator.get("/community/request-figures")).json()

    await move(operator, (await send(anonymous))["id"], "qualified")

    after = (await operator.get("/community/request-figures")).json()
    assert [figure["stage"] for figure in after] == ["received", *STEPS, "operation", "declined"]
    assert after[1]["count"] == before[1]["count"] + 1
    assert after[1]["point_count"] == before[1]["point_count"] + 13
    assert Decimal(after[1]["kwc"]) == Decimal(before[1]["kwc"]) + Decimal("38.5")
    assert after[1]["oldest"] is not None


async def test_allocation_takes_the_study_of_a_request_as_it_is(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id = (await send(anonymous))["id"]

    study = (await operator.get(f"/community/requests/{request_id}/study")).json()
    asked = await operator.post("/allocation/simulations", json=study)

    assert asked.status_code == 202, asked.text
    answer = await until(
        "the study is made",
        lambda: operator.get(asked.headers["location"]),
        lambda seen: seen.json()["state"] in {"done", "failed"},
    )
    simulation = answer.json()
    assert simulation["state"] == "done", simulation["failure"]
    assert len(study["base"]["consumers"]) == 13
    body = {"study_id": simulation["id"]}
    assert (await put(operator, f"/requests/{request_id}/follow-up", body))["study_id"]


async def test_without_a_plant_nothing_can_be_studied(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id = (await send(anonymous, plants_kwc=[]))["id"]

    answer = await operator.get(f"/community/requests/{request_id}/study")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/study-impossible")


async def test_an_agreed_request_becomes_an_operation_without_retyping(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id, operation_id = (await send(anonymous))["id"], new_operation_id()
    await move(operator, request_id, *STEPS)
    roof, recorded_prm = new_prm(), new_prm()
    await put(operator, f"/points/{recorded_prm}", {"label": "Mairie", "subscribed_power_va": 9000})
    points = [
        {"prm": roof, "label": "École", "plant": 1},
        {"prm": recorded_prm, "label": "Another name"},
    ]
    body = {"operation_id": operation_id, "valid_from": "2027-01-01", "points": points}

    # Five at once are one operation.
    answers = await asyncio.gather(
        *(put(operator, f"/requests/{request_id}/operation", body) for _ in range(5))
    )

    assert {answer["operation_id"] for answer in answers} == {operation_id}
    assert [step["to_stage"] for step in answers[0]["steps"]] == [*STEPS, "operation"]
    operation = (await operator.get(f"/community/operations/{operation_id}")).json()
    assert operation["name"] == "Pousselac-sur-Aurelle, Les Toits d’Aurelle"
    organiser = await operator.get(f"/community/organisers/{operation['organiser_id']}")
    assert organiser.json()["name"] == "Les Toits d’Aurelle"
    assert organiser.json()["address"] == "14 rue des Encriers\nPousselac-sur-Aurelle"
    shown = (await operator.get(f"/community/points/{roof}")).json()
    assert (shown["label"], shown["installed_power_w"]) == ("École", 36_000)
    shown = (await operator.get(f"/community/points/{recorded_prm}")).json()
    assert (shown["label"], shown["subscribed_power_va"]) == ("Mairie", 9000)
    records = await read_topic(platform, "community.perimeter", operation_id, up_to_revision=1)
    assert len(records) == 1


async def test_of_two_requests_one_becomes_the_operation(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    body = {
        "operation_id": new_operation_id(),
        "organiser_id": await given_organiser(operator),
        "valid_from": "2027-01-01",
        "name": "Rue des Encriers",
    }
    paths = []
    for _ in range(2):
        request_id = (await send(anonymous))["id"]
        await move(operator, request_id, *STEPS)
        paths.append(f"/community/requests/{request_id}/operation")

    answers = await asyncio.gather(*(operator.put(path, json=body) for path in paths))

    made, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert made.json()["operation_id"] == body["operation_id"]
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/operation-taken")


async def test_who_asked_is_a_member_of_the_operation_to_be(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    name = f"Zéphyrine {uuid4()}"
    request_id = (await send(anonymous, name=name, organisation=None))["id"]
    await move(operator, request_id, *STEPS)
    body = {"operation_id": new_operation_id(), "valid_from": "2027-01-01"}

    await put(operator, f"/requests/{request_id}/operation", body)

    members = await list_all(operator, "/members")
    (member,) = (row for row in members if row["name"] == name)
    assert (member["kind"], member["email"]) == ("household", "lucie.brindille@example.org")


async def test_what_is_not_agreed_or_taken_becomes_no_operation(
    anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id, organiser_id = (await send(anonymous))["id"], await given_organiser(operator)
    path = f"/requests/{request_id}/operation"
    body = {
        "operation_id": new_operation_id(),
        "organiser_id": organiser_id,
        "valid_from": "2027-01-01",
    }
    taken = new_operation_id()
    existing = {"name": "Other", "organiser_id": organiser_id, "step_min": 15}
    await put(operator, f"/operations/{taken}", existing | {"valid_from": "2026-01-01"})

    early = await operator.put(f"/community{path}", json=body)
    await move(operator, request_id, *STEPS)
    on_taken = await operator.put(f"/community{path}", json=body | {"operation_id": taken})
    no_plant = {"points": [{"prm": new_prm(), "label": "Toit", "plant": 3}]}
    plantless = await operator.put(f"/community{path}", json=body | no_plant)
    unknown = await operator.put(f"/community{path}", json=body | {"organiser_id": str(uuid4())})
    await put(operator, path, body)
    second = await operator.put(
        f"/community{path}", json=body | {"operation_id": new_operation_id()}
    )

    refusals = [early, on_taken, plantless, unknown, second]
    assert [slug(refusal) for refusal in refusals] == [
        "request-not-agreed",
        "operation-taken",
        "plant-unknown",
        "organiser-unknown",
        "request-set-up",
    ]
    shown = (await operator.get(f"/community/operations/{taken}")).json()
    assert (shown["name"], shown["step_min"]) == ("Other", 15)


async def test_old_requests_are_deleted_with_their_notes_and_reported(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    old, kept = (await send(anonymous))["id"], (await send(anonymous))["id"]
    await move(operator, old, "qualified")
    await operator.put(f"/community/requests/{old}/notes/{uuid4()}", json={"text": "Called."})
    async with platform.database("community") as database:
        await _execute(database, f"UPDATE request SET touched_at = '2005-01-01' WHERE id = '{old}'")

        await purge_requests(database, kept_months=36)

    assert (await operator.get(f"/community/requests/{old}")).status_code == 404
    audit = await operator.get(f"/community/audit?entity=request&entity_id={old}")
    assert [line["action"] for line in audit.json()] == ["update"]
    assert (await operator.get(f"/community/requests/{kept}")).status_code == 200
    reports = (await operator.get("/community/request-purges?limit=1")).json()
    assert reports[0]["deleted"] == 1
    earlier = await operator.get("/community/request-purges", params={"before": reports[0]["at"]})
    assert reports[0] not in earlier.json()


async def test_no_log_line_has_what_people_wrote(
    platform: Platform, capfd: pytest.CaptureFixture[str]
) -> None:
    async with beside(platform, log_level="INFO") as here, here.client() as client:
        receipt = await send(client)
    # The level is of the process, where other tests expect the usual one.
    logging.getLogger().setLevel(platform.settings.log_level)

    logged = capfd.readouterr()
    assert "brindille" not in (logged.out + logged.err).lower()
    assert receipt["secret"] not in logged.out + logged.err


async def test_members_and_organisers_see_no_requests(
    platform: Platform, anonymous: httpx.AsyncClient, operator: httpx.AsyncClient
) -> None:
    request_id = (await send(anonymous))["id"]

    async with logged_in(
        platform, operator, "organiser", operations=[new_operation_id()]
    ) as organiser:
        answers = [
            await organiser.get(f"/community{path}")
            for path in ("/requests", f"/requests/{request_id}", "/request-figures")
        ]

    assert [answer.status_code for answer in answers] == [403] * 3


async def _rows(database: Database, query: str) -> list[Any]:
    async with database.transaction() as session:
        return list((await session.execute(text(query))).all())


async def _execute(database: Database, statement: str) -> None:
    async with database.transaction() as session:
        await session.execute(text(statement))
