"""What who runs operations is told: in the app, by e-mail or in a digest, as the account chose."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.rounds.rest import NO_REST
from services.community.commands.members.membership_rounds import tell_of_days
from services.community.commands.messages.telling import tell_due
from services.community.store.members import memberships
from tests.community.assembly import member_client
from tests.community.coop import (
    PASSWORD,
    consent_body,
    list_all,
    logged_in,
    notifications_of,
    put_account,
    today,
    told_by_hand,
)
from tests.community.enrolling import (
    Enrolling,
    ahead,
    given_active,
    given_signed_prospect,
    noon,
)
from tests.community.papers import given_signed, remind_of_papers
from tests.support.clock import CLOCK
from tests.support.platform import Platform

_CHANNELS = "/community/me/notification-channels"


@pytest.fixture(scope="module")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    async with told_by_hand(database_url) as platform:
        yield platform


async def _written(operator: httpx.AsyncClient, operation_id: str) -> list[str]:
    """Kinds of the e-mails about the operation that went to addresses of no member."""
    params = {"operation_id": operation_id, "limit": "1000"}
    answer = await operator.get("/community/messages", params=params)
    return [message["kind"] for message in answer.json()[::-1] if message["member_id"] is None]


@asynccontextmanager
async def _organiser(
    platform: Platform, operator: httpx.AsyncClient, enrolling: Enrolling, **channels: str
) -> AsyncIterator[httpx.AsyncClient]:
    runs = [enrolling.operation_id]
    async with logged_in(platform, operator, "organiser", operations=runs) as client:
        chosen = await client.put(_CHANNELS, json={"channels": channels})
        assert chosen.status_code == 200, chosen.text
        yield client


async def _given_ending_document(operator: httpx.AsyncClient, enrolling: Enrolling) -> None:
    term = {"kind": "supply_authorisation", "valid_from": "2024-01-01"}
    ends = {"valid_to": str(today() + timedelta(days=40)), "title": "Autorisation"}
    await given_signed(operator, enrolling.operation_id, enrolling.member_id, **term, **ends)


async def _remind(platform: Platform) -> None:
    async with platform.database("community") as database:
        await remind_of_papers(database, public_url="https://volts.test")


async def _tell_days(platform: Platform, *, days: int = 0) -> None:
    async with platform.database("community") as database, database.transaction() as session:
        await tell_of_days(session, now=noon(days))


async def test_a_document_that_ends_is_told_in_the_app_and_to_its_member(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    async with _organiser(platform, operator, enrolling) as organiser:
        await _given_ending_document(operator, enrolling)
        await _remind(platform)

        (notification,) = await notifications_of(organiser)
        seen = await organiser.post(
            "/community/me/notifications/seen", json={"ids": [notification["id"]]}
        )
        mails = await _written(operator, enrolling.operation_id)
    async with member_client(platform, enrolling.member_id) as member:
        of_member = await notifications_of(member)

    assert (notification["kind"], seen.json()) == ("desk_document_ends", {"unseen_count": 0})
    assert notification["text"].startswith("Autorisation\n")
    assert mails == ["document_ends"]
    assert [notification["kind"] for notification in of_member][-1:] == ["document_ends"]


async def test_who_switched_it_off_gets_no_e_mail_and_who_chose_the_app_only_that(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    async with (
        _organiser(platform, operator, enrolling, desk_document_ends="none") as quiet,
        _organiser(platform, operator, enrolling, desk_document_ends="in_app") as reads,
    ):
        await _given_ending_document(operator, enrolling)
        await _remind(platform)

        kinds = [
            [notification["kind"] for notification in await notifications_of(client)]
            for client in (quiet, reads)
        ]

    assert kinds == [[], ["desk_document_ends"]]
    assert await _written(operator, enrolling.operation_id) == []


async def test_a_digest_goes_to_the_accounts_own_address(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    runs = [enrolling.operation_id]
    email, _ = await _given_desk(platform, operator, runs, desk_document_ends="daily")
    await _given_ending_document(operator, enrolling)
    await _remind(platform)

    await _digests(platform, operator, email)
    (digest,) = await _digests(platform, operator, email)

    assert digest["body"].startswith("Bonjour,\n")
    assert "un document prend fin" in digest["body"]
    assert await _written(operator, enrolling.operation_id) == []


async def test_entries_of_a_day_are_one_notification_however_many(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    first = await given_signed_prospect(operator)
    second = await given_signed_prospect(operator, operation_id=first.operation_id)
    for prospect in (first, second):
        await prospect.taken("declare")
    async with _organiser(platform, operator, first) as organiser:
        for _ in range(2):
            await _tell_days(platform, days=(ahead() - today()).days)

        notifications = await notifications_of(organiser)

    (entries,) = [
        notification for notification in notifications if notification["kind"] == "desk_enrolments"
    ]
    assert entries["text"] == "Points qui participent depuis\u00a0: 2\n"


async def test_who_comes_to_the_desk_later_hears_of_no_entries_of_before(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_signed_prospect(operator)
    await enrolling.taken("declare")
    async with _organiser(platform, operator, enrolling) as organiser:
        await _tell_days(platform, days=(ahead() - today()).days)
        async with _organiser(platform, operator, enrolling) as newcomer:
            await _tell_days(platform, days=(ahead() - today()).days)

            notifications = [await notifications_of(client) for client in (organiser, newcomer)]

    assert [
        [notification["kind"] for notification in each].count("desk_enrolments")
        for each in notifications
    ] == [1, 0]


async def test_an_organiser_hears_of_a_consent_that_ends_and_the_neighbour_does_not(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling, elsewhere = await given_active(operator), await given_active(operator)
    ends = {"valid_to": str(today() + timedelta(days=30))}
    path = f"/community/members/{enrolling.member_id}/consents/{uuid4()}"
    body = consent_body(enrolling.prm, **ends)
    assert (await operator.put(path, json=body)).status_code == 201
    async with (
        _organiser(platform, operator, enrolling) as organiser,
        _organiser(platform, operator, elsewhere) as neighbour,
    ):
        for _ in range(2):
            await _tell_days(platform)

        titles = [
            [
                notification["title"]
                for notification in await notifications_of(client)
                if notification["kind"] == "desk_consents_end"
            ]
            for client in (organiser, neighbour)
        ]

    assert [len(kind) for kind in titles] == [1, 0]
    assert "Lucie Brindille" in titles[0][0]


async def test_who_wants_to_hear_of_no_consent_keeps_nobody_waiting(
    platform: Platform, operator: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memberships, "AT_ONCE", 1)
    ends = {"valid_to": str(today() + timedelta(days=30))}
    deaf, hears = await given_active(operator), await given_active(operator)
    # In the order in which they are told.
    for number, prospect in enumerate((deaf, hears)):
        consent_id = f"0000000{number}{str(uuid4())[8:]}"
        path = f"/community/members/{prospect.member_id}/consents/{consent_id}"
        assert (
            await operator.put(path, json=consent_body(prospect.prm, **ends))
        ).status_code == 201
    async with (
        _organiser(platform, operator, deaf, desk_consents_end="none"),
        _organiser(platform, operator, hears) as organiser,
    ):
        await _tell_days(platform)

        notifications = [
            notification
            for notification in await notifications_of(organiser)
            if notification["kind"] == "desk_consents_end"
        ]

    assert len(notifications) == 1


async def test_each_is_offered_the_kinds_that_they_may_benotifications_of(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    enrolling = await given_active(operator)
    async with (
        _organiser(platform, operator, enrolling) as organiser,
        member_client(platform, enrolling.member_id) as member,
    ):
        offered = [
            {choice["kind"].startswith("desk_") for choice in (await client.get(_CHANNELS)).json()}
            for client in (organiser, member, operator)
        ]
        refused = await member.put(_CHANNELS, json={"channels": {"desk_point_left": "none"}})
        other = await organiser.put(_CHANNELS, json={"channels": {"news_published": "none"}})

    assert offered == [{True}, {False}, {True}]
    assert [refused.status_code, other.status_code] == [409, 409]


async def test_who_runs_an_operation_no_more_is_told_nothing_of_it_any_more(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    lost, kept = await given_active(operator), await given_active(operator)
    runs = [lost.operation_id, kept.operation_id]
    email, account_id = await _given_desk(platform, operator, runs, desk_document_ends="daily")
    async with platform.client(await platform.token(email, PASSWORD)) as organiser:
        for prospect in (lost, kept):
            await _given_ending_document(operator, prospect)
        await _remind(platform)
        before = {
            notification["operation_id"]: notification["id"]
            for notification in await notifications_of(organiser)
        }

    await _take_from_desk(operator, account_id, lost.operation_id)
    async with platform.client(await platform.token(email, PASSWORD)) as organiser:
        after = (await organiser.get("/community/me/notifications")).json()
        seen = await organiser.post(
            "/community/me/notifications/seen", json={"ids": [before[lost.operation_id]]}
        )
    (digest,) = await _digests(platform, operator, email)

    assert before.keys() == {*runs}
    assert [notification["operation_id"] for notification in after["notifications"]] == [
        kept.operation_id
    ]
    assert after["unseen_count"] == 1
    assert seen.json()["type"] == "/problems/notification-unknown"
    assert kept.operation_id in digest["body"]
    assert lost.operation_id not in digest["body"]


async def test_who_runs_an_operation_no_more_gets_no_e_mail_that_waited(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    lost, kept = await given_active(operator), await given_active(operator)
    runs = [lost.operation_id, kept.operation_id]
    email, account_id = await _given_desk(platform, operator, runs, desk_consents_end="email")
    ends = {"valid_to": str(today() + timedelta(days=30))}
    for prospect in (lost, kept):
        path = f"/community/members/{prospect.member_id}/consents/{uuid4()}"
        assert (
            await operator.put(path, json=consent_body(prospect.prm, **ends))
        ).status_code == 201
    await _tell_days(platform)

    await _take_from_desk(operator, account_id, lost.operation_id)
    mails = await _written_to(platform, operator, email, kind="notification")

    assert [mail["operation_id"] for mail in mails] == [kept.operation_id]


async def _given_desk(
    platform: Platform, operator: httpx.AsyncClient, runs: Sequence[str], **channels: str
) -> tuple[str, str]:
    """E-mail address and id of a new organiser of these operations, who chose to be told so."""
    email = f"desk-{uuid4().hex[:8]}@example.org"
    account = {"password": PASSWORD, "roles": ["organiser"], "operations": runs}
    account_id: str = (await put_account(operator, email, account))["id"]
    async with platform.client(await platform.token(email, PASSWORD)) as organiser:
        chosen = await organiser.put(_CHANNELS, json={"channels": channels})
        assert chosen.status_code == 200, chosen.text
    return email, account_id


async def _take_from_desk(operator: httpx.AsyncClient, account_id: str, operation_id: str) -> None:
    path = f"/community/operations/{operation_id}/organisers/{account_id}"
    assert (await operator.delete(path)).status_code == 204


async def _digests(
    platform: Platform, operator: httpx.AsyncClient, email: str
) -> list[dict[str, Any]]:
    return await _written_to(platform, operator, email, kind="digest")


async def _written_to(
    platform: Platform, operator: httpx.AsyncClient, email: str, *, kind: str
) -> list[dict[str, Any]]:
    """Those of the kind to the address, once all that are due in two days were made."""
    # At whatever hour: digests are made from seven in the morning on.
    later = CLOCK.now() + timedelta(days=2)
    async with platform.database("community") as database:
        while await tell_due(database, public_url="https://volts.test", now=later) == NO_REST:
            pass  # others' digests, which are made a hundred at once
    return [
        message
        for message in await list_all(operator, "/messages")
        if message["kind"] == kind and message["recipients"][0]["address"] == email
    ]
