"""Messages of the service itself: to an address or a member, with small files, with secrets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from libs.common.database import Database
from libs.common.events.community import MessageStatusChanged
from libs.common.settings import Settings
from services.community.commands.messages.messages import write_message
from services.community.commands.messages.sending import Post
from services.community.domain.messages.messages import Letter, MessageKind
from services.community.mail.making import Attachment, Email, read_sender
from services.community.mail.outlets import FolderOutlet, Outlet, RecipientRefused
from services.community.main import service
from services.community.store.members import registry
from services.community.workers import Postman
from tests.community.coop import PASSWORD, new_operation_id, put_account
from tests.community.mailing import given_reader, new_address
from tests.support.alone import Alone, alone
from tests.support.smtp import read_body, read_email

LINK = "https://volts.test/log-in#2b6f1c9d7a10"
LETTER = Letter("Votre lien de connexion", f"Bonjour,\n\n{LINK}\n", "fr")


@dataclass(frozen=True)
class Office:
    """The service, where only the postmen of the tests send."""

    community: Alone
    operator: httpx.AsyncClient
    database: Database
    mails: Path

    def postman(self, outlet: Outlet | None = None) -> Postman:
        sender = read_sender("Les Volts <no-reply@volts.test>")
        return Postman(Post(outlet or FolderOutlet(self.mails), sender, Settings()))

    async def write(self, to: str | UUID, letter: Letter = LETTER, **more: Any) -> None:  # noqa: ANN401 - options of the command
        async with self.database.transaction() as session:
            receiver = to if isinstance(to, str) else await registry.get_member(session, to)
            await write_message(session, letter, to=receiver, kind=MessageKind.REMINDER, **more)

    async def newest(self, client: httpx.AsyncClient | None = None) -> dict[str, Any]:
        answer = await (client or self.operator).get("/community/messages", params={"limit": 1})
        (message,) = answer.json()
        return dict(message)

    async def kept_body(self, message: dict[str, Any]) -> str | None:
        async with self.database.transaction() as session:
            body: str | None = await session.scalar(
                text("SELECT body FROM message WHERE id = :id"), {"id": UUID(message["id"])}
            )
            return body


@pytest.fixture
async def office(database_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    idle = replace(service, workers=lambda _settings: {})
    async with (
        alone(idle, database_url) as community,
        community.client("operator") as operator,
        community.platform.database("community") as database,
    ):
        yield Office(community, operator, database, tmp_path)


async def test_who_is_no_member_yet_is_written_to_and_only_staff_see_it(office: Office) -> None:
    address, operation_id = new_address(), new_operation_id()
    await office.write(address, operation_id=operation_id)

    await office.postman().send(office.database)

    message = await office.newest()
    (recipient,) = message["recipients"]
    assert (message["member_id"], message["operation_id"]) == (None, operation_id)
    assert (recipient["address"], recipient["status"]) == (address, "sent")
    email = read_email((office.mails / f"{message['id']}-1.eml").read_bytes())
    assert (email["To"], email["Subject"]) == (address, LETTER.subject)
    async with office.community.client("organiser", operations=[operation_id]) as organiser:
        assert (await organiser.get("/community/messages")).json() == []


async def test_a_message_of_ours_to_a_member_is_told_to_no_other_service(office: Office) -> None:
    member = await given_reader(office.operator, email=new_address())
    await office.write(UUID(member))

    await office.postman().send(office.database)

    async with office.community.client("member", member_id=member) as own_client:
        assert (await office.newest(own_client))["body"] == LETTER.body
    assert await office.community.published(MessageStatusChanged, member) == []


async def test_a_secret_is_read_by_nobody_and_erased_when_it_is_sent(office: Office) -> None:
    member = await given_reader(office.operator, email=new_address())
    await office.write(UUID(member), is_secret=True)
    waiting = await office.newest()
    kept_before = await office.kept_body(waiting)

    await office.postman().send(office.database)

    message = await office.newest()
    assert kept_before == LETTER.body
    async with office.community.client("member", member_id=member) as own_client:
        assert (await office.newest(own_client))["body"] is None
    assert (waiting["body"], message["body"]) == (None, None)
    assert message["recipients"][0]["status"] == "sent"
    assert await office.kept_body(message) is None
    email = read_email((office.mails / f"{message['id']}-1.eml").read_bytes())
    assert LINK in read_body(email)


async def test_a_secret_is_erased_when_its_server_refuses_it(office: Office) -> None:
    await office.write(new_address(), is_secret=True)

    await office.postman(Refusing()).send(office.database)

    message = await office.newest()
    assert message["recipients"][0]["status"] == "bounced"
    assert await office.kept_body(message) is None


async def test_a_secret_that_cannot_be_sent_is_not_kept(office: Office) -> None:
    await office.write("lucie(,example", is_secret=True)

    message = await office.newest()
    assert message["recipients"][0]["reason"] == "address-unusable"
    assert await office.kept_body(message) is None


async def test_a_secret_is_kept_until_the_last_address_has_it(office: Office) -> None:
    """Two postmen at once, so that neither sees the other's recipient as sent before the end."""
    member = await given_reader(office.operator)
    account = {"password": PASSWORD, "roles": ["member"], "member_id": member}
    for _ in range(2):
        await put_account(office.operator, new_address(), account)
    await office.postman().send(office.database)  # what the member is told of them
    files = set(office.mails.glob("*.eml"))
    await office.write(UUID(member), is_secret=True)
    both = asyncio.Barrier(2)

    class Together(FolderOutlet):
        async def send(self, email: Email) -> None:
            await super().send(email)
            await both.wait()

    postmen = [office.postman(Together(office.mails)) for _ in range(2)]
    await asyncio.gather(*(postman.send(office.database) for postman in postmen))

    message = await office.newest()
    assert [recipient["status"] for recipient in message["recipients"]] == ["sent", "sent"]
    assert await office.kept_body(message) is None
    assert len(set(office.mails.glob("*.eml")) - files) == 2


async def test_a_small_file_goes_with_the_message(office: Office) -> None:
    content = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    ics = Attachment("assemblee.ics", "text/calendar; method=REQUEST; charset=utf-8", content)
    await office.write(new_address(), attachments=[ics])

    await office.postman().send(office.database)

    message = await office.newest()
    (attachment,) = message["attachments"]
    assert (attachment["name"], attachment["byte_count"]) == ("assemblee.ics", len(content))
    email = read_email((office.mails / f"{message['id']}-1.eml").read_bytes())
    (attached,) = email.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params["method"] == "REQUEST"
    assert attached.get_payload(decode=True) == content


async def test_a_large_file_is_for_the_store_of_files(office: Office) -> None:
    most = Attachment("a.bin", "application/octet-stream", b"\0" * 64 * 1024)
    await office.write(new_address(), attachments=[most])

    with pytest.raises(IntegrityError):
        await office.write(new_address(), attachments=[replace(most, content=most.content + b"\0")])


class Refusing(FolderOutlet):
    def __init__(self) -> None:
        super().__init__(Path())

    async def send(self, email: Email) -> None:
        assert email.to
        raise RecipientRefused("550 5.1.1")
