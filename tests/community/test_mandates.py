"""What is told of mandates: wishes of members to who runs the operation, the answer to them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from libs.common.events.base import Event
from libs.common.events.billing import MandateAnswered, MandateAsked, MandateEnded, MandateRevoked
from services.community.commands.messages.telling import tell_due
from services.community.handlers import HANDLERS
from tests.community.assembly import member_client
from tests.community.coop import list_all, logged_in, notifications_of, told_by_hand
from tests.community.enrolling import Enrolling, given_active
from tests.community.mailing import given_reader
from tests.support.clock import CLOCK
from tests.support.platform import Platform


@pytest.fixture(scope="module")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    async with told_by_hand(database_url) as platform:
        yield platform


@pytest.fixture
async def enrolling(operator: httpx.AsyncClient) -> Enrolling:
    return await given_active(operator)


async def _handle(platform: Platform, *events: Event) -> None:
    async with platform.database("community") as database, database.transaction() as session:
        await HANDLERS[type(events[0])](session, events)


async def _told_desk(
    platform: Platform, operator: httpx.AsyncClient, enrolling: Enrolling, *events: Event
) -> list[dict[str, Any]]:
    """What these tell an organiser of the operation."""
    runs = [enrolling.operation_id]
    async with logged_in(platform, operator, "organiser", operations=runs) as organiser:
        before = len(await notifications_of(organiser))
        await _handle(platform, *events)
        return (await notifications_of(organiser))[before:]


async def test_who_runs_an_operation_hears_that_a_member_asks_to_be_debited_once_a_day(
    platform: Platform, operator: httpx.AsyncClient, enrolling: Enrolling
) -> None:
    creditor_id, now = uuid4(), CLOCK.now()
    asked = MandateAsked(
        time=now,
        request_id=uuid4(),
        operation_id=enrolling.operation_id,
        creditor_id=creditor_id,
        debtor_id=uuid4(),
    )
    again = asked.model_copy(update={"request_id": uuid4()})
    later = again.model_copy(update={"time": now + timedelta(days=1)})
    by_another = again.model_copy(update={"debtor_id": uuid4()})

    notifications = await _told_desk(platform, operator, enrolling, asked, again, later, by_another)

    assert [notification["kind"] for notification in notifications] == ["desk_mandate_request"] * 3
    assert {notification["link"] for notification in notifications} == {
        f"/billing/issuers/{creditor_id}/mandate-requests"
    }


async def test_who_runs_an_operation_hears_once_that_a_mandate_is_revoked(
    platform: Platform, operator: httpx.AsyncClient, enrolling: Enrolling
) -> None:
    revoked = MandateRevoked(
        time=CLOCK.now(),
        mandate_id=uuid4(),
        operation_id=enrolling.operation_id,
        creditor_id=uuid4(),
        debtor_id=UUID(enrolling.member_id),
    )

    notifications = await _told_desk(platform, operator, enrolling, revoked, revoked)

    (notification,) = notifications
    assert notification["kind"] == "desk_mandate_revoked"
    assert notification["link"] == f"/billing/issuers/{revoked.creditor_id}/mandates"
    async with member_client(platform, enrolling.member_id) as member:
        assert "desk_mandate_revoked" not in {
            notification["kind"] for notification in await notifications_of(member)
        }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Prélèvement confirmé\u00a0: Soleils", "Prélèvement refusé\u00a0: Soleils"]),
        ("en", ["Direct debit confirmed: Soleils", "Direct debit not accepted: Soleils"]),
    ],
)
async def test_a_member_hears_what_became_of_a_request_in_the_app_and_by_mail(
    platform: Platform, operator: httpx.AsyncClient, language: str, words: list[str]
) -> None:
    creditor_id = await given_reader(operator, name="Soleils")
    member_id = await given_reader(operator, language=language)
    confirmed = MandateAnswered(
        time=CLOCK.now(),
        request_id=uuid4(),
        creditor_id=UUID(creditor_id),
        debtor_id=UUID(member_id),
        rum="ELO-0042",
    )
    declined = confirmed.model_copy(update={"request_id": uuid4(), "rum": None})

    await _handle(platform, confirmed, confirmed)
    await _handle(platform, declined, declined)

    async with member_client(platform, member_id) as member:
        notifications = await notifications_of(member)
        unwanted = await member.put(
            "/community/me/notification-channels", json={"channels": {"mandate_confirmed": "none"}}
        )
    async with platform.database("community") as database:
        await tell_due(database, public_url="https://volts.test", now=CLOCK.now())
    mails = [
        message
        for message in await list_all(operator, "/messages")
        if message["member_id"] == member_id
    ]
    assert [notification["kind"] for notification in notifications] == [
        "mandate_confirmed",
        "mandate_declined",
    ]
    assert [notification["title"] for notification in notifications] == words
    assert {notification["link"] for notification in notifications} == {"/billing/mandates"}
    assert [("ELO-0042" in notification["text"]) for notification in notifications] == [True, False]
    assert [mail["kind"] for mail in mails] == ["notification"] * 2
    assert unwanted.status_code == 409


async def test_a_member_hears_once_that_who_collects_has_ended_a_mandate(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    creditor_id = await given_reader(operator, name="Soleils")
    member_id = await given_reader(operator, language="fr")
    ended = MandateEnded(
        time=CLOCK.now(),
        mandate_id=uuid4(),
        creditor_id=UUID(creditor_id),
        debtor_id=UUID(member_id),
        rum="ELO-0042",
    )

    await _handle(platform, ended, ended)

    async with member_client(platform, member_id) as member:
        (notification,) = await notifications_of(member)
    assert (notification["kind"], notification["link"]) == ("mandate_ended", "/billing/mandates")
    assert notification["title"] == "Prélèvement arrêté\u00a0: Soleils"
    assert "ELO-0042" in notification["text"]
