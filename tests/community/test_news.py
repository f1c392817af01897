"""News: who reads what, and what members are told of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.community.assembly import member_client
from tests.community.coop import (
    article_body,
    enrol,
    given_member,
    given_operation,
    given_point,
    logged_in,
    participation,
    put,
    today,
)
from tests.support.platform import Platform


async def draft(client: httpx.AsyncClient, operation_id: str | None, **changes: object) -> str:
    article_id = str(uuid4())
    await put(client, f"/news/{article_id}", article_body(operation_id, **changes))
    return article_id


async def act(client: httpx.AsyncClient, article_id: str, action: str) -> httpx.Response:
    return await client.post(f"/community/news/{article_id}/{action}")


async def publish(client: httpx.AsyncClient, operation_id: str | None, **changes: object) -> str:
    article_id = await draft(client, operation_id, **changes)
    answer = await act(client, article_id, "publication")
    assert answer.status_code == 200, answer.text
    return article_id


async def titles(client: httpx.AsyncClient, **query: str) -> list[str]:
    answer = await client.get("/community/news", params=query)
    assert answer.status_code == 200, answer.text
    return [article["title"] for article in answer.json()]


async def told(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await client.get("/community/me/notifications")
    assert answer.status_code == 200, answer.text
    return [
        notification
        for notification in answer.json()["notifications"]
        if notification["kind"] == "news_published"
    ]


@asynccontextmanager
async def member_of(
    platform: Platform, operator: httpx.AsyncClient, operation_id: str, **changes: str | None
) -> AsyncIterator[httpx.AsyncClient]:
    """Who takes part so; with a client."""
    member_id, prm = await given_member(operator), await given_point(operator)
    await enrol(operator, operation_id, participation(prm, member_id) | changes)
    async with member_client(platform, member_id) as client:
        yield client


@pytest.fixture
async def operation_id(operator: httpx.AsyncClient) -> str:
    return await given_operation(operator)


async def test_members_read_what_is_meant_for_them_and_no_one_elses(
    platform: Platform, operator: httpx.AsyncClient, operation_id: str
) -> None:
    yesterday = str(today() - timedelta(days=1))
    neighbours = await given_operation(operator)
    async with AsyncExitStack() as stack:

        async def member(operation: str, **changes: str | None) -> httpx.AsyncClient:
            entered = member_of(platform, operator, operation, **changes)
            return await stack.enter_async_context(entered)

        producer = await member(operation_id, direction="production")
        consumer = await member(operation_id)
        left = await member(operation_id, valid_to=yesterday)
        neighbour = await member(neighbours)
        for audience in ("everybody", "producers", "consumers", "organisers"):
            await publish(operator, operation_id, audience=audience, title=audience)
        await draft(operator, operation_id, title="draft")
        organiser = await stack.enter_async_context(
            logged_in(platform, operator, "organiser", operations=[operation_id])
        )

        titles_shown = {
            name: await titles(client, operation_id=operation_id)
            for name, client in {
                "producer": producer,
                "consumer": consumer,
                "left": left,
                "neighbour": neighbour,
                "organiser": organiser,
            }.items()
        }
        notified = [
            len(await told(member_id)) for member_id in (producer, consumer, left, neighbour)
        ]

    everything = ["draft", "organisers", "consumers", "producers", "everybody"]
    assert titles_shown == {
        "producer": ["producers", "everybody"],
        "consumer": ["consumers", "everybody"],
        "left": [],
        "neighbour": [],
        "organiser": everything,
    }
    assert notified == [2, 2, 0, 0]


async def test_news_of_the_whole_co_op_is_for_all_members_and_for_staff_to_write(
    platform: Platform, operator: httpx.AsyncClient, operation_id: str
) -> None:
    async with (
        member_of(platform, operator, operation_id) as consumer,
        member_client(platform, await given_member(operator)) as waiting,
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
    ):
        to_all = await publish(operator, None)
        to_consumers = await publish(operator, None, audience="consumers")
        to_organisers = await publish(operator, None, audience="organisers")
        refused = await organiser.put(f"/community/news/{uuid4()}", json=article_body(None))
        taken = await act(organiser, to_all, "withdrawal")

        seen = {
            name: {
                news_id
                for news_id in (to_all, to_consumers, to_organisers)
                if (await client.get(f"/community/news/{news_id}")).status_code == 200
            }
            for name, client in (
                ("consumer", consumer),
                ("waiting", waiting),
                ("organiser", organiser),
            )
        }

    assert [refused.status_code, taken.status_code] == [403, 403]
    assert seen == {
        "consumer": {to_all, to_consumers},
        "waiting": {to_all},
        "organiser": {to_all, to_organisers},
    }


async def test_who_was_erased_is_told_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    member_id = await given_member(operator)
    await put(operator, f"/members/{member_id}/erasure", None)
    path = f"/community/members/{member_id}/erasure/execution"
    assert (await operator.post(path, json={"nothing_is_owed": True})).status_code == 200

    await publish(operator, None)

    async with member_client(platform, member_id) as client:
        assert await told(client) == []


async def test_readers_see_who_writes_by_role_and_the_text_as_it_was_written(
    platform: Platform, operator: httpx.AsyncClient, operation_id: str
) -> None:
    async with (
        member_of(platform, operator, operation_id) as reader,
        logged_in(platform, operator, "organiser", operations=[operation_id]) as organiser,
    ):
        by_organiser = await publish(organiser, operation_id)
        by_staff = await publish(operator, operation_id)
        answers = [
            (await reader.get(f"/community/news/{news_id}")).json()
            for news_id in (by_organiser, by_staff)
        ]

    assert [answer["author"] for answer in answers] == [
        {"role": "organiser", "name": "Les Volts"},
        {"role": "staff", "name": None},
    ]
    assert answers[0]["text"] == "<b>Depuis lundi</b>, *36 kWc* de plus."
    assert "@" not in str(answers)


async def test_to_publish_tells_once_and_to_withdraw_takes_it_back(
    platform: Platform, operator: httpx.AsyncClient, operation_id: str
) -> None:
    async with member_of(platform, operator, operation_id) as reader:
        article_id = await draft(operator, operation_id, title="Lessive\u202e à midi")
        early = await act(operator, article_id, "withdrawal")
        answers = await asyncio.gather(
            *(act(operator, article_id, "publication") for _ in range(5))
        )
        (notification,) = await told(reader)
        shown = await reader.get(notification["link"])

        withdrawn = await act(operator, article_id, "withdrawal")
        again = await act(operator, article_id, "publication")
        gone = await reader.get(notification["link"])
        left = await told(reader)

    assert {answer.status_code for answer in answers} == {200}
    assert notification["title"] == "Actualité\u00a0: Lessive à midi"
    assert notification["text"] == "Un article vient de paraître.\nOpération\u00a0: Pousse-Soleil\n"
    assert (shown.status_code, withdrawn.status_code, gone.status_code) == (200, 200, 404)
    assert withdrawn.json()["state"] == "withdrawn"
    assert [early.json()["type"], again.json()["type"]] == [
        "/problems/article-not-published",
        "/problems/article-withdrawn",
    ]
    assert left == []


async def test_only_a_draft_is_written_anew_and_stays_where_it_is(
    operator: httpx.AsyncClient, operation_id: str
) -> None:
    article_id = await draft(operator, operation_id)
    path = f"/news/{article_id}"
    anew = await put(operator, path, article_body(operation_id, title="Midi et demi"))
    elsewhere = await operator.put(f"/community{path}", json=article_body(None))
    await act(operator, article_id, "publication")
    late = await operator.put(f"/community{path}", json=article_body(operation_id))

    assert anew["title"] == "Midi et demi"
    assert [elsewhere.json()["type"], late.json()["type"]] == [
        "/problems/article-elsewhere",
        "/problems/article-not-a-draft",
    ]


async def test_pinned_news_comes_first_and_pages_follow_one_another(
    operator: httpx.AsyncClient, operation_id: str
) -> None:
    ids = [await publish(operator, operation_id, title=str(number)) for number in range(4)]
    await put(operator, f"/news/{ids[1]}/pin", {"is_pinned": True})
    query = {"operation_id": operation_id, "limit": "3"}

    first = (await operator.get("/community/news", params=query)).json()
    rest = await titles(operator, **query, after=first[-1]["id"])
    await put(operator, f"/news/{ids[1]}/pin", {"is_pinned": False})

    assert [article["title"] for article in first] + rest == ["1", "3", "2", "0"]
    assert await titles(operator, operation_id=operation_id) == ["3", "2", "1", "0"]


async def test_organisers_have_no_say_in_the_news_of_others(
    platform: Platform, operator: httpx.AsyncClient, operation_id: str
) -> None:
    article_id = await publish(operator, operation_id)
    elsewhere = await given_operation(operator)
    async with logged_in(platform, operator, "organiser", operations=[elsewhere]) as other:
        path = f"/community/news/{article_id}"
        answers = [
            await other.get(path),
            await act(other, article_id, "withdrawal"),
            await other.put(f"{path}/pin", json={"is_pinned": True}),
            await other.put(path, json=article_body(operation_id)),
            await other.put(path, json=article_body(elsewhere)),
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 403, 409]
