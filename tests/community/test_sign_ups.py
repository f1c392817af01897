"""Sign-ups: anybody asks to take part, confirms the address, and the organiser answers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.calendar import months_ago
from services.community.commands.privacy.purging import purge_sign_ups
from tests.community.coop import (
    PASSWORD,
    beside,
    enrol,
    given_member,
    given_operation,
    given_point,
    list_all,
    logged_in,
    participation,
    today,
)
from tests.community.door import FORM, Door
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.community.test_requests import request_body
from tests.support.clock import CLOCK
from tests.support.platform import Platform


@pytest.fixture
async def door(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> AsyncIterator[Door]:
    operation_id = await given_operation(operator)
    async with logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser:
        yield Door(anonymous, operator, organiser, operation_id)


async def test_who_asks_is_let_in_without_anything_typed_twice(
    platform: Platform, door: Door
) -> None:
    await door.ask()
    assert await door.shown() == []  # anybody may have written this address
    secret = await read_secret(door.operator, door.email)

    confirmed = await door.confirm(secret)
    (sign_up,) = await door.shown()
    accepted = await door.accept(sign_up["id"])

    assert confirmed.json() == {"operation_id": door.operation_id, "state": "waiting"}
    assert (sign_up["name"], sign_up["words"]) == ("Lucie Brindille", "Seen at the school.")
    assert accepted.status_code == 200, accepted.text
    member_id, enrolment_id = accepted.json()["member_id"], accepted.json()["enrolment_id"]
    path = f"/community/operations/{door.operation_id}/enrolments/{enrolment_id}"
    enrolment = (await door.organiser.get(path)).json()
    assert (enrolment["phase"], enrolment["prm"], enrolment["member_id"]) == (
        "prospect",
        door.prm,
        member_id,
    )
    invitation = await read_secret(door.operator, door.email, number=2)
    acceptance = {"secret": invitation, "password": PASSWORD}
    let_in = await door.anybody.post("/community/invitations/acceptance", json=acceptance)
    assert let_in.status_code == 200, let_in.text
    async with platform.client(await platform.token(door.email, PASSWORD)) as member:
        profile = (await member.get("/community/me/member")).json()
    assert (profile["member"]["id"], profile["member"]["email"]) == (member_id, door.email)


async def test_the_organiser_is_told_of_who_waits_and_not_of_whom(
    platform: Platform, door: Door
) -> None:
    await door.given()

    messages = [
        message
        for message in await list_all(door.operator, f"/messages?operation_id={door.operation_id}")
        if message["kind"] == "sign_up_waiting"
    ]

    assert len(messages) == 1
    assert platform.settings.public_url in messages[0]["body"]
    assert "Lucie" not in messages[0]["body"]
    assert door.prm not in messages[0]["body"]


async def test_the_answer_tells_nothing_of_who_is_a_member(door: Door) -> None:
    known_answer = await door.anybody.post(FORM, json=door.body())
    sign_up_id = (await door.shown()) or None
    await door.confirm(await read_secret(door.operator, door.email))
    (sign_up,) = await door.shown()
    await door.accept(sign_up["id"])

    again = await door.anybody.post(FORM, json=door.body())
    other = await door.anybody.post(FORM, json=door.body(email=new_address()))

    assert sign_up_id is None
    answers = {(answer.status_code, answer.text) for answer in (known_answer, again, other)}
    assert len(answers) == 1


async def test_a_link_works_once_however_many_come_with_it(door: Door) -> None:
    await door.ask()
    secret = await read_secret(door.operator, door.email)

    answers = await asyncio.gather(*(door.confirm(secret) for _ in range(6)))
    guessed = await door.confirm("guessed")

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 5}
    assert guessed.json()["detail"] in {answer.json().get("detail") for answer in answers}


async def test_an_address_has_three_links_at_a_time(door: Door) -> None:
    await asyncio.gather(*(door.ask() for _ in range(8)))

    assert await door.kinds() == ["sign_up"] * 3


async def test_of_an_address_of_the_network_a_day_takes_so_many_of_all_forms(
    platform: Platform, door: Door
) -> None:
    # Of a network of its own: others send theirs from here, and yesterday's are counted, too.
    headers = {"x-forwarded-for": f"2001:db8:{uuid4().hex[:4]}:2::1"}
    async with (
        beside(platform, requests_a_day_of_address=2) as limited,
        limited.client() as client,
    ):
        answers = [
            await client.post(path, json=body, headers=headers)
            for path, body in (
                ("/community/requests", request_body()),
                (FORM, door.body()),
                (FORM, door.body()),
            )
        ]

    assert [answer.status_code for answer in answers] == [201, 202, 429]
    assert answers[-1].json()["type"] == "/problems/too-many-requests-today"


async def test_of_many_who_accept_at_once_one_does(door: Door) -> None:
    sign_up_id = await door.given()

    answers = await asyncio.gather(*(door.accept(sign_up_id) for _ in range(5)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    path = f"/operations/{door.operation_id}/enrolments"
    assert len(await list_all(door.organiser, path)) == 1
    assert (await door.kinds()).count("invitation") == 1


async def test_who_is_a_member_already_stays_one_and_is_told(door: Door) -> None:
    sign_up_id = await door.given()
    member_id, prm = await given_member(door.operator), await given_point(door.operator)
    await enrol(door.operator, door.operation_id, participation(prm, member_id))

    accepted = await door.accept(sign_up_id, member_id=member_id)

    assert accepted.json()["member_id"] == member_id
    assert await door.kinds() == ["sign_up", "sign_up_accepted"]


async def test_without_a_point_the_organiser_has_to_name_it(door: Door) -> None:
    sign_up_id = await door.given(prm=None)

    lacking = await door.accept(sign_up_id)
    accepted = await door.accept(sign_up_id, prm=door.prm)

    assert (lacking.status_code, lacking.json()["type"]) == (
        409,
        "/problems/sign-up-without-point",
    )
    assert accepted.status_code == 200
    assert await list_all(door.organiser, f"/members?operation_id={door.operation_id}") == []


async def test_who_is_refused_is_told_why_and_it_stays_so(platform: Platform, door: Door) -> None:
    sign_up_id = await door.given()

    refused = await door.refuse(sign_up_id, "No room\u202ebefore spring.")
    again = await door.refuse(sign_up_id, "Another reason.")
    late = await door.accept(sign_up_id)

    assert (refused.json()["state"], refused.json()["reason"]) == (
        "refused",
        "No room\u202ebefore spring.",
    )
    assert again.json() == refused.json()
    assert (late.status_code, late.json()["type"]) == (409, "/problems/sign-up-settled")
    (refusal,) = [
        message for message in await door.messages() if message["kind"] == "sign_up_refused"
    ]
    assert "before spring." in refusal["body"]
    async with platform.database("community") as database:
        with pytest.raises(IntegrityError, match="does not change"):
            async with database.transaction() as session:
                await session.execute(
                    text("UPDATE sign_up SET reason = 'x' WHERE id = :id"), {"id": sign_up_id}
                )


async def test_the_organiser_of_another_operation_sees_and_answers_nothing(
    platform: Platform, door: Door
) -> None:
    sign_up_id = await door.given()
    other_id = await given_operation(door.operator)
    async with logged_in(platform, door.operator, "organiser", operations=[other_id]) as other:
        listed = await other.get(door.path)
        body = {"valid_from": "2027-06-01"}
        theirs = await other.post(f"{door.path}/{sign_up_id}/acceptance", json=body)
        under_own = f"/community/operations/{other_id}/sign-ups/{sign_up_id}/acceptance"
        moved = await other.post(under_own, json=body)

    assert (listed.status_code, theirs.status_code, moved.status_code) == (403, 403, 404)


async def test_what_is_not_confirmed_in_time_is_deleted_and_what_waits_is_not(
    platform: Platform, door: Door
) -> None:
    await door.ask()
    secret = await read_secret(door.operator, door.email)
    late = text("UPDATE sign_up SET expires_at = :past WHERE email = :email")
    past = CLOCK.now() - timedelta(minutes=1)
    async with platform.database("community") as database:
        async with database.transaction() as session:
            await session.execute(late, {"past": past, "email": door.email})
        refused = await door.confirm(secret)
        other = Door(door.anybody, door.operator, door.organiser, door.operation_id)
        kept_id = await other.given()

        await purge_sign_ups(database, kept_months=36)

        count = text("SELECT count(*) FROM sign_up WHERE email = :email")
        async with database.transaction() as session:
            left = await session.scalar(count, {"email": door.email})
    assert refused.status_code == 409
    assert left == 0
    assert [sign_up["id"] for sign_up in await other.shown()] == [kept_id]


async def test_what_nobody_touches_is_deleted_after_its_months(
    platform: Platform, door: Door
) -> None:
    await door.given()
    oldest_kept = months_ago(CLOCK.now(), 36)
    left = []
    for touched_at in (oldest_kept + timedelta(days=1), oldest_kept - timedelta(minutes=1)):
        await platform.change(
            "community",
            "UPDATE sign_up SET touched_at = :at WHERE operation_id = :operation_id",
            at=touched_at,
            operation_id=door.operation_id,
        )
        async with platform.database("community") as database:
            await purge_sign_ups(database, kept_months=36)
        left.append(len(await door.shown()))

    assert left == [1, 0]


async def test_an_erasure_takes_the_sign_up_with_it(door: Door) -> None:
    sign_up_id = await door.given()
    accepted = (await door.accept(sign_up_id)).json()
    day = today().isoformat()
    step = {"step": "withdraw", "day": day, "after_step": 1, "reason": "changed mind"}
    path = f"/community/operations/{door.operation_id}/enrolments/{accepted['enrolment_id']}"
    withdrawn = await door.organiser.post(f"{path}/steps", json=step)
    assert withdrawn.status_code == 200, withdrawn.text
    erasure = f"/community/members/{accepted['member_id']}/erasure"
    await door.operator.put(erasure)

    done = await door.operator.post(f"{erasure}/execution", json={"nothing_is_owed": True})

    assert done.status_code == 200, done.text
    assert await door.shown() == []


async def test_an_operation_that_is_not_known_is_404(anonymous: httpx.AsyncClient) -> None:
    nobody = Door(anonymous, anonymous, anonymous, f"ACC{str(uuid4().int)[:8]}")

    answer = await anonymous.post(FORM, json=nobody.body())

    assert answer.status_code == 404
