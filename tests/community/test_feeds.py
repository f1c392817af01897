"""Feeds: made, logged in by client credentials, given other secrets, revoked."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.community.coop import today
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.waiting import until


def _in_days(days: int) -> str:
    return str(today() + timedelta(days=days))


async def _make(operator: httpx.AsyncClient, **changes: object) -> dict[str, Any]:
    body = {"name": "SFTP d’Enedis", "expires_on": _in_days(90)} | changes
    answer = await operator.post("/community/feeds", json=body)
    assert answer.status_code == 201, answer.text
    feed: dict[str, Any] = answer.json()
    return feed


async def _log_in(client: httpx.AsyncClient, feed: dict[str, Any]) -> httpx.Response:
    form = {"grant_type": "client_credentials"}
    secret = httpx.BasicAuth(feed["id"], feed["secret"])
    return await client.post("/community/token", data=form, auth=secret)


async def _change(operator: httpx.AsyncClient, feed: dict[str, Any], days: int) -> dict[str, Any]:
    body = {"expires_on": _in_days(90), "former_until": _in_days(days)}
    answer = await operator.post(f"/community/feeds/{feed['id']}/secrets", json=body)
    assert answer.status_code == 201, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def _told(operator: httpx.AsyncClient, feed: dict[str, Any]) -> dict[str, Any]:
    listed = (await operator.get("/community/feeds")).json()
    (feed_shown,) = [row for row in listed if row["id"] == feed["id"]]
    body: dict[str, Any] = feed_shown
    return body


async def test_a_feed_pushes_with_a_token_that_it_got_by_its_secret(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    feed = await _make(operator)

    tokens = (await _log_in(anonymous, feed)).json()

    life_s = platform.settings.auth_token_minutes * 60
    assert (tokens["refresh_token"], tokens["expires_in"]) == (None, life_s)
    async with platform.client(tokens["access_token"]) as client:
        me = (await client.get("/community/me")).json()
        assert (await client.get("/ingest/deliveries")).status_code == 200
        assert (await client.get("/community/accounts")).status_code == 403
    assert (me["subject"], me["roles"]) == (feed["id"], ["feed"])
    assert (me["email"], me["profile"], me["unseen_count"]) == (None, None, 0)
    assert (await _told(operator, feed))["last_used_on"] == _in_days(0)


async def test_the_secret_may_be_in_the_form(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    feed = await _make(operator)
    form = {"grant_type": "client_credentials", "client_id": feed["id"]}

    answer = await anonymous.post(
        "/community/token", data={**form, "client_secret": feed["secret"]}
    )

    assert answer.status_code == 200


async def test_what_is_no_good_secret_is_refused(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    feed, other = await _make(operator), await _make(operator)
    form = {"grant_type": "client_credentials"}

    answers = [
        await _log_in(anonymous, {**feed, "secret": other["secret"]}),
        await _log_in(anonymous, {**feed, "id": "no id"}),
        await anonymous.post("/community/token", data=form),
        await anonymous.post("/community/token", data={**form, "client_id": "\x00"}),
        *[
            await anonymous.post("/community/token", data=form, headers={"authorization": odd})
            for odd in ("Basic", "Basic 4pyT=", "Basic /w==", "Bearer x")
        ],
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["type"] for answer in answers} == {"/problems/feed-refused"}


async def test_a_former_secret_is_good_as_long_as_staff_say(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    first = await _make(operator)
    second = await _change(operator, first, days=7)
    assert (await _log_in(anonymous, first)).status_code == 200
    assert len((await _told(operator, first))["secrets_until"]) == 2

    third = await _change(operator, first, days=0)

    statuses = [
        (await _log_in(anonymous, credentials)).status_code
        for credentials in (first, second, third)
    ]
    assert statuses == [401, 401, 200]
    assert len((await _told(operator, first))["secrets_until"]) == 1


async def test_a_revoked_feed_gets_nowhere(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    feed = await _make(operator)
    token = (await _log_in(anonymous, feed)).json()["access_token"]

    url = f"/community/feeds/{feed['id']}"
    statuses = [(await operator.delete(url)).status_code for _ in range(2)]

    assert statuses == [204, 404]
    assert (await _log_in(anonymous, feed)).status_code == 401
    assert (await operator.post(f"{url}/secrets", json=_secret_body())).status_code == 404
    async with platform.client(token) as client:
        await until(
            "the feed is refused",
            lambda: client.get("/ingest/deliveries"),
            lambda answer: answer.status_code == 401,
        )


def _secret_body() -> dict[str, str]:
    return {"expires_on": _in_days(90), "former_until": _in_days(1)}


@pytest.mark.parametrize("days", [-1, 0, 402])
async def test_a_secret_expires_within_400_days(operator: httpx.AsyncClient, days: int) -> None:
    body = {"name": "Never again", "expires_on": _in_days(days)}

    answer = await operator.post("/community/feeds", json=body)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/feed-expiry-refused"


async def test_the_database_lets_no_secret_live_longer(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    feed = await _make(operator)
    longer = text("""
        UPDATE feed_secret SET expires_at = made_at + interval '402 days'
        WHERE feed_id = CAST(:id AS uuid)
    """)

    async with platform.database("community") as database, database.engine.connect() as connection:
        with pytest.raises(IntegrityError, match="feed_secret_ends"):
            await connection.execute(longer, {"id": feed["id"]})


async def test_an_expired_secret_is_refused_and_never_kept(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    feed = await _make(operator)
    expire = text("""
        UPDATE feed_secret SET expires_at = :now WHERE feed_id = CAST(:id AS uuid)
        RETURNING feed_secret::text
    """)
    async with platform.database("community") as database, database.transaction() as session:
        kept = str(await session.scalar(expire, {"now": CLOCK.now(), "id": feed["id"]}))

    assert feed["id"] in kept
    assert feed["secret"] not in kept
    assert (await _log_in(anonymous, feed)).status_code == 401


async def test_of_many_who_change_a_secret_at_once_each_gets_one(
    operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    feed = await _make(operator)

    changed = await asyncio.gather(*(_change(operator, feed, days=7) for _ in range(10)))

    statuses = [(await _log_in(anonymous, credentials)).status_code for credentials in changed]
    assert statuses == [200] * 10
    assert len((await _told(operator, feed))["secrets_until"]) == 11


async def test_secrets_are_counted_without_end(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    feed = await _make(operator)
    many = text("UPDATE feed_secret SET number = 32767 WHERE feed_id = :id")
    async with platform.database("community") as database, database.transaction() as session:
        await session.execute(many, {"id": UUID(feed["id"])})

    await _change(operator, feed, 7)

    count = text("SELECT max(number) FROM feed_secret WHERE feed_id = :id")
    async with platform.database("community") as database, database.transaction() as session:
        assert await session.scalar(count, {"id": UUID(feed["id"])}) == 32768
