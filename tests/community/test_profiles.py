"""What members see and change of themselves."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from libs.common.events.community import MemberRecorded
from services.community.domain.members.profiles import CONFIRMED_WITHIN
from tests.community.assembly import member_client
from tests.community.coop import (
    enrol,
    given_member,
    given_operation,
    given_point,
    member_body,
    participation,
    put,
    read_topic,
)
from tests.community.letterbox import read_secret
from tests.community.mailing import new_address
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_CONTACT = {"address": "14 rue des Encriers\n99110 Aurelle", "language": "en"}


async def _confirm(platform: Platform, secret: str) -> httpx.Response:
    async with platform.client() as anybody:
        path = "/community/email-changes/confirmation"
        return await anybody.post(path, json={"secret": secret})


async def test_a_member_sees_all_own_points_in_all_operations(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, neighbour = await given_member(operator), await given_member(operator)
    operations = sorted([await given_operation(operator), await given_operation(operator)])
    prms = [await given_point(operator) for _ in operations]
    for operation_id, prm in zip(operations, prms, strict=True):
        theirs = participation(await given_point(operator), neighbour)
        await enrol(operator, operation_id, participation(prm, member_id), theirs)

    async with member_client(platform, member_id) as member:
        profile = (await member.get("/community/me/member")).json()

    assert profile["member"]["id"] == member_id
    rows = [(row["operation_id"], row["prm"]) for row in profile["participations"]]
    assert rows == list(zip(operations, prms, strict=True))
    urls = {row["accesses_url"] for row in profile["participations"]}
    assert urls == {f"/ingest/points/{prm}/accesses" for prm in prms}


async def test_a_member_changes_where_they_live_and_billing_hears_of_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)

    async with member_client(platform, member_id) as member:
        first = await put(member, "/me/contact", _CONTACT)
        again = await put(member, "/me/contact", _CONTACT)
        refused = await member.put("/community/me/contact", json={**_CONTACT, "name": "Zoé"})

    assert first == again
    assert (first["address"], first["language"], first["revision"]) == (*_CONTACT.values(), 2)
    assert first["name"] == "Lucie Brindille"
    assert refused.status_code == 422
    records = await read_topic(platform, "community.members", member_id, up_to_revision=2)
    event = MemberRecorded.model_validate_json(records[-1].value)
    assert (event.address, event.language) == tuple(_CONTACT.values())


async def test_an_address_is_used_from_its_confirmation_on_and_the_old_one_is_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, old, new = str(uuid4()), new_address(), new_address()
    await put(operator, f"/members/{member_id}", member_body(email=old))

    async with member_client(platform, member_id) as member:
        asked = await member.post("/community/me/email-changes", json={"email": new})
        before = (await member.get("/community/me/member")).json()["member"]["email"]
        secret = await read_secret(operator, new)
        answers = await asyncio.gather(*(_confirm(platform, secret) for _ in range(5)))
        after = (await member.get("/community/me/member")).json()["member"]["email"]
        messages = (await member.get("/community/messages")).json()

    assert asked.status_code == 202
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 4}
    assert (before, after) == (old, new)
    (notice,) = [message for message in messages if message["kind"] == "email_changed"]
    assert [recipient["address"] for recipient in notice["recipients"]] == [old]


async def test_a_link_that_is_over_or_invented_changes_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id, new = await given_member(operator), new_address()
    async with member_client(platform, member_id) as member:
        await member.post("/community/me/email-changes", json={"email": new})
    secret = await read_secret(operator, new)
    older = text("""
        UPDATE email_change SET expires_at = expires_at - CAST(:by AS interval)
        WHERE member_id = :id
    """)
    async with platform.database("community") as database, database.transaction() as session:
        await session.execute(older, {"by": timedelta(days=1), "id": UUID(member_id)})

    answers = [await _confirm(platform, token) for token in (secret, uuid4().hex)]

    assert {answer.json()["type"] for answer in answers} == {"/problems/confirmation-refused"}
    shown = await operator.get(f"/community/members/{member_id}")
    assert shown.json()["email"] is None


async def test_who_waits_for_an_address_sees_it_and_keeps_the_old_one_after_all(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    path, new = "/community/me/email-changes", new_address()
    stranger = await given_member(operator)
    async with (
        member_client(platform, await given_member(operator)) as member,
        member_client(platform, stranger) as other,
    ):
        assert (await member.get(path)).json() == []
        for _ in range(2):
            assert (await member.post(path, json={"email": new})).status_code == 202
        (waiting,) = (await member.get(path)).json()
        elsewhere = (await other.get(path)).json()
        assert (await other.delete(path)).status_code == 204
        still = (await member.get(path)).json()
        cancelled = [(await member.delete(path)).status_code for _ in range(2)]
        after = (await member.get(path)).json()
        secret = await read_secret(operator, new)
        too_late = await _confirm(platform, secret)
        asked = [await member.post(path, json={"email": new}) for _ in range(2)]
        email = (await member.get("/community/me/member")).json()["member"]["email"]

    assert waiting["email"] == new
    now = CLOCK.now()
    assert now < datetime.fromisoformat(waiting["expires_at"]) <= now + CONFIRMED_WITHIN
    assert (elsewhere, still, after) == ([], [waiting], [])
    assert cancelled == [204, 204]
    assert too_late.json()["type"] == "/problems/confirmation-refused"
    assert [answer.status_code for answer in asked] == [
        202,
        429,
    ]  # what was sent counts all the same
    assert email is None


async def test_only_who_is_a_member_has_an_address_that_waits(operator: httpx.AsyncClient) -> None:
    path = "/community/me/email-changes"

    answers = [await operator.get(path), await operator.delete(path)]

    assert [answer.status_code for answer in answers] == [403, 403]


async def test_a_link_that_was_used_counts_among_those_of_the_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    """Else whoever confirms a mailbox of their own could have somebody else's flooded."""
    path, own_email, others = "/community/me/email-changes", new_address(), new_address()
    async with member_client(platform, await given_member(operator)) as member:
        asked = [await member.post(path, json={"email": email}) for email in (own_email, others)]
        confirmed = await _confirm(platform, await read_secret(operator, own_email))
        waiting = (await member.get(path)).json()
        asked += [await member.post(path, json={"email": others}) for _ in range(2)]

    assert (confirmed.status_code, waiting) == (200, [])
    assert [answer.status_code for answer in asked] == [202, 202, 202, 429]


async def test_three_addresses_wait_at_most_however_many_are_asked_for_at_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with member_client(platform, await given_member(operator)) as member:
        path = "/community/me/email-changes"
        ask = (member.post(path, json={"email": new_address()}) for _ in range(6))
        answers = await asyncio.gather(*ask)

    assert Counter(answer.status_code for answer in answers) == {202: 3, 429: 3}
