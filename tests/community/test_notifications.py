"""Notifications of polls: in the app, at once, in digests; each member is told once."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from libs.common.calendar import PARIS, day_start
from libs.common.database import Database
from libs.common.events.ingest import PointLeft
from services.community.commands.messages.notifications import tell_of_poll
from services.community.commands.messages.telling import tell_due
from services.community.domain.messages.notifications import NotificationKind
from services.community.main import service
from services.community.tables import PollRow
from tests.community.assembly import Assembly, join
from tests.community.coop import given_operation, member_body, put, today
from tests.community.mailing import new_address
from tests.support.alone import Alone, alone
from tests.support.clock import CLOCK

URL = "https://volts.test"
CHANNELS = "/community/me/notification-channels"


@dataclass(frozen=True)
class Group:
    """An operation of three members with addresses; only the rounds of the tests tell."""

    community: Alone
    assembly: Assembly
    database: Database

    @property
    def members(self) -> list[str]:
        return self.assembly.members

    async def tell(self, now: datetime | None = None) -> None:
        await tell_due(self.database, public_url=URL, now=now or CLOCK.now())

    async def told(self, member: str, **query: str | int) -> dict[str, Any]:
        client = self.assembly.clients[member]
        answer = await client.get("/community/me/notifications", params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def kinds(self, member: str) -> list[str]:
        return [notification["kind"] for notification in (await self.told(member))["notifications"]]

    async def mails(self, member: str) -> list[dict[str, Any]]:
        """What was written to the member, the oldest first."""
        answer = await self.assembly.operator.get(
            "/community/messages", params={"member_id": member}
        )
        return list(reversed(answer.json()))

    async def choose(self, member: str, channels: Mapping[str, str]) -> Any:  # noqa: ANN401 - JSON
        answer = await self.assembly.clients[member].put(CHANNELS, json={"channels": channels})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def see(self, member: str, **body: object) -> int:
        client = self.assembly.clients[member]
        answer = await client.post("/community/me/notifications/seen", json=body)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["unseen_count"])

    async def tell_result(self, *members: str) -> None:
        """As if a poll of its own had been sealed."""
        poll_id = UUID(await self.assembly.given_draft())
        async with self.database.transaction() as session:
            poll = await session.get_one(PollRow, poll_id)
            readers = [UUID(member) for member in members]
            await tell_of_poll(
                session, poll, NotificationKind.POLL_CLOSED, readers, voted=1, voters=3
            )


@pytest.fixture
async def group(database_url: str) -> AsyncIterator[Group]:
    idle = replace(service, workers=lambda _settings: {})
    async with (
        alone(idle, database_url) as community,
        community.client("operator") as operator,
        community.platform.database("community") as database,
        AsyncExitStack() as stack,
    ):
        operation_id, clients = await given_operation(operator), {}
        for language in ("fr", "en", "fr"):
            member = await join(operator, operation_id)
            body = member_body(email=new_address(), language=language)
            await put(operator, f"/members/{member}", body)
            client = community.client("member", member_id=member)
            clients[member] = await stack.enter_async_context(client)
        assembly = Assembly(community.platform, operator, operation_id, clients)
        yield Group(community, assembly, database)


async def test_voters_hear_of_a_poll_at_once_in_their_language(group: Group) -> None:
    poll_id = await group.assembly.given_poll()
    await group.tell()

    first, second, _ = group.members
    (french,), (english,) = [
        (await group.told(member_id))["notifications"] for member_id in (first, second)
    ]
    assert french["title"] == "Vote\u00a0: Shall the school come first at noon?"
    assert english["title"] == "Vote: Shall the school come first at noon?"
    assert (french["language"], english["language"]) == ("fr", "en")
    link = f"/community/operations/{group.assembly.operation_id}/polls/{poll_id}"
    assert (french["link"], french["kind"]) == (link, "poll_opened")
    assert (await group.assembly.clients[first].get(link)).status_code == 200
    (mail,) = await group.mails(second)
    assert (mail["kind"], mail["subject"]) == ("notification", english["title"])
    assert mail["operation_id"] == group.assembly.operation_id
    assert f"\n{URL}{link}\n" in mail["body"]
    assert mail["body"].startswith("Hello Lucie Brindille,\n")


async def test_an_e_mail_is_written_once_however_many_tell(group: Group) -> None:
    await group.assembly.given_poll()

    await asyncio.gather(*(group.tell() for _ in range(5)))
    await group.tell()

    assert [len(await group.mails(member)) for member in group.members] == [1, 1, 1]


async def test_a_draft_is_told_to_nobody(group: Group) -> None:
    await group.assembly.given_draft()
    await group.tell()

    assert [await group.kinds(member) for member in group.members] == [[], [], []]


async def test_who_has_not_voted_is_reminded_once_within_the_last_day(group: Group) -> None:
    voter, giver, idler = group.members
    now = CLOCK.now()
    closes_at = (now + timedelta(days=3)).isoformat()
    poll_id = await group.assembly.given_poll(closes_at=closes_at, max_proxies=1)
    await group.assembly.vote(voter, poll_id, options=["for"])
    await group.assembly.give_proxy(giver, poll_id, voter)

    await group.tell(now + timedelta(days=1))
    early = [await group.kinds(member) for member in group.members]
    within_a_day = now + timedelta(days=2, hours=1)
    await asyncio.gather(*(group.tell(within_a_day) for _ in range(5)))

    assert early == [["poll_opened"]] * 3
    reminded = ["poll_closing", "poll_opened"]
    # The first votes for the second, who has nothing to do any more.
    assert await group.kinds(voter) == reminded
    assert await group.kinds(giver) == ["poll_opened"]
    assert await group.kinds(idler) == reminded
    await group.tell(within_a_day)
    assert [mail["kind"] for mail in await group.mails(idler)] == ["notification"] * 2


async def test_a_poll_that_was_told_of_within_its_last_day_needs_no_reminder(group: Group) -> None:
    closes_at = CLOCK.now() + timedelta(hours=23)
    await group.assembly.given_poll(closes_at=closes_at.isoformat())

    await group.tell()

    assert await group.kinds(group.members[0]) == ["poll_opened"]


async def test_voters_hear_of_the_result_and_of_a_cancelled_poll(group: Group) -> None:
    first, *_ = group.members
    sealed, cancelled = [await group.assembly.given_poll() for _ in range(2)]
    await group.assembly.vote(first, sealed, options=["for"])
    path = f"/community{group.assembly.url}/{cancelled}/cancellation"
    await group.assembly.operator.post(path, json={"reason": "The roof leaks."})

    await group.assembly.seal(sealed)

    notifications = (await group.told(first))["notifications"]
    assert [notification["kind"] for notification in notifications[:2]] == [
        "poll_closed",
        "poll_cancelled",
    ]
    assert "Votants\u00a0: 1 sur 3." in notifications[0]["text"]
    assert "Motif\u00a0: The roof leaks." in notifications[1]["text"]


async def test_who_is_taken_out_by_the_dso_hears_of_it_once(group: Group) -> None:
    first, second, _ = group.members
    listed = await group.assembly.operator.get(
        f"/community/operations/{group.assembly.operation_id}"
    )
    (prm,) = [
        participation["prm"]
        for participation in listed.json()["participations"]
        if participation["member_id"] == first
    ]
    left_on = today()
    departure = PointLeft.model_validate(
        {
            "time": CLOCK.now(),
            "operation_id": group.assembly.operation_id,
            "prm": prm,
            "left_on": left_on,
            "reason": "new_occupant",
        }
    )

    await group.community.tell(departure, departure)
    await group.tell()

    (notification,) = (await group.told(first))["notifications"]
    assert notification["title"] == "École, toit sud ne prend plus part à Pousse-Soleil"
    assert f"Depuis le {left_on:%d/%m/%Y}, votre point" in notification["text"]
    assert (await group.assembly.clients[first].get(notification["link"])).status_code == 200
    (mail,) = await group.mails(first)
    assert prm not in str(mail)
    assert await group.kinds(second) == []


async def test_a_digest_has_what_was_before_its_day_and_is_not_seen_and_comes_once(
    group: Group,
) -> None:
    first, *_ = group.members
    await group.tell_result(first)
    await group.tell_result(first)
    await group.see(first, ids=[(await group.told(first))["notifications"][0]["id"]])
    await group.tell_result(first)
    # By the clock on the wall, which may change in the night before.
    morning = datetime.combine(today() + timedelta(days=1), time(7), PARIS)

    await group.tell(morning - timedelta(minutes=1))
    before = await group.mails(first)
    await asyncio.gather(*(group.tell(morning) for _ in range(5)))
    await group.tell(morning + timedelta(hours=3))

    assert before == []
    (digest,) = await group.mails(first)
    assert (digest["kind"], digest["operation_id"]) == ("digest", None)
    assert digest["subject"] == "Du nouveau dans votre communauté (2)"
    await group.tell(morning + timedelta(days=1))
    assert len(await group.mails(first)) == 1


async def test_a_digest_that_is_late_is_still_one(group: Group) -> None:
    """The process was down on Monday; what came on Monday itself is of the next week."""
    first, *_ = group.members
    await group.choose(first, {"poll_closed": "weekly"})
    await group.tell_result(first)
    next_monday = today() + timedelta(days=7 - today().weekday())
    wednesday = day_start(next_monday + timedelta(days=2)) + timedelta(hours=12)

    await group.tell(day_start(next_monday) + timedelta(hours=6))
    before = await group.mails(first)
    for _ in range(2):
        await group.tell(wednesday)

    assert before == []
    assert [mail["kind"] for mail in await group.mails(first)] == ["digest"]


async def test_members_choose_how_they_are_told(group: Group) -> None:
    at_once, in_app, nothing = group.members
    await group.choose(at_once, {"poll_closed": "email"})
    await group.choose(in_app, {"poll_closed": "in_app"})
    await group.choose(nothing, {"poll_closed": "none"})

    await group.tell_result(*group.members)
    await group.tell(CLOCK.now() + timedelta(days=15))

    assert [await group.kinds(member) for member in group.members] == [["poll_closed"]] * 2 + [[]]
    assert [len(await group.mails(member)) for member in group.members] == [1, 0, 0]


async def test_what_waits_obeys_a_later_choice(group: Group) -> None:
    first, *_ = group.members
    await group.tell_result(first)
    later = CLOCK.now() + timedelta(days=2)

    await group.choose(first, {"poll_closed": "none"})
    await group.tell(later)
    silent = await group.mails(first)
    await group.tell_result(first)
    channels = {choice["kind"]: choice for choice in await group.choose(first, {})}

    assert silent == []
    assert await group.kinds(first) == ["poll_closed"]
    assert channels["poll_closed"]["channel"] == "daily"
    assert channels["poll_opened"]["offered"] == ["email"]


async def test_two_choices_at_once_take_turns(group: Group) -> None:
    first, *_ = group.members
    channels = ["email", "weekly", "in_app", "none"] * 3

    await asyncio.gather(*(group.choose(first, {"poll_closed": channel}) for channel in channels))

    answer = await group.assembly.clients[first].get(CHANNELS)
    (chosen,) = [choice["channel"] for choice in answer.json() if choice["kind"] == "poll_closed"]
    assert chosen in channels


async def test_a_required_notification_cannot_be_switched_off(group: Group) -> None:
    client = group.assembly.clients[group.members[0]]

    answer = await client.put(CHANNELS, json={"channels": {"poll_opened": "none"}})

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/channel-not-offered"


async def test_notifications_are_read_by_pages_and_marked_as_seen(group: Group) -> None:
    first, second, _ = group.members
    for _ in range(3):
        await group.tell_result(first)

    page = await group.told(first, limit=2)
    rest = await group.told(first, after=page["notifications"][-1]["id"])
    left = await group.see(first, ids=[page["notifications"][0]["id"]])
    unseen = await group.told(first, unseen_only=True)

    ids = [notification["id"] for notification in [*page["notifications"], *rest["notifications"]]]
    assert (page["unseen_count"], len(set(ids)), left) == (3, 3, 2)
    assert [notification["id"] for notification in unseen["notifications"]] == ids[1:]
    assert await group.see(first) == 0
    assert (await group.told(second))["notifications"] == []
    for unknown in (ids[0], str(uuid4())):
        answers = [
            await group.assembly.clients[second].post(
                "/community/me/notifications/seen", json={"ids": [unknown]}
            ),
            await group.assembly.clients[second].get(
                "/community/me/notifications", params={"after": unknown}
            ),
        ]
        assert [answer.status_code for answer in answers] == [404, 404]


async def test_an_account_of_no_member_is_told_nothing(group: Group) -> None:
    async with group.community.client("member") as nobody:
        answers = [
            await nobody.get("/community/me/notifications"),
            await nobody.put(CHANNELS, json={"channels": {}}),
        ]

    assert [answer.status_code for answer in answers] == [403, 403]
