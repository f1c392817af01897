"""What a page knows of who has logged in, in one call at its start."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.community.main import service
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    member_body,
    participation,
    put,
)
from tests.community.enrolling import given_prospect
from tests.community.mailing import new_address
from tests.community.papers import given_document, send, signature_body
from tests.community.phone import Phone
from tests.support.alone import alone
from tests.support.platform import Platform


async def _me(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/community/me")
    assert answer.status_code == 200, answer.text
    me: dict[str, Any] = answer.json()
    return me


async def test_a_member_gets_their_profile_and_how_many_notifications_wait(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    operation_id, member_id = await given_operation(operator), await given_member(operator)
    await put(operator, f"/members/{member_id}", member_body(language="en"))
    await enrol(operator, operation_id, participation(await given_point(operator), member_id))
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        me = await _me(member)
        profile = (await member.get("/community/me/member")).json()
        notifications = (await member.get("/community/me/notifications")).json()

    assert me["profile"] == profile
    assert me["joining"] == []
    assert me["profile"]["participations"][0]["operation_id"] == operation_id
    assert me["unseen_count"] == notifications["unseen_count"]
    assert me["language"] == "en"
    assert (me["organised"], me["has_authenticator"]) == ([], False)
    assert me["email"].startswith("member-")


async def test_an_organiser_gets_the_names_of_their_operations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    own_operation, later = await given_operation(operator), await given_operation(operator)
    unknown = "ACC99999998"
    rights = [later, own_operation, unknown]
    async with logged_in(platform, operator, "organiser", operations=rights) as organiser:
        me = await _me(organiser)
        listed = (await organiser.get("/community/operations")).json()

    assert me["organised"] == [
        {"id": operation["id"], "name": operation["name"]} for operation in listed
    ]
    assert {row["id"] for row in me["organised"]} == {own_operation, later}
    assert me["operations"] == sorted(rights)
    assert (me["profile"], me["language"]) == (None, None)


async def test_an_authenticator_counts_once_it_is_confirmed(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with logged_in(platform, operator, "operator") as staff:
        phone = Phone((await staff.post("/community/me/authenticator")).json()["secret"])
        before = await _me(staff)
        path = "/community/me/authenticator/confirmation"
        assert (await staff.post(path, json={"code": phone.code()})).is_success
        after = await _me(staff)

    assert (before["has_authenticator"], after["has_authenticator"]) == (False, True)
    assert (after["profile"], after["organised"]) == (None, [])


async def test_who_has_no_point_yet_asks_and_signs_where_they_are_to_come_in(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_prospect(operator)
    member_id, operation_id = enrolling.member_id, enrolling.operation_id
    document = await given_document(operator, operation_id, member_id)
    await send(operator, document)
    assert (
        await operator.post(f"{document}/signatures", json=signature_body(state="sent"))
    ).is_success
    await put(operator, f"/members/{member_id}", member_body(email=new_address()))
    async with logged_in(platform, operator, "member", member_id=member_id) as member:
        me = await _me(member)
        base = f"/community/operations/{operation_id}"
        asked = await member.post(f"{base}/questions", json={"text": "When?", "about": "/joining"})
        (paper,) = (await member.get(f"{base}/documents")).json()
        read = {"sha256": paper["versions"][-1]["sha256"]}
        signed = await member.post(f"{document}/signature", json=read)

    assert [row["id"] for row in me["joining"]] == [operation_id]
    assert me["joining"][0]["name"] == "Pousse-Soleil"
    assert me["profile"]["participations"] == []
    assert asked.status_code == 202, asked.text
    assert (signed.status_code, signed.json()["state"]) == (200, "signed")


async def test_who_is_to_come_into_an_operation_gets_nothing_of_another(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    here, there = await given_prospect(operator), await given_prospect(operator)
    document = await given_document(operator, there.operation_id, there.member_id)
    await send(operator, document)
    assert (
        await operator.post(f"{document}/signatures", json=signature_body(state="sent"))
    ).is_success
    base = f"/community/operations/{there.operation_id}"
    async with logged_in(platform, operator, "member", member_id=here.member_id) as member:
        me = await _me(member)
        question = {"text": "When?", "about": "/joining"}
        answers = [
            await member.post(f"{base}/questions", json=question),
            await member.get(f"{base}/documents"),
            await member.get(document),
            await member.get(f"{document}/versions/1"),
        ]
        paper = (await operator.get(document)).json()
        read = {"sha256": paper["versions"][-1]["sha256"]}
        signature = await member.post(f"{document}/signature", json=read)

    assert [row["id"] for row in me["joining"]] == [here.operation_id]
    assert {answer.json()["type"] for answer in answers} == {"/problems/forbidden"}
    assert signature.json()["type"] == "/problems/document-unknown"
    assert (await operator.get(document)).json()["state"] == "sent"


async def test_an_enrolment_that_was_withdrawn_leads_nowhere(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_prospect(operator)
    async with logged_in(platform, operator, "member", member_id=enrolling.member_id) as member:
        before = (await _me(member))["joining"]
        await enrolling.taken("withdraw", reason="moved")
        after = (await _me(member))["joining"]

    assert ([row["id"] for row in before], after) == ([enrolling.operation_id], [])


@pytest.mark.parametrize("claims", [{}, {"member_id": str(uuid4())}])
async def test_whom_another_issuer_names_is_answered_though_nobody_has_recorded_them(
    database_url: str, claims: dict[str, str]
) -> None:
    async with (
        alone(service, database_url) as service_alone,
        service_alone.client("member", **claims) as stranger,
    ):
        me = await _me(stranger)

    assert (me["email"], me["profile"], me["subject"]) == (None, None, "member")
