"""Rounds of sending, by a clock of the tests, in a process that does nothing else."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import httpx
import pytest

from libs.common.database import Database
from libs.common.events.billing import MessageAsked
from libs.common.rounds.rest import NO_REST, UNTIL_RUNG, Rest
from libs.common.settings import Settings
from services.community.commands.messages.sending import Post
from services.community.mail.making import read_sender
from services.community.mail.outlets import open_outlet
from services.community.main import service
from services.community.workers import Postman
from tests.community.mailing import asked, given_reader, new_address, read_message
from tests.support.alone import alone
from tests.support.smtp import USER, own_certificate, smtp_server

FROM = "Les Volts <no-reply@volts.test>"


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@asynccontextmanager
async def three_messages(
    database_url: str, **settings: object
) -> AsyncIterator[tuple[httpx.AsyncClient, Database, list[MessageAsked]]]:
    """Queued, where nobody sends them."""
    idle = replace(service, workers=lambda _settings: {})
    async with (
        alone(idle, database_url, **settings) as community,
        community.client("operator") as operator,
        community.platform.database("community") as database,
    ):
        readers = [await given_reader(operator, email=new_address()) for _ in range(3)]
        messages = [asked(reader) for reader in readers]
        await community.tell(*messages)
        yield operator, database, messages


async def told(client: httpx.AsyncClient, messages: list[MessageAsked]) -> list[tuple[str, str]]:
    read = [await read_message(client, message) for message in messages]
    recipients = [recipient for message in read for recipient in message["recipients"]]
    return sorted((recipient["status"], recipient["reason"] or "") for recipient in recipients)


def post_to(url: str, *, user: str = "", password: str = "") -> Post:
    sender = read_sender(FROM)
    return Post(open_outlet(url, user=user, password=password, sender=sender), sender, Settings())


async def test_a_server_that_refuses_us_is_left_alone_for_a_minute(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = own_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    refused, untouched = ("queued", "server-refuses-us 535 5.7.8"), ("queued", "")
    clock = Clock()
    async with (
        smtp_server(tls=context) as boxes,
        three_messages(database_url) as (operator, database, messages),
    ):
        url = f"smtps://127.0.0.1:{boxes.port}"
        postman = Postman(post_to(url, user=USER, password="wrong"), clock)
        statuses, rests = [], []
        for clock.now_s in (0.0, 59.0, 60.0):
            rests.append(await postman.send(database))
            statuses.append(await told(operator, messages))

    once = [untouched, untouched, refused]
    assert statuses == [once, once, [untouched, refused, refused]]
    assert rests == [Rest(60), Rest(1), Rest(60)]


async def test_a_round_ends_after_a_minute_though_more_is_due(
    database_url: str, tmp_path: Path
) -> None:
    clock = count(0.0, 30.0)
    async with three_messages(database_url) as (operator, database, messages):
        postman = Postman(post_to(f"folder:{tmp_path}"), lambda: next(clock))
        more = await postman.send(database)
        after_one = await told(operator, messages)
        rest = await postman.send(database)
        after_two = await told(operator, messages)

    assert (more, after_one) == (NO_REST, [("queued", ""), ("sent", ""), ("sent", "")])
    assert (rest, after_two) == (UNTIL_RUNG, [("sent", "")] * 3)


async def test_no_line_of_the_log_has_an_address_or_a_text(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        smtp_server() as boxes,
        three_messages(database_url, log_level="DEBUG") as (operator, database, messages),
    ):
        letters = [await read_message(operator, message) for message in messages]
        addresses = [letter["recipients"][0]["address"] for letter in letters]
        boxes.refusals[addresses[0]] = [f"550 5.1.1 {addresses[0]} is unknown"]
        boxes.refusals[addresses[1]] = [f"451 4.2.0 {addresses[1]} is full"]
        logging.getLogger().addHandler(caplog.handler)
        with caplog.at_level(logging.DEBUG):
            await Postman(post_to(f"smtp://127.0.0.1:{boxes.port}"), Clock()).send(database)
        statuses = await told(operator, messages)

    ours = [record for record in caplog.records if record.name != "mail.log"]  # the server's
    logged = "\n".join(str(record.msg) + record.getMessage() for record in ours)
    assert [status for status, _ in statuses] == ["bounced", "queued", "sent"]
    assert all(str(message.message_id) in logged for message in messages)
    assert not any(address in logged for address in addresses)
    words = {
        line for letter in letters for line in [letter["subject"], *letter["body"].split("\n")]
    }
    assert not any(line in logged for line in words if len(line) > 20)
