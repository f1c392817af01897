"""A member signs by a click what was sent to them, and has read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256

import httpx
import pytest

from tests.community.assembly import member_client
from tests.community.coop import given_member, given_operation, today
from tests.community.enrolling import given_prospect
from tests.community.papers import PDF, given_document, send, signature_body
from tests.support.platform import Platform

_READ = {"sha256": sha256(PDF).hexdigest()}
_OTHER = PDF + b"% another\n"


@asynccontextmanager
async def _sent(
    platform: Platform, operator: httpx.AsyncClient, **changes: object
) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """The member, and the path of their document."""
    member_id = await given_member(operator)
    document = await given_document(operator, await given_operation(operator), member_id)
    await send(operator, document)
    body = signature_body(state="sent", **changes)
    assert (await operator.post(f"{document}/signatures", json=body)).status_code == 200
    async with member_client(platform, member_id) as member:
        yield member, document


async def test_a_click_is_recorded_by_name_and_day_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _sent(platform, operator) as (member, document):
        answers = await asyncio.gather(
            *(member.post(f"{document}/signature", json=_READ) for _ in range(3))
        )

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["state"] for answer in answers} == {"signed"}
    sent, signed = (await operator.get(document)).json()["signatures"]
    assert sent["state"] == "sent"
    assert signed == {
        "version": 1,
        "state": "signed",
        "day": str(today()),
        "party": "Lucie Brindille",
    }


async def test_what_was_read_has_to_be_the_last_version(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _sent(platform, operator) as (member, document):
        await send(operator, document, _OTHER)

        outdated = await member.post(f"{document}/signature", json=_READ)
        not_sent = await member.post(
            f"{document}/signature", json={"sha256": sha256(_OTHER).hexdigest()}
        )

    assert (outdated.status_code, outdated.json()["type"]) == (409, "/problems/version-outdated")
    assert outdated.json()["version"] == 2
    assert (not_sent.status_code, not_sent.json()["type"]) == (409, "/problems/signature-unfit")


async def test_what_was_declined_is_not_signed(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _sent(platform, operator) as (member, document):
        declined = await operator.post(
            f"{document}/signatures", json=signature_body(state="declined")
        )
        answer = await member.post(f"{document}/signature", json=_READ)

    assert declined.status_code == 200
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/signature-unfit")


async def test_nobody_signs_for_somebody_else(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    neighbour = await given_member(operator)
    async with (
        _sent(platform, operator) as (_, document),
        member_client(platform, neighbour) as other,
    ):
        by_neighbour = await other.post(f"{document}/signature", json=_READ)
        by_staff = await operator.post(f"{document}/signature", json=_READ)
        state = (await operator.get(document)).json()["state"]

    assert (by_neighbour.status_code, by_staff.status_code) == (404, 403)
    assert state == "sent"


@pytest.mark.parametrize("body", [{}, {"sha256": "5e"}, {**_READ, "party": "Somebody"}])
async def test_a_malformed_click_is_422(
    platform: Platform, operator: httpx.AsyncClient, body: dict[str, str]
) -> None:
    async with _sent(platform, operator) as (member, document):
        answer = await member.post(f"{document}/signature", json=body)

    assert answer.status_code == 422


async def test_the_enrolment_goes_on_with_an_agreement_signed_by_a_click(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_prospect(operator)
    document = await given_document(operator, enrolling.operation_id, enrolling.member_id)
    await send(operator, document)
    await operator.post(f"{document}/signatures", json=signature_body(state="sent"))
    early = await enrolling.take("sign")

    async with member_client(platform, enrolling.member_id) as member:
        await member.post(f"{document}/signature", json=_READ)

    assert early.status_code == 409
    assert (await enrolling.taken("sign"))["phase"] == "signed"
