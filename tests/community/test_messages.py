"""The outbox of messages, with e-mails as files."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.events.community import MessageStatusChanged
from libs.common.ports import free_port
from services.community.commands.privacy.purging import purge_messages
from services.community.main import service
from tests.billing.issued import until
from tests.community.coop import (
    PASSWORD,
    member_body,
    new_operation_id,
    operation_body,
    put,
    put_account,
)
from tests.community.mailing import (
    FACTS,
    asked,
    eml,
    given_pdf,
    given_reader,
    new_address,
    read_message,
    report,
    until_status,
)
from tests.support.alone import Alone, alone
from tests.support.smtp import read_body, read_email


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mails")


@pytest.fixture(scope="module")
async def community(database_url: str, mails: Path) -> AsyncIterator[Alone]:
    more = {"mail_url": f"folder:{mails}", "mail_from": "Les Volts <no-reply@volts.test>"}
    async with alone(service, database_url, **more) as community:
        yield community


@pytest.fixture
async def operator(community: Alone) -> AsyncIterator[httpx.AsyncClient]:
    async with community.client("operator") as client:
        yield client


async def test_a_message_becomes_a_file_with_its_attachment(
    community: Alone, operator: httpx.AsyncClient, mails: Path
) -> None:
    address = new_address()
    member = await given_reader(operator, email=address, name="Lucie Brindille")
    pdf = await given_pdf(community.platform.settings, b"%PDF-1.7 of the invoice")
    message = asked(member, attachments=[pdf])

    await community.tell(message)
    (recipient,) = await until_status(operator, message, "sent")

    email = read_email(eml(mails, message.message_id).read_bytes())
    assert email["To"] == address
    assert email["Subject"] == "Facture F2026-00001, Soleils d’Aurelle"
    assert read_body(email).startswith("Bonjour Lucie Brindille,\n")
    (attached,) = email.iter_attachments()
    assert attached.get_content() == b"%PDF-1.7 of the invoice"
    assert (recipient["number"], recipient["address"]) == (1, address)
    events = await community.published(MessageStatusChanged, member)
    assert [[recipient.status for recipient in event.recipients] for event in events] == [
        ["queued"],
        ["sent"],
    ]
    assert [event.revision for event in events] == [1, 2]
    assert address not in "".join(event.model_dump_json() for event in events)


async def test_a_member_is_written_to_by_the_organiser_who_gets_the_answers(
    community: Alone, operator: httpx.AsyncClient, mails: Path
) -> None:
    organiser, operation_id = str(uuid4()), new_operation_id()
    body = {"name": "Soleils ensemble", "address": "1 place"}
    await put(operator, f"/organisers/{organiser}", body)
    await put(operator, f"/operations/{operation_id}", operation_body(organiser))
    address = new_address()
    await put(operator, f"/members/{organiser}", member_body(email=address, kind="company"))
    member = await given_reader(operator, email=new_address())
    message = asked(member, operation_id=operation_id)

    await community.tell(message)
    await until_status(operator, message, "sent")

    email = read_email(eml(mails, message.message_id).read_bytes())
    assert email["From"] == "Soleils ensemble <no-reply@volts.test>"
    assert email["Reply-To"] == address


async def test_a_message_is_in_the_language_that_is_asked_for(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    member = await given_reader(operator, email=new_address(), language="en")
    message = asked(member, language="en", kind="credit_note")

    await community.tell(message)

    written = await read_message(operator, message)
    assert written["subject"] == "Credit note F2026-00001 from Soleils d’Aurelle"
    assert written["body"].startswith("Hello Lucie Brindille,")


async def test_a_message_asked_for_twice_is_sent_once(
    community: Alone, operator: httpx.AsyncClient, mails: Path
) -> None:
    member = await given_reader(operator, email=new_address())
    message = asked(member)
    again = message.model_copy(update={"facts": FACTS.model_copy(update={"number": "F2026-7"})})

    await community.tell(message, message)
    await until_status(operator, message, "sent")
    before = eml(mails, message.message_id).stat().st_mtime_ns
    await community.tell(again)

    assert (await read_message(operator, message))["subject"].startswith("Facture F2026-00001")
    assert eml(mails, message.message_id).stat().st_mtime_ns == before
    assert len(await community.published(MessageStatusChanged, member)) == 2


async def test_a_name_adds_no_header(
    community: Alone, operator: httpx.AsyncClient, mails: Path
) -> None:
    member = await given_reader(operator, email=new_address())
    facts = FACTS.model_copy(update={"issuer_name": "Soleils\r\nBcc: all@example.org\r\n\r\nHello"})
    message = asked(member, facts=facts)

    await community.tell(message)
    await until_status(operator, message, "sent")

    email = read_email(eml(mails, message.message_id).read_bytes())
    assert email["Bcc"] is None
    assert email["Subject"] == "Facture F2026-00001, Soleils Bcc: all@example.org Hello"


async def test_without_an_own_address_those_who_log_in_as_the_member_are_written_to(
    community: Alone, operator: httpx.AsyncClient, mails: Path
) -> None:
    member = await given_reader(operator)
    addresses = sorted([new_address(), new_address()])
    account = {"password": PASSWORD, "roles": ["member"], "member_id": member}
    for address in addresses:
        await put_account(operator, address, account)
    await put_account(operator, new_address(), account | {"disabled": True})
    message = asked(member)

    await community.tell(message)
    recipients = await until_status(operator, message, "sent", "sent")

    assert [recipient["address"] for recipient in recipients] == addresses
    files = [eml(mails, message.message_id, number) for number in (1, 2)]
    assert [read_email(file.read_bytes())["To"] for file in files] == addresses


async def test_whoever_has_no_address_is_told_as_failed(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    message = asked(await given_reader(operator))

    await community.tell(message)

    (recipient,) = await until_status(operator, message, "failed")
    assert (recipient["address"], recipient["reason"]) == (None, "no-address")


async def test_messages_are_listed_by_what_became_of_them(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    failed = asked(await given_reader(operator))
    await community.tell(failed)
    await until_status(operator, failed, "failed")
    query = {"member_id": str(failed.member_id)}

    listed = [
        (await operator.get("/community/messages", params=query | {"status": status})).json()
        for status in ("failed", ["bounced", "failed"], "sent")
    ]

    assert [len(messages) for messages in listed] == [1, 1, 0]


async def test_an_address_that_cannot_be_written_to_is_told_as_failed(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    message = asked(await given_reader(operator, email=f"lucie(,{new_address()}"))

    await community.tell(message)

    (recipient,) = await until_status(operator, message, "failed")
    assert recipient["reason"] == "address-unusable"


async def test_a_message_waits_for_an_attachment_that_is_not_there(
    community: Alone, operator: httpx.AsyncClient, mails: Path
) -> None:
    pdf = await given_pdf(community.platform.settings, b"%PDF")
    message = asked(
        await given_reader(operator, email=new_address()),
        attachments=[pdf.model_copy(update={"sha256": "0" * 64})],
    )

    await community.tell(message)

    async def reason() -> str | None:
        (recipient,) = await until_status(operator, message, "queued")
        reason: str | None = recipient["reason"]
        return reason

    assert await until(reason) == "attachment-missing"
    assert not eml(mails, message.message_id).exists()


async def test_members_see_their_messages_and_organisers_those_of_their_operations(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    address = new_address()
    member = await given_reader(operator, email=address)
    message = asked(member)
    other = asked(member)
    await community.tell(message, other)
    operations = [message.operation_id]

    async with (
        community.client("member", member_id=member) as own_client,
        community.client("member", member_id=str(uuid4())) as stranger,
        community.client("organiser", operations=operations) as organiser,
        community.client("feed") as feed,
    ):
        lists = {
            name: (await client.get("/community/messages")).json()
            for name, client in (
                ("own", own_client),
                ("stranger", stranger),
                ("organiser", organiser),
            )
        }
        refused = await feed.get("/community/messages")

    ids = {name: {row["id"] for row in messages} for name, messages in lists.items()}
    assert ids == {
        "own": {str(message.message_id), str(other.message_id)},
        "stranger": set(),
        "organiser": {str(message.message_id)},
    }
    assert lists["own"][0]["recipients"][0]["address"] == address
    assert address not in str(lists["organiser"])
    assert refused.status_code == 403


async def test_pages_of_messages_follow_one_another(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    member = await given_reader(operator)
    days = [f"2026-11-0{day}T09:00:00Z" for day in (1, 2, 3)]
    await community.tell(*(asked(member, time=day) for day in days))
    query = {"member_id": member, "limit": "2"}

    first = (await operator.get("/community/messages", params=query)).json()
    after = {"after": first[-1]["id"]}
    second = (await operator.get("/community/messages", params=query | after)).json()
    unknown = await operator.get("/community/messages", params={"after": str(uuid4())})

    assert [message["asked_at"] for message in (*first, *second)] == days[::-1]
    assert unknown.status_code == 404


async def test_messages_are_deleted_when_they_are_too_old(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    member = await given_reader(operator, email=new_address())
    old, new = asked(member, time="1926-01-01T09:00:00Z"), asked(member)

    await community.tell(old, new)
    await until_status(operator, old, "sent")

    async with community.platform.database("community") as database:
        while await purge_messages(database, kept_months=1200):
            pass

    kept = await operator.get("/community/messages", params={"member_id": member})
    assert [message["id"] for message in kept.json()] == [str(new.message_id)]
    events = await community.published(MessageStatusChanged, member)
    of_old = [event for event in events if event.message_id == old.message_id]
    assert of_old[-1].recipients[0].status == "sent"


async def test_an_old_message_that_still_waits_is_kept(database_url: str) -> None:
    silent_url = f"smtp://127.0.0.1:{free_port()}"
    async with (
        alone(service, database_url, mail_url=silent_url, mail_from="no-reply@volts.test") as away,
        away.client("operator") as operator,
        away.platform.database("community") as database,
    ):
        member = await given_reader(operator, email=new_address())
        old = asked(member, time="1926-01-01T09:00:00Z")
        await away.tell(old)

        async def was_tried() -> dict[str, Any] | None:
            message = await read_message(operator, old)
            return message if message["recipients"][0]["reason"] else None

        waiting = await until(was_tried)  # it is tried again after a minute
        await purge_messages(database, kept_months=1200)
        kept = await read_message(operator, old)
        sent = "UPDATE message_recipient SET status = 'sent' WHERE message_id = :id"
        await away.platform.change("community", sent, id=old.message_id)
        await purge_messages(database, kept_months=1200)
        left = await operator.get("/community/messages", params={"member_id": member})

    assert waiting["recipients"][0]["status"] == "queued"
    assert kept["id"] == waiting["id"]
    assert left.json() == []


async def test_a_report_of_a_server_makes_it_bounced(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    message = asked(await given_reader(operator, email=new_address()))
    await community.tell(message)
    await until_status(operator, message, "sent")
    message_id = f"<{message.message_id}.1@volts.test>"
    reports = [report(message_id, action=action) for action in ("delayed", "failed", "failed")]

    async with community.client("feed") as feed:
        answers = [
            await feed.post("/community/messages/bounces", content=content) for content in reports
        ]

    assert [answer.json()["status"] for answer in answers] == ["sent", "bounced", "bounced"]
    (recipient,) = await until_status(operator, message, "bounced")
    assert recipient["reason"] == "5.1.1"
    events = await community.published(MessageStatusChanged, str(message.member_id))
    assert [event.recipients[0].status for event in events] == ["queued", "sent", "bounced"]
    query = {"request_id": answers[1].headers["x-request-id"]}
    (line,) = (await operator.get("/community/audit", params=query)).json()
    assert (line["before"]["status"], line["after"]["status"]) == ("sent", "bounced")


async def test_a_report_that_cannot_be_used_is_refused(
    community: Alone, operator: httpx.AsyncClient
) -> None:
    unknown = report(f"<{uuid4()}.1@volts.test>")
    url = "/community/messages/bounces"

    answers = [
        await operator.post(url, content=content)
        for content in (unknown, b"Subject: hello\r\n\r\nHello\r\n", b"x" * (1024**2 + 1))
    ]

    assert [answer.status_code for answer in answers] == [404, 409, 413]
    slugs = ["message-unknown", "bounce-unreadable", "body-too-large"]
    assert [answer.json()["type"] for answer in answers] == [f"/problems/{slug}" for slug in slugs]
    async with community.client("member", member_id=str(uuid4())) as member:
        assert (await member.post(url, content=unknown)).status_code == 403
