"""A member asks those who run their operation, and is answered by e-mail."""

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from libs.common.ids import OperationId
from services.community.commands.messages.questions import ask_organisers
from services.community.domain.messages.questions import A_DAY, NobodyToAsk
from tests.community.assembly import member_client
from tests.community.coop import (
    beside,
    enrol,
    given_member,
    given_operation,
    given_point,
    list_all,
    logged_in,
    member_body,
    new_prm,
    participation,
    put,
    today,
)
from tests.community.enrolling import given_prospect
from tests.community.mailing import new_address
from tests.support.clock import CLOCK, SetClock
from tests.support.platform import Platform

_TEXT = "Why is it\nhigher than in May?"
_PAGE = "/invoices/0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10"


@dataclass(frozen=True)
class Asker:
    member: httpx.AsyncClient
    operator: httpx.AsyncClient
    operation_id: str
    member_id: str
    email: str

    @property
    def path(self) -> str:
        return f"/community/operations/{self.operation_id}/questions"

    async def ask(self, **changes: object) -> httpx.Response:
        return await self.member.post(self.path, json={"text": _TEXT, "about": _PAGE} | changes)

    async def written(self, client: httpx.AsyncClient) -> list[Any]:
        messages = await list_all(client, f"/messages?operation_id={self.operation_id}")
        return [message for message in messages if message["kind"] == "question"]


@asynccontextmanager
async def _asker(
    platform: Platform, operator: httpx.AsyncClient, **changes: str | None
) -> AsyncIterator[Asker]:
    operation_id, member_id, email = await given_operation(operator), str(uuid4()), new_address()
    body = member_body(name=f"Zoé {email[:18]}", email=email)
    await put(operator, f"/members/{member_id}", body)
    point = participation(await given_point(operator), member_id)
    await enrol(operator, operation_id, point | changes)
    async with member_client(platform, member_id) as member:
        yield Asker(member, operator, operation_id, member_id, email)


async def test_a_question_comes_to_each_organiser_with_the_address_to_answer_to(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    english = await given_member(operator)
    await put(operator, f"/members/{english}", member_body(language="en"))
    async with _asker(platform, operator) as asker:
        runs = [asker.operation_id]
        async with (
            logged_in(platform, operator, "organiser", operations=runs) as organiser,
            logged_in(platform, operator, "organiser", operations=runs, member_id=english),
        ):
            answer = await asker.ask()
            notified = (await organiser.get("/community/me/notifications")).json()
            seen = await asker.written(organiser)

        letters = {message["language"]: message for message in await asker.written(operator)}
        assert (answer.status_code, answer.json()) == (202, {"answer_to": asker.email})
        assert letters.keys() == {"fr", "en"}
        for letter in letters.values():
            assert "Why is it higher than in May?" in letter["body"]  # adds no lines
            assert f"Zoé {asker.email[:18]}" in letter["body"]
            assert asker.email in letter["body"]
            assert f"{platform.settings.public_url}{_PAGE}" in letter["body"]
            assert letter["recipients"][0]["address"].startswith("organiser-")
        assert "un membre vous pose une question" in letters["fr"]["subject"]
        (notification,) = notified["notifications"]
        assert notification["kind"] == "desk_question"
        assert "Zoé" not in str(notification)
        assert len(seen) == 2
        assert {recipient["address"] for letter in seen for recipient in letter["recipients"]} == {
            None
        }


async def test_without_an_organiser_staff_are_asked_and_no_page_is_named_where_none_is(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _asker(platform, operator) as asker:
        assert (await asker.ask(about=None)).status_code == 202

        (letter, *_) = await asker.written(operator)
        assert "La page" not in letter["body"]


async def test_a_question_is_in_ones_own_data_without_the_addresses_and_goes_with_them(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    yesterday = str(today() - timedelta(days=1))
    async with _asker(platform, operator, valid_to=yesterday) as asker:
        runs = [asker.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs):
            assert (await asker.ask()).status_code == 202  # who took part once may ask
        archive = (await asker.member.get("/community/me/data.zip")).content
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            (kept,) = json.loads(opened.read("messages.json"))
        (listed,) = await asker.written(asker.member)

        for shown in (kept, listed):
            assert "Why is it" in shown["body"]
            assert [recipient["address"] for recipient in shown["recipients"]] == [None]

        await put(asker.member, f"/members/{asker.member_id}/erasure", None)
        erasing = f"/community/members/{asker.member_id}/erasure/execution"
        erased = await operator.post(erasing, json={"nothing_is_owed": True})

        assert erased.status_code == 200, erased.text
        assert await asker.written(operator) == []
        again = await asker.ask()
        assert again.json()["type"] in {"/problems/member-unknown", "/problems/token-refused"}


async def test_five_a_day_are_taken_however_many_come_at_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _asker(platform, operator) as asker, _asker(platform, operator) as other:
        runs = [asker.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs):
            answers = await asyncio.gather(*(asker.ask(text=f"{n}?") for n in range(A_DAY + 2)))

        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 2
        assert refused[0].json()["type"] == "/problems/too-many-questions-today"
        assert len(await asker.written(operator)) == A_DAY
        assert (await other.ask()).status_code == 202  # the count is each member's own


async def test_the_next_day_has_questions_again(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    clock = SetClock(CLOCK.now())
    async with _asker(platform, operator) as asker, beside(platform, clock) as later:
        for _ in range(A_DAY):
            assert (await asker.ask()).status_code == 202
        clock.advance(timedelta(days=1))
        async with member_client(later, asker.member_id) as member:
            answer = await member.post(asker.path, json={"text": "And today?"})

        assert answer.status_code == 202, answer.text


async def test_who_is_on_the_way_may_ask(platform: Platform, operator: httpx.AsyncClient) -> None:
    planned = await given_prospect(operator)
    await put(operator, f"/members/{planned.member_id}", member_body(email=new_address()))
    async with member_client(platform, planned.member_id) as member:
        path = f"/community/operations/{planned.operation_id}/questions"

        assert (await member.post(path, json={"text": "When does it begin?"})).status_code == 202


async def test_nobody_else_asks(platform: Platform, operator: httpx.AsyncClient) -> None:
    stranger, body = await given_member(operator), {"text": "Hello?"}
    async with _asker(platform, operator) as asker, member_client(platform, stranger) as other:
        runs = [asker.operation_id]
        async with logged_in(platform, operator, "organiser", operations=runs) as organiser:
            by_others = [
                await client.post(asker.path, json=body) for client in (other, organiser, operator)
            ]
        nowhere = await asker.member.post("/community/operations/ACC99999999/questions", json=body)

        assert [answer.status_code for answer in (*by_others, nowhere)] == [403] * 4
        assert await asker.written(operator) == []


async def test_who_cannot_be_answered_is_told(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _asker(platform, operator) as asker:
        await put(operator, f"/members/{asker.member_id}", member_body(email=None))

        answer = await asker.ask()

        assert (answer.status_code, answer.json()["type"]) == (
            409,
            "/problems/answer-address-missing",
        )


async def test_where_no_account_is_of_anybody_who_runs_it_nobody_is_asked(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        _asker(platform, operator) as asker,
        platform.database("community") as database,
        database.transaction() as session,
    ):
        await session.execute(text("UPDATE account SET disabled = true"))
        with pytest.raises(NobodyToAsk):
            await ask_organisers(
                session,
                UUID(asker.member_id),
                OperationId(asker.operation_id),
                text="Hello?",
                about=None,
                public_url="https://volts.test",
            )
        await session.rollback()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "  "},
        {"text": "?" * 2001},
        {"text": "a\x07"},
        {"about": "invoices"},
        {"about": "https://elsewhere.example"},
        {"about": "/sign-up#secret"},
        {"about": "/month/2026-05 \n"},
        {"about": "/" + "a" * 200},
        {"about": f"/month/2026-05?prm={new_prm()}"},
        {"about": f"/points/{new_prm()}"},
    ],
)
async def test_what_is_no_question_or_no_page_is_malformed(
    platform: Platform, operator: httpx.AsyncClient, changes: dict[str, str]
) -> None:
    async with _asker(platform, operator) as asker:
        assert (await asker.ask(**changes)).status_code == 422
        assert (await asker.ask(about="/month/2026-05?point=2")).status_code == 202
