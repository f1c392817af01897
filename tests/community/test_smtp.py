"""The outbox of messages, with a server of SMTP that refuses some."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from libs.common.database import ring_after_commit
from libs.common.ports import free_port
from services.community.main import service
from services.community.workers import workers
from tests.billing.issued import until
from tests.community.mailing import asked, given_reader, new_address, until_status
from tests.support.alone import Alone, alone
from tests.support.clock import CLOCK
from tests.support.smtp import Mailboxes, smtp_server

FROM = {"mail_from": "Les Volts <no-reply@volts.test>"}


@pytest.fixture(scope="module")
async def boxes() -> AsyncIterator[Mailboxes]:
    async with smtp_server() as boxes:
        yield boxes


@pytest.fixture(scope="module")
async def community(database_url: str, boxes: Mailboxes) -> AsyncIterator[Alone]:
    url = f"smtp://127.0.0.1:{boxes.port}"
    async with alone(service, database_url, mail_url=url, **FROM) as community:
        yield community


@pytest.fixture
async def operator(community: Alone) -> AsyncIterator[httpx.AsyncClient]:
    async with community.client("operator") as client:
        yield client


async def make_due(community: Alone, address: str) -> None:
    """As if the pause before the next attempt were over."""
    await update(community, address, "due_at = :now")


async def update(community: Alone, address: str, change: str) -> None:
    statement = text(f"UPDATE message_recipient SET {change} WHERE address = :address")
    async with (
        community.platform.database("community") as database,
        database.transaction() as session,
    ):
        values = {"now": community.platform.clock.now(), "address": address}
        await session.execute(statement, values)
        ring_after_commit(session)


async def until_reason(client: httpx.AsyncClient, message: object, reason: str) -> None:
    async def reached() -> bool | None:
        (recipient,) = await until_status(client, message, "queued")  # type: ignore[arg-type]
        return True if recipient["reason"] == reason else None

    await until(reached)


async def test_a_message_that_the_server_takes_is_sent(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    address = new_address()
    message = asked(await given_reader(operator, email=address))

    await community.tell(message)
    email = await boxes.wait_for(address)
    await until_status(operator, message, "sent")

    assert email["From"] == "Les Volts <no-reply@volts.test>"
    assert email["To"] == address
    assert email["Message-ID"] == f"<{message.message_id}.1@volts.test>"
    assert len(boxes.came[address]) == 1


async def test_what_the_server_never_takes_is_bounced(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    address = new_address()
    boxes.refusals[address] = [f"550 5.1.1 <{address}>: no such mailbox"]
    message = asked(await given_reader(operator, email=address))

    await community.tell(message)

    (recipient,) = await until_status(operator, message, "bounced")
    assert recipient["reason"] == "550 5.1.1"
    assert address not in boxes.came


async def test_what_the_server_does_not_take_now_is_tried_again(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    address = new_address()
    boxes.refusals[address] = ["450 4.2.0 greylisted, come back"]
    message = asked(await given_reader(operator, email=address))

    await community.tell(message)
    await until_reason(operator, message, "450 4.2.0")
    assert address not in boxes.came
    await make_due(community, address)

    (recipient,) = await until_status(operator, message, "sent")
    assert recipient["reason"] is None
    assert boxes.asked[address] == 2


async def test_what_is_not_taken_for_days_is_given_up(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    address = new_address()
    boxes.refusals[address] = ["452 4.2.2 mailbox full"] * 2
    message = asked(await given_reader(operator, email=address))

    await community.tell(message)
    await until_reason(operator, message, "452 4.2.2")
    await update(community, address, "due_at = :now, expires_at = :now")

    (recipient,) = await until_status(operator, message, "failed")
    assert recipient["reason"] == "452 4.2.2"


async def test_a_refusal_of_one_stops_no_other(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    refused, taken = new_address(), new_address()
    boxes.refusals[refused] = ["550 no"]
    messages = [asked(await given_reader(operator, email=address)) for address in (refused, taken)]

    await community.tell(*messages)

    await until_status(operator, messages[0], "bounced")
    await until_status(operator, messages[1], "sent")


async def test_an_email_that_cannot_be_made_fails_and_stops_no_other(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    odd, sound = new_address(), new_address()
    boxes.refusals[odd] = ["450 4.2.0 greylisted, come back"]
    messages = [asked(await given_reader(operator, email=address)) for address in (odd, sound)]
    await community.tell(messages[0])
    await until_reason(operator, messages[0], "450 4.2.0")

    # As it may have been queued before such addresses were refused.
    await update(community, odd, "address = '=?utf-8?q?a?=@example.org', due_at = :now")
    await community.tell(messages[1])

    (recipient,) = await until_status(operator, messages[0], "failed")
    assert recipient["reason"] == "bug InvalidHeaderDefect"
    await until_status(operator, messages[1], "sent")


async def test_several_processes_send_each_message_once(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    addresses = [new_address() for _ in range(20)]
    messages = [asked(await given_reader(operator, email=address)) for address in addresses]
    rounds = [workers(community.platform.settings)["send mail"] for _ in range(3)]

    await community.tell(*messages)
    async with community.platform.database("community") as database:
        await asyncio.gather(*(sending_round(database) for sending_round in rounds))

    for message in messages:
        await until_status(operator, message, "sent")
    assert {len(boxes.came[address]) for address in addresses} == {1}


async def test_killed_before_its_commit_a_process_leaves_the_message_to_the_next(
    community: Alone, operator: httpx.AsyncClient, boxes: Mailboxes
) -> None:
    address = new_address()
    message = asked(await given_reader(operator, email=address))
    await community.tell(message)
    await until_status(operator, message, "sent")
    # What a process leaves that is killed after the server's yes: the row as it was.
    await update(community, address, "status = 'queued'")
    await until_status(operator, message, "sent")

    first, second = boxes.came[address]
    assert first == second


async def test_health_is_red_when_no_server_takes_messages_and_tells_since_when(
    database_url: str,
) -> None:
    url = f"smtp+starttls://127.0.0.1:{free_port()}"
    async with (
        alone(service, database_url, mail_url=url, **FROM) as community,
        community.client("operator") as operator,
    ):
        long_ago = CLOCK.now() - timedelta(hours=1)
        address = new_address()
        message = asked(await given_reader(operator, email=address), time=long_ago)
        await community.tell(message)
        await until_reason(operator, message, "server-unreachable")

        health = (await operator.get("/health")).json()
        waiting_shortly = (await operator.get("/community/today")).json()
        await update(community, address, "at = at - interval '1 hour'")
        (waiting,) = (await operator.get("/community/today")).json()

    assert health["status"] == "failing"
    assert "mail: SMTPConnectError" in health["services"]["community"]["problems"]
    assert waiting_shortly == []
    assert (waiting["kind"], waiting["count"]) == ("messages_waiting", 1)
    assert waiting["first"] == [f"/community/messages?member_id={message.member_id}"]
    (warning,) = health["services"]["community"]["warnings"]
    assert warning.startswith("mail: 1 waiting, the oldest since ")
    assert warning.endswith("(server-unreachable).")


async def test_a_server_that_offers_no_encryption_gets_nothing(
    database_url: str, boxes: Mailboxes
) -> None:
    url = f"smtp+starttls://127.0.0.1:{boxes.port}"
    async with (
        alone(service, database_url, mail_url=url, **FROM) as community,
        community.client("operator") as operator,
    ):
        address = new_address()
        message = asked(await given_reader(operator, email=address))
        await community.tell(message)
        await until_reason(operator, message, "server-unreachable")

    assert boxes.asked[address] == 0
