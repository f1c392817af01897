"""Who was at a gathering, its minutes and decisions, and what is left after years."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from services.community.store.gatherings.attendance import forget_oldest
from tests.community.coop import given_member
from tests.community.gathered import Group, group
from tests.support.platform import Platform
from tests.support.refusals import problem


def _path(gathering_id: str, rest: str) -> str:
    return f"/community/gatherings/{gathering_id}/{rest}"


async def _write(
    coop: Group, gathering_id: str, version: int = 1, **body: object
) -> httpx.Response:
    path = _path(gathering_id, f"minutes/{version}")
    return await coop.assembly.operator.put(path, json={"content": "It was good."} | body)


async def _publish(coop: Group, gathering_id: str, version: int = 1) -> httpx.Response:
    path = _path(gathering_id, f"minutes/{version}/publication")
    return await coop.assembly.operator.post(path)


async def test_who_leads_it_notes_who_is_there(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        leader, anna, bruno = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])
        await coop.begin(gathering_id)
        client = coop.assembly.clients[leader]

        for member, guests in ((anna, 0), (bruno, 1), (anna, 2)):
            path = _path(gathering_id, f"attendance/{member}")
            answer = await client.put(path, json={"guests": guests})
            assert answer.status_code == 204, answer.text
        await client.delete(_path(gathering_id, f"attendance/{bruno}"))

        listed = await coop.get(f"{gathering_id}/attendance", caller=leader)
        assert [(reply["member_id"], reply["guests"]) for reply in listed] == [(anna, 2)]
        assert (await coop.get(gathering_id, caller=anna))["counts"]["attended"] == 3
        await operator.get(_path(gathering_id, "attendance"))
        looks = (await operator.get(f"/community/members/{anna}/accesses")).json()
        assert looks[0]["route"] == "/community/gatherings/{gathering_id}/attendance"
        again = await client.delete(_path(gathering_id, f"attendance/{bruno}"))
        assert problem(again) == (404, "attendance-unknown")


async def test_nobody_else_notes_or_reads_who_is_there(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (anna,) = coop.members
        gathering_id = await coop.given_gathering()
        await coop.begin(gathering_id)
        client = coop.assembly.clients[anna]

        own_answer = await client.put(_path(gathering_id, f"attendance/{anna}"), json={})
        read = await client.get(_path(gathering_id, "attendance"))
        stranger = await given_member(operator)
        of_others = await operator.put(_path(gathering_id, f"attendance/{stranger}"), json={})

        assert (problem(own_answer), problem(read)) == (
            (403, "forbidden"),
            (403, "forbidden"),
        )
        assert problem(of_others) == (409, "not-invited")


async def test_nobody_is_there_before_its_day(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (anna,) = coop.members
        gathering_id = await coop.given_gathering()

        there = await operator.put(_path(gathering_id, f"attendance/{anna}"), json={})
        minutes = await _write(coop, gathering_id)

        assert problem(there) == (409, "gathering-not-begun")
        assert problem(minutes) == (409, "gathering-not-begun")


async def test_minutes_are_shown_once_published(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        leader, anna = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])
        poll_id = await coop.assembly.given_poll()
        await coop.begin(gathering_id)
        await _write(coop, gathering_id, content="A first try.")
        decisions = [{"text": "The school comes first."}, {"text": "Soup.", "poll_id": poll_id}]
        await _write(coop, gathering_id, decisions=decisions, after_edit=1)
        drafts = [
            len(await coop.get(f"{gathering_id}/minutes", caller=member_id))
            for member_id in (leader, anna)
        ]

        answer = await _publish(coop, gathering_id)

        assert drafts == [1, 0]
        assert answer.json() == (await _publish(coop, gathering_id)).json()
        (seen,) = await coop.get(f"{gathering_id}/minutes", caller=anna)
        assert seen["content"] == "It was good."
        assert seen["decisions"] == [
            {"number": 1, "text": "The school comes first.", "poll_id": None},
            {"number": 2, "text": "Soup.", "poll_id": poll_id},
        ]


async def test_a_correction_is_another_version(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        gathering_id = await coop.given_gathering()
        await coop.begin(gathering_id)
        too_early = await _publish(coop, gathering_id)
        await _write(coop, gathering_id)
        await _publish(coop, gathering_id)

        same = await _write(coop, gathering_id, 1, content="Other words.")
        await _write(coop, gathering_id, 2, content="Other words.")
        await _publish(coop, gathering_id, 2)

        assert problem(too_early) == (404, "minutes-unknown")
        assert problem(same) == (409, "minutes-published")
        assert same.json()["next_version"] == 2
        seen = await coop.get(f"{gathering_id}/minutes", caller=coop.members[0])
        assert [minutes["content"] for minutes in seen] == ["It was good.", "Other words."]


async def test_the_database_lets_published_minutes_be(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_gathering()
        await coop.begin(gathering_id)
        await _write(coop, gathering_id)
        await _publish(coop, gathering_id)

        for change in (
            "UPDATE gathering_minutes SET content = 'x' WHERE gathering_id = :id",
            "DELETE FROM gathering_minutes WHERE gathering_id = :id",
        ):
            with pytest.raises(IntegrityError, match="published minutes stay"):
                await coop.assembly.change(change, id=UUID(gathering_id))


async def test_who_has_not_seen_the_last_edit_does_not_write_over_it(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_gathering()
        await coop.begin(gathering_id)

        answers = await asyncio.gather(
            *(_write(coop, gathering_id, content=f"Version of {who}.") for who in range(8))
        )

        (first,) = [answer for answer in answers if answer.is_success]
        lost = [answer for answer in answers if not answer.is_success]
        assert {problem(answer) for answer in lost} == {(409, "minutes-outdated")}
        assert {answer.json()["last_edit"] for answer in lost} == {1}
        (draft,) = await coop.get(f"{gathering_id}/minutes")
        assert draft == first.json()

        same = await _write(coop, gathering_id, content=draft["content"])
        seen = await _write(coop, gathering_id, content="Together.", after_edit=draft["edit"])
        stale = await _write(coop, gathering_id, content="Alone.", after_edit=draft["edit"])

        assert (same.json(), seen.json()["edit"]) == (draft, 2)
        assert problem(stale) == (409, "minutes-outdated")


async def test_a_decision_names_a_poll_of_its_operation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        group(platform, operator, members=0) as coop,
        group(platform, operator, members=1) as others,
    ):
        gathering_id = await coop.given_gathering()
        await coop.begin(gathering_id)

        for poll_id in (str(uuid4()), await others.assembly.given_poll()):
            decisions = [{"text": "Soup.", "poll_id": poll_id}]
            answer = await _write(coop, gathering_id, decisions=decisions)
            assert problem(answer) == (404, "poll-unknown")


async def test_after_years_it_is_kept_how_many_came_and_not_who(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        anna, bruno, chloe = coop.members
        gathering_id = await coop.given_gathering(capacity=2)
        for member in (anna, bruno, chloe):
            await coop.reply(member, gathering_id)
        await coop.begin(gathering_id, lasts=timedelta(seconds=1))
        await operator.put(_path(gathering_id, f"attendance/{anna}"), json={"guests": 1})
        before = (await coop.get(gathering_id))["counts"]
        long_ago = datetime(2001, 1, 1, tzinfo=UTC)
        await coop.move(gathering_id, long_ago)

        async with platform.database("community") as database, database.transaction() as session:
            await forget_oldest(session, before=long_ago + timedelta(days=1), limit=100)

        seen = await coop.get(gathering_id)
        assert seen["counts"] == before
        assert before == {"seated": 2, "waiting": 1, "maybe": 0, "declined": 0, "attended": 2}
        assert await coop.get(f"{gathering_id}/replies") == []
        assert await coop.get(f"{gathering_id}/attendance") == []
        again = await operator.put(_path(gathering_id, f"attendance/{anna}"), json={})
        assert problem(again) == (409, "gathering-over")
