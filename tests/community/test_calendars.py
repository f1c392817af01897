"""Calendar feeds: secret addresses, and what their accounts may see there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx
from icalendar import Calendar, Event

from tests.community.assembly import Assembly, assembly
from tests.community.coop import PASSWORD, logged_in, put_account, today
from tests.support.platform import Platform

_FEEDS = "/community/me/calendar-feeds"


@asynccontextmanager
async def _owner(group: Assembly, *, email: str) -> AsyncIterator[httpx.AsyncClient]:
    """Logged in as the first member, with an account of this address."""
    body = {"password": PASSWORD, "roles": ["member"], "member_id": group.members[0]}
    await put_account(group.operator, email, body)
    token = await group.platform.token(email, PASSWORD)
    async with group.platform.client(token) as client:
        yield client


@asynccontextmanager
async def _one_member(
    platform: Platform, operator: httpx.AsyncClient
) -> AsyncIterator[tuple[Assembly, httpx.AsyncClient]]:
    """A group of one, who is logged in."""
    async with (
        assembly(platform, operator, members=1) as group,
        logged_in(platform, operator, "member", member_id=group.members[0]) as member,
    ):
        yield group, member


async def _new_feed(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.post(_FEEDS, json={"label": "Telephone"})
    assert answer.status_code == 201, answer.text
    feed: dict[str, Any] = answer.json()
    return feed


async def _read(anonymous: httpx.AsyncClient, feed: dict[str, Any]) -> list[Event]:
    answer = await anonymous.get(httpx.URL(feed["url"]).path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    # Other tests may have announced a gathering to the whole co-op.
    events = Calendar.from_ical(answer.content).events
    return [event for event in events if str(event["uid"]).startswith("poll-")]


async def test_a_member_finds_the_polls_to_vote_in(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with _one_member(platform, operator) as (group, member):
        poll_id = await group.given_poll(question="Midi; école d’abord, ou moulin ?")
        await group.given_draft()

        (event,) = await _read(anonymous, await _new_feed(member))

        assert event["uid"] == f"poll-{poll_id}@elocoop"
        assert event["summary"] == "Fin du vote\u00a0: Midi; école d’abord, ou moulin ?"
        closes_at = datetime.fromisoformat((await group.get(poll_id))["closes_at"])
        assert event.start == closes_at.replace(microsecond=0)
        assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)


async def test_what_is_cancelled_is_told_as_a_later_revision(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with _one_member(platform, operator) as (group, member):
        poll_id, feed = await group.given_poll(), await _new_feed(member)
        (before,) = await _read(anonymous, feed)

        path = f"/community{group.url}/{poll_id}/cancellation"
        await operator.post(path, json={"reason": "A mistake in it."})

        (after,) = await _read(anonymous, feed)
        assert after["uid"] == before["uid"]
        assert (after["status"], after["sequence"]) == ("CANCELLED", 1)


async def test_each_account_finds_what_it_may_see(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with (
        assembly(platform, operator, members=1) as group,
        assembly(platform, operator, members=1) as others,
        logged_in(platform, operator, "member", member_id=group.members[0]) as member,
        logged_in(platform, operator, "organiser", operations=[group.operation_id]) as organiser,
    ):
        ours, theirs = await group.given_poll(), await others.given_poll()

        uids = {
            who: {event["uid"] for event in await _read(anonymous, await _new_feed(client))}
            for who, client in (("member", member), ("organiser", organiser), ("staff", operator))
        }

        uid, uid_elsewhere = f"poll-{ours}@elocoop", f"poll-{theirs}@elocoop"
        assert uids["member"] == {uid}
        organisers = {event for event in uids["organiser"] if "month_to_close" not in str(event)}
        assert organisers == {uid}, "and what is due: see test_deadlines.py"
        assert {uid, uid_elsewhere} <= uids["staff"]


async def test_the_secret_is_shown_once_and_not_kept(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with _one_member(platform, operator) as (group, member):
        feed = await _new_feed(member)
        assert (await member.get(_FEEDS)).json()[0]["last_used_on"] is None

        await _read(anonymous, feed)

        (listed,) = (await member.get(_FEEDS)).json()
        assert listed.keys() == {"id", "label", "created_at", "last_used_on"}
        assert listed["last_used_on"] == str(today())
        secret = feed["url"].rpartition("/")[2].removesuffix(".ics")
        assert len(secret) >= 43
        rows = await group.query("SELECT * FROM calendar_feed")
        assert secret not in str(rows)


async def test_a_feed_follows_its_account(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        email = f"feed-{group.members[0][:8]}@example.org"
        body = {"password": PASSWORD, "roles": ["member"], "member_id": group.members[0]}
        async with _owner(group, email=email) as member:
            feed = await _new_feed(member)
        path = httpx.URL(feed["url"]).path

        await put_account(operator, email, body | {"disabled": True})
        disabled = await anonymous.get(path)
        await put_account(operator, email, body)
        enabled = await anonymous.get(path)

        unknown = await anonymous.get("/community/calendars/nothing.ics")
        assert (disabled.status_code, enabled.status_code) == (404, 200)
        refusal = disabled.json() | {"instance": None}
        assert refusal == unknown.json() | {"instance": None}
        assert _but_for_its_path(disabled) == _but_for_its_path(unknown)


async def test_a_feed_is_revoked_by_its_owner_only(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with _one_member(platform, operator) as (_group, member):
        feed = await _new_feed(member)

        by_another = await operator.delete(f"{_FEEDS}/{feed['id']}")
        await _read(anonymous, feed)
        by_its_owner = await member.delete(f"{_FEEDS}/{feed['id']}")
        after = await anonymous.get(httpx.URL(feed["url"]).path)

        unknown = await anonymous.get("/community/calendars/nothing.ics")
        assert (by_another.status_code, by_its_owner.status_code) == (404, 204)
        assert after.status_code == unknown.status_code == 404
        assert _but_for_its_path(after) == _but_for_its_path(unknown)
        assert (await member.get(_FEEDS)).json() == []


async def test_the_same_calendar_is_not_sent_again(
    platform: Platform, operator: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    async with _one_member(platform, operator) as (group, member):
        path = httpx.URL((await _new_feed(member))["url"]).path
        etag = (await anonymous.get(path)).headers["etag"]

        same = await anonymous.get(path, headers={"If-None-Match": f'W/"other", {etag}'})
        await group.given_poll()
        other = await anonymous.get(path, headers={"If-None-Match": etag})

        assert (same.status_code, same.content) == (304, b"")
        assert other.status_code == 200
        assert other.headers["etag"] != etag


async def test_ten_feeds_are_enough_even_when_asked_for_at_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with _one_member(platform, operator) as (_group, member):
        answers = await asyncio.gather(
            *(member.post(_FEEDS, json={"label": "Telephone"}) for _ in range(20))
        )

        assert sorted(answer.status_code for answer in answers) == [201] * 10 + [409] * 10
        refused = {answer.json()["type"] for answer in answers if answer.status_code == 409}
        assert refused == {"/problems/too-many-calendar-feeds"}


async def test_who_has_no_account_here_has_no_feed(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        client = group.clients[group.members[0]]  # its token names an account that does not exist

        answer = await client.post(_FEEDS, json={"label": "Telephone"})

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/account-elsewhere"


def _but_for_its_path(refusal: httpx.Response) -> bytes:
    return refusal.content.replace(refusal.request.url.path.encode(), b"")
