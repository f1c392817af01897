"""What members are told of gatherings, papers, points and consents, as each one chose."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.community.commands.members.membership_rounds import tell_of_days
from tests.billing.issued import until
from tests.community.assembly import member_client
from tests.community.coop import consent_body, notifications_of, today, told_by_hand
from tests.community.enrolling import (
    Enrolling,
    ahead,
    given_active,
    given_signed_prospect,
    noon,
)
from tests.community.gathered import Group, group
from tests.community.papers import PDF, document_body, signature_body
from tests.support.platform import Platform

_CHANNELS = "/community/me/notification-channels"


@pytest.fixture(scope="module")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    async with told_by_hand(database_url) as platform:
        yield platform


async def _kinds(client: httpx.AsyncClient) -> list[str]:
    return [notification["kind"] for notification in await notifications_of(client)]


async def _choose(client: httpx.AsyncClient, **channels: str) -> httpx.Response:
    return await client.put(_CHANNELS, json={"channels": channels})


async def _mails(operator: httpx.AsyncClient, member_id: str) -> list[str]:
    answer = await operator.get(f"/community/messages?member_id={member_id}")
    return [message["kind"] for message in answer.json()[::-1]]


async def _notices_are_written(coop: Group, gathering_id: str) -> None:
    async def written() -> bool | None:
        left = await coop.assembly.query(
            "SELECT 1 FROM gathering_notice WHERE gathering_id = :id", id=gathering_id
        )
        return True if not left else None

    await until(written)


async def test_gatherings_are_told_by_the_channel_that_each_chose(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        by_mail, in_app, nothing = coop.members
        kinds = ("gathering_announced", "gathering_changed", "gathering_cancelled")
        for member, channel in ((in_app, "in_app"), (nothing, "none")):
            chosen = await _choose(coop.assembly.clients[member], **dict.fromkeys(kinds, channel))
            assert chosen.status_code == 200

        gathering_id = await coop.given_gathering(kind="workshop")
        await _notices_are_written(coop, gathering_id)
        await coop.change(gathering_id, place="Moulin")
        await _notices_are_written(coop, gathering_id)
        await coop.call_off(gathering_id)
        await _notices_are_written(coop, gathering_id)

        notifications = {
            member_id: await notifications_of(coop.assembly.clients[member_id])
            for member_id in coop.members
        }
        mails = {member_id: await _mails(operator, member_id) for member_id in coop.members}

    for member in (by_mail, in_app):
        assert [notification["kind"] for notification in notifications[member]] == list(kinds)
    assert notifications[nothing] == []
    assert mails == {
        by_mail: ["gathering_invitation", "gathering_change", "gathering_cancellation"],
        in_app: [],
        nothing: [],
    }
    assert notifications[in_app][0]["link"] == f"/community/gatherings/{gathering_id}"
    assert "Où\u00a0: Moulin\n" in notifications[in_app][1]["text"]
    assert "Motif\u00a0: The hall is flooded.\n" in notifications[in_app][2]["text"]
    assert "joint" not in notifications[in_app][0]["text"]


async def test_an_assembly_is_told_to_all_and_cannot_be_switched_off(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (member,) = coop.members
        client = coop.assembly.clients[member]
        refused = await _choose(client, assembly_convened="none")
        quiet = await _choose(client, gathering_announced="none")

        gathering_id = await coop.given_gathering(kind="assembly")
        await _notices_are_written(coop, gathering_id)

        kinds, mails = await _kinds(client), await _mails(operator, member)

    assert (refused.status_code, quiet.status_code) == (409, 200)
    assert (kinds, mails) == (["assembly_convened"], ["gathering_invitation"])


async def test_who_gets_a_seat_is_told_in_the_app_too(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        first, waits = coop.members
        gathering_id = await coop.given_gathering(kind="visit", capacity=1)
        await coop.reply(first, gathering_id)
        await coop.reply(waits, gathering_id)
        await coop.reply(first, gathering_id, answer="no")
        await _notices_are_written(coop, gathering_id)

        kinds = await _kinds(coop.assembly.clients[waits])

    assert kinds == ["gathering_announced", "gathering_seat"]


async def _tell(platform: Platform, *, days: int = 0) -> None:
    """What the round does, so many days later."""
    async with platform.database("community") as database, database.transaction() as session:
        while await tell_of_days(session, now=noon(days)):
            pass


async def _of_enrolment(platform: Platform, enrolling: Enrolling) -> list[dict[str, Any]]:
    async with member_client(platform, enrolling.member_id) as client:
        notifications = await notifications_of(client)
    return [
        notification
        for notification in notifications
        if notification["kind"].startswith("enrolment")
    ]


async def test_a_member_hears_of_each_step_and_of_the_first_day_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_signed_prospect(operator)
    await enrolling.taken("declare")
    until_first_day = (ahead() - today()).days

    await _tell(platform, days=until_first_day - 1)
    before = await _of_enrolment(platform, enrolling)
    for _ in range(2):
        await _tell(platform, days=until_first_day)
    after = await _of_enrolment(platform, enrolling)

    assert [notification["kind"] for notification in before] == [
        "enrolment_signed",
        "enrolment_declared",
    ]
    assert [notification["kind"] for notification in after[2:]] == ["enrolment_active"]
    assert after[2]["title"] == "École, toit sud participe à Pousse-Soleil"
    assert f"{ahead():%d/%m/%Y}" in after[2]["text"]
    assert after[2]["link"] == enrolling.path


async def test_a_member_hears_of_the_day_on_which_a_point_has_left(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    await enrolling.taken("leave", valid_to=str(ahead()))
    await enrolling.taken("declare_exit")

    await _tell(platform, days=(ahead() - today()).days - 1)
    before = await _of_enrolment(platform, enrolling)
    await _tell(platform, days=(ahead() - today()).days)
    after = await _of_enrolment(platform, enrolling)

    assert "enrolment_left" not in [notification["kind"] for notification in before]
    assert after[-1]["kind"] == "enrolment_left"
    # Since ten days it takes part: that is no news any more.
    assert "enrolment_active" not in [notification["kind"] for notification in after]


async def test_a_document_that_is_sent_to_its_member_is_told_once_per_version(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    path = f"/community/operations/{enrolling.operation_id}/documents/{uuid4()}"
    body = document_body(enrolling.member_id, kind="sale_contract", title="Contrat de vente")
    assert (await operator.put(path, json=body)).status_code == 200

    for version in (1, 2):
        content = PDF + b"%" * version
        assert (await operator.post(f"{path}/versions", content=content)).is_success
        for _ in range(2):
            sent = await operator.post(
                f"{path}/signatures", json=signature_body(state="sent", version=version)
            )
            assert sent.is_success, sent.text

    async with member_client(platform, enrolling.member_id) as client:
        notifications = [
            notification
            for notification in await notifications_of(client)
            if notification["kind"] == "document_to_sign"
        ]
    assert [(notification["title"], notification["link"]) for notification in notifications] == [
        ("À signer\u00a0: Contrat de vente", path)
    ] * 2

    signed = await operator.post(
        f"{path}/signatures", json=signature_body(state="signed", version=2)
    )
    assert signed.is_success, signed.text
    async with member_client(platform, enrolling.member_id) as client:
        assert "document_to_sign" not in [
            notification["kind"] for notification in await notifications_of(client)
        ]


@pytest.mark.parametrize(
    ("answer", "ends_in_days", "expected_kinds"),
    [
        ("granted", 30, ["consent_ends"]),
        ("refused", 30, []),
        ("granted", 31, []),
        ("granted", 0, []),
    ],
)
async def test_a_consent_is_told_a_month_before_it_ends(
    platform: Platform,
    operator: httpx.AsyncClient,
    answer: str,
    ends_in_days: int,
    expected_kinds: list[str],
) -> None:
    async with group(platform, operator, members=1) as coop:
        (member,) = coop.members
        prm = await _own_point(coop, member)
        valid_to = str(today() + timedelta(days=ends_in_days))
        body = consent_body(prm, valid_to=valid_to, answer=answer)
        await _consent(operator, member, body)

        for _ in range(2):
            await _tell(platform)

        kinds = await _kinds(coop.assembly.clients[member])

    assert kinds == expected_kinds


async def test_what_is_followed_by_another_consent_or_withdrawn_is_notnotifications_of(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (member,) = coop.members
        prm = await _own_point(coop, member)
        ends = today() + timedelta(days=20)
        await _consent(operator, member, consent_body(prm, valid_to=str(ends)))
        more = {"valid_from": str(ends), "valid_to": str(ends + timedelta(days=300))}
        await _consent(operator, member, consent_body(prm) | more)
        daily = consent_body(prm, granularity="daily", valid_to=str(ends))
        withdrawn = await _consent(operator, member, daily)
        assert (await operator.post(f"{withdrawn}/withdrawal")).status_code == 200

        await _tell(platform)

        assert await _kinds(coop.assembly.clients[member]) == []


async def _own_point(coop: Group, member: str) -> str:
    listed = await coop.assembly.operator.get(f"/community/operations/{coop.assembly.operation_id}")
    prms = {
        participation["member_id"]: participation["prm"]
        for participation in listed.json()["participations"]
    }
    return str(prms[member])


async def _consent(operator: httpx.AsyncClient, member: str, body: object) -> str:
    path = f"/community/members/{member}/consents/{uuid4()}"
    answer = await operator.put(path, json=body)
    assert answer.status_code == 201, answer.text
    return path
