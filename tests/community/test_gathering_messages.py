"""What members are told of gatherings, each once, with the event for their calendars."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from typing import Any
from uuid import UUID, uuid4

import httpx
from icalendar import Calendar, Event
from sqlalchemy import text

from libs.common.calendar import local_day
from libs.common.database import Database
from libs.common.settings import Settings
from services.community.commands.gatherings.notices import Herald, remind_next, write_next
from services.community.main import service
from services.community.store.gatherings.notices import load, lock_next, remove
from tests.community.coop import enrol, given_member, given_point, participation
from tests.community.gathered import Group, group
from tests.community.mailing import given_reader, new_address
from tests.support.alone import alone
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.statements import counted_statements
from tests.support.waiting import until


async def _messages(coop: Group, member: str, *kinds: str) -> list[dict[str, Any]]:
    """Those to this member, the oldest first, once they are of these kinds."""
    messages: list[dict[str, Any]] = []

    async def kinds_seen() -> list[str]:
        answer = await coop.assembly.operator.get(f"/community/messages?member_id={member}")
        messages[:] = answer.json()[::-1]
        return [message["kind"] for message in messages]

    await until("the messages", kinds_seen, lambda seen: seen == list(kinds))
    return messages


async def _event(coop: Group, message: dict[str, Any]) -> Event:
    (attached,) = message["attachments"]
    assert attached["media_type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    (row,) = await coop.assembly.query(
        "SELECT content FROM message_attachment WHERE message_id = :id", id=message["id"]
    )
    calendar = Calendar.from_ical(row["content"])
    assert calendar["method"] == "PUBLISH"
    (event,) = calendar.events
    assert str(event["organizer"]).startswith("mailto:")
    return event


async def test_the_audience_is_invited_with_the_event(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        gathering_id = await coop.given_gathering(
            starts_at="2190-01-14T18:00:00Z",
            ends_at="2190-01-14T20:00:00Z",
            place="Salle des fêtes\n99110 Aurelle",
        )

        for member in coop.members:
            (message,) = await _messages(coop, member, "gathering_invitation")
            assert (
                message["subject"]
                == "Invitation\u00a0: Assembly of the winter, le 14/01/2190 à 19:00"
            )
            assert "Où\u00a0: Salle des fêtes 99110 Aurelle\n" in message["body"]
            assert (
                "au plus tard le 14/01/2190 à 19:00, dans votre espace\u00a0: http"
                in message["body"]
            )
            event = await _event(coop, message)
            assert event["uid"] == f"gathering-{gathering_id}@elocoop"
            assert event.start == datetime(2190, 1, 14, 18, tzinfo=UTC)


async def test_invitations_are_in_the_members_language(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        member = await given_reader(operator, email=new_address(), language="en")
        row = participation(await given_point(operator), member)
        await enrol(operator, coop.assembly.operation_id, row)

        await coop.given_gathering(starts_at="2190-07-14T18:00:00Z", ends_at="2190-07-14T20:00:00Z")

        (message,) = await _messages(coop, member, "gathering_invitation")
        assert message["subject"] == "Invitation: Assembly of the winter, 2190-07-14 at 20:00"
        assert "Operation: Pousse-Soleil" in message["body"]


async def test_changes_are_told_unless_they_change_nothing_for_who_comes(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (anna,) = coop.members
        gathering_id = await coop.given_gathering()
        await _messages(coop, anna, "gathering_invitation")

        await coop.change(gathering_id, description="There will be soup.")
        await coop.change(gathering_id, place="Moulin")

        _, message = await _messages(coop, anna, "gathering_invitation", "gathering_change")
        assert "Où\u00a0: Moulin\n" in message["body"]
        assert (await _event(coop, message))["sequence"] == 2


_OF_ALL = {
    "operation_id": None,
    "kind": "assembly",
    "title": "Assembly of the winter",
    "place": "Salle des fêtes",
    "starts_at": "2190-01-14T18:00:00Z",
    "ends_at": "2190-01-14T20:00:00Z",
}


@asynccontextmanager
async def _without_workers(
    database_url: str,
) -> AsyncIterator[tuple[httpx.AsyncClient, Database]]:
    idle = replace(service, workers=lambda _settings: {})
    async with (
        alone(idle, database_url) as community,
        community.client("operator") as operator,
        community.platform.database("community") as database,
    ):
        yield operator, database


async def _write_next(database: Database) -> bool:
    herald = Herald(Address("Elocoop", addr_spec="coop@example.org"), "https://example.org")
    async with database.transaction() as session:
        return await write_next(session, herald)


async def test_a_series_is_told_though_its_first_one_is_called_off(database_url: str) -> None:
    async with _without_workers(database_url) as (operator, database):
        member_id = await given_member(operator)
        path = f"/community/gathering-series/{uuid4()}"
        made = await operator.put(
            path, json={"first": _OF_ALL, "rule": {"frequency": "weekly", "count": 3}}
        )
        await operator.post(f"{path}/announcement")
        first = f"/community/gatherings/{made.json()[0]['id']}"
        await operator.post(f"{first}/cancellation", json={"reason": "The hall is flooded."})

        while await _write_next(database):
            pass

        messages = (await operator.get(f"/community/messages?member_id={member_id}")).json()
        cancellation, series = messages
        assert cancellation["kind"] == "gathering_cancellation"
        assert series["kind"] == "gathering_series"
        assert "Début\u00a0: 21/01/2190 à 19:00\n" in series["body"]
        assert "Nombre de rencontres\u00a0: 2\n" in series["body"]


async def test_notices_are_one_statement_in_the_transaction_of_the_change(
    database_url: str,
) -> None:
    async with _without_workers(database_url) as (operator, database):
        for _ in range(3):
            await given_member(operator)
        gathering_id = str(uuid4())
        path = f"/community/gatherings/{gathering_id}"
        await operator.put(path, json=_OF_ALL)

        with counted_statements("INSERT INTO gathering_notice") as statements:
            answer = await operator.post(f"{path}/announcement")

        # A row names the transaction that wrote it.
        written = text("""
            SELECT gathering.xmin::text = notice.xmin::text FROM gathering
            JOIN gathering_notice AS notice ON gathering.id = notice.gathering_id
            WHERE gathering.id = :id
        """)
        async with database.transaction() as session:
            together = list(await session.scalars(written, {"id": UUID(gathering_id)}))
        assert answer.status_code == 200, answer.text
        assert together == [True] * 3
        assert len(statements) == 1


async def test_a_change_while_another_is_being_told_is_told_too(database_url: str) -> None:
    async with _without_workers(database_url) as (operator, database):
        member_id = await given_member(operator)
        path = f"/community/gatherings/{uuid4()}"
        await operator.put(path, json=_OF_ALL)
        await operator.post(f"{path}/announcement")
        assert await _write_next(database)
        await operator.put(path, json=_OF_ALL | {"place": "Moulin"})

        async with database.transaction() as session:
            notice = await lock_next(session, now=CLOCK.now())
            assert notice is not None
            await load(session, notice)
            changing = asyncio.create_task(operator.put(path, json=_OF_ALL | {"place": "École"}))
            await asyncio.sleep(0.5)
            await remove(session, notice)
        assert (await changing).status_code == 200

        assert await _write_next(database)
        messages = (await operator.get(f"/community/messages?member_id={member_id}")).json()
        assert messages[0]["kind"] == "gathering_change"
        assert "Où\u00a0: École\n" in messages[0]["body"]


async def test_the_calling_off_is_told_to_all_but_those_who_declined(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        anna, bruno, chloe = coop.members
        gathering_id = await coop.given_gathering()
        for member in coop.members:
            await _messages(coop, member, "gathering_invitation")
        await coop.reply(anna, gathering_id)
        await coop.reply(bruno, gathering_id, answer="no")

        await coop.call_off(gathering_id)

        for member in (anna, chloe):
            kinds = ("gathering_invitation", "gathering_cancellation")
            _, message = await _messages(coop, member, *kinds)
            assert "Motif\u00a0: The hall is flooded.\n" in message["body"]
            assert (await _event(coop, message))["status"] == "CANCELLED"
        await _messages(coop, bruno, "gathering_invitation")


async def test_who_waited_is_told_of_the_seat_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        anna, bruno = coop.members
        gathering_id = await coop.given_gathering(capacity=1)
        await coop.reply(anna, gathering_id)
        await coop.reply(bruno, gathering_id)

        await coop.reply(anna, gathering_id, answer="no")

        _, message = await _messages(coop, bruno, "gathering_invitation", "gathering_seat")
        assert message["subject"].startswith("Une place pour vous")
        await _messages(coop, anna, "gathering_invitation")


async def test_who_comes_is_reminded_once_whoever_asks(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        anna, bruno, chloe = coop.members
        gathering_id = await coop.given_gathering(remind_days=2)
        await coop.reply(anna, gathering_id)
        await coop.reply(bruno, gathering_id, answer="maybe")
        (row,) = await coop.assembly.query(
            "SELECT remind_at, day FROM gathering WHERE id = :id", id=gathering_id
        )
        assert local_day(row["remind_at"]) == row["day"] - timedelta(days=2)

        await _remind(coop, gathering_id)

        for member in (anna, bruno):
            await _messages(coop, member, "gathering_invitation", "gathering_reminder")
        await _messages(coop, chloe, "gathering_invitation")


async def _remind(coop: Group, gathering_id: str) -> None:
    """What four processes do as it becomes due: it is made so under their eyes."""
    await coop.assembly.change(
        "UPDATE gathering SET remind_at = :now WHERE id = :id", now=CLOCK.now(), id=gathering_id
    )
    async with coop.assembly.platform.database("community") as database:

        async def one() -> None:
            async with database.transaction() as session:
                await remind_next(session, now=CLOCK.now())

        await asyncio.gather(*(one() for _ in range(4)))


async def test_a_reminder_that_would_come_with_the_invitation_is_left_out(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_gathering(remind_days=30)

        (row,) = await coop.assembly.query(
            "SELECT remind_at FROM gathering WHERE id = :id", id=UUID(gathering_id)
        )
        assert row["remind_at"] is None


async def test_a_notice_that_cannot_be_written_holds_up_no_other(database_url: str) -> None:
    async with _without_workers(database_url) as (operator, database):
        member_id = await given_member(operator)
        spoilt, sound = str(uuid4()), str(uuid4())
        for gathering_id in (spoilt, sound):
            await operator.put(f"/community/gatherings/{gathering_id}", json=_OF_ALL)
            await operator.post(f"/community/gatherings/{gathering_id}/announcement")
        spoil = text("UPDATE gathering SET agenda = '[{}]' WHERE id = :id")
        async with database.transaction() as session:
            await session.execute(spoil, {"id": UUID(spoilt)})

        written = [await _write_next(database) for _ in range(3)]

        assert written == [True, True, False]
        messages = (await operator.get(f"/community/messages?member_id={member_id}")).json()
        assert [message["kind"] for message in messages] == ["gathering_invitation"]
        assert service.warn is not None
        async with database.transaction() as session:
            warnings = await service.warn(session, Settings())
        assert str(warnings["notices"]).startswith("1 cannot be written, the first since ")

        tried_for_days = text("UPDATE gathering_notice SET due_at = asked_at, attempts = 100")
        async with database.transaction() as session:
            await session.execute(tried_for_days)
        assert await _write_next(database)

        async with database.transaction() as session:
            await session.execute(
                text("UPDATE gathering SET agenda = '[]' WHERE id = :id"), {"id": UUID(spoilt)}
            )
            await session.execute(text("UPDATE gathering_notice SET due_at = asked_at"))
        assert await _write_next(database)
        messages = (await operator.get(f"/community/messages?member_id={member_id}")).json()
        assert len(messages) == 2
