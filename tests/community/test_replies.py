"""Replies to gatherings: seats in the order of arrival, never more than there are."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from tests.community.coop import given_member
from tests.community.gathered import group
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.refusals import problem


async def test_who_comes_is_counted_with_guests(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        anna, bruno, chloe = coop.members
        gathering_id = await coop.given_gathering(max_guests=2)

        answer = await coop.reply(anna, gathering_id, guests=2)
        await coop.reply(bruno, gathering_id, answer="maybe")
        await coop.reply(chloe, gathering_id, answer="no")

        assert answer.status_code == 200
        assert (answer.json()["is_seated"], answer.json()["waits_behind"]) == (True, None)
        seen = await coop.get(gathering_id, caller=bruno)
        assert seen["counts"] == {
            "seated": 3,
            "waiting": 0,
            "maybe": 1,
            "declined": 1,
            "attended": 0,
        }
        assert seen["own_reply"]["answer"] == "maybe"


async def test_fifty_at_once_get_as_many_seats_as_there_are(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=50) as coop:
        gathering_id = await coop.given_gathering(capacity=20, max_guests=3)

        answers = await asyncio.gather(
            *(
                coop.reply(member, gathering_id, guests=number % 4)
                for number, member in enumerate(coop.members)
            )
        )

        assert {answer.status_code for answer in answers} == {200}
        counts = (await coop.get(gathering_id))["counts"]
        rows = await coop.assembly.query(
            "SELECT guests, is_seated, waits_as FROM gathering_reply WHERE gathering_id = :id",
            id=gathering_id,
        )
        taken = sum(1 + row["guests"] for row in rows if row["is_seated"])
        assert counts["seated"] == taken
        assert 17 <= taken <= 20  # a party that waits may be of four
        queue = sorted(row["waits_as"] for row in rows if not row["is_seated"])
        assert queue == list(range(queue[0], queue[0] + len(queue)))
        first = min((row for row in rows if row["waits_as"]), key=lambda row: row["waits_as"])
        assert taken + 1 + first["guests"] > 20


async def test_seats_stay_right_while_people_come_and_go(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=24) as coop:
        gathering_id = await coop.given_gathering(capacity=8)
        await asyncio.gather(*(coop.reply(member, gathering_id) for member in coop.members))
        leaving = (await coop.seated(gathering_id)) | set(coop.members[:4])

        answers = await asyncio.gather(
            *(coop.reply(member_id, gathering_id, answer="no") for member_id in leaving),
            coop.change(gathering_id, capacity=10),
            *(coop.reply(member, gathering_id) for member in coop.members if member not in leaving),
        )

        assert {answer.status_code for answer in answers} == {200}
        counts = (await coop.get(gathering_id))["counts"]
        assert counts["seated"] == 10
        assert counts["waiting"] == 24 - len(leaving) - 10


async def test_the_database_refuses_one_seat_too_many(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        gathering_id = await coop.given_gathering(capacity=1)
        for member in coop.members:
            await coop.reply(member, gathering_id)

        with pytest.raises(IntegrityError, match="gathering_capacity"):
            await coop.assembly.change(
                "UPDATE gathering_reply SET is_seated = true, waits_as = NULL"
                " WHERE gathering_id = :id",
                id=gathering_id,
            )


async def test_a_free_seat_goes_to_who_waits_longest(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=4) as coop:
        anna, bruno, chloe, david = coop.members
        gathering_id = await coop.given_gathering(capacity=1)
        for member in (anna, bruno, chloe):
            await coop.reply(member, gathering_id)
        last = (await coop.reply(david, gathering_id)).json()
        assert last["waits_behind"] == 2

        await coop.reply(anna, gathering_id, answer="no")

        assert await coop.seated(gathering_id) == {bruno}
        own_reply = (await coop.get(gathering_id, caller=david))["own_reply"]
        assert (own_reply["is_seated"], own_reply["waits_behind"]) == (False, 1)
        again = (await coop.reply(anna, gathering_id)).json()
        assert again["waits_behind"] == 2


async def test_more_seats_go_to_those_who_wait_in_order(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=4) as coop:
        anna, bruno, chloe, david = coop.members
        gathering_id = await coop.given_gathering(capacity=2, max_guests=1)
        await coop.reply(anna, gathering_id, guests=1)
        await coop.reply(bruno, gathering_id)
        await coop.reply(chloe, gathering_id, guests=1)
        await coop.reply(david, gathering_id)

        await coop.change(gathering_id, capacity=4)

        # Chloé's party of two waits for its second seat, and David does not overtake it.
        assert await coop.seated(gathering_id) == {anna, bruno}
        await coop.change(gathering_id, capacity=None)
        assert await coop.seated(gathering_id) == set(coop.members)


async def test_taken_seats_are_not_taken_away(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        gathering_id = await coop.given_gathering(capacity=5)
        for member in coop.members:
            await coop.reply(member, gathering_id)

        answer = await coop.change(gathering_id, capacity=2)

        assert problem(answer) == (409, "capacity-taken")
        assert answer.json()["seats_taken"] == 3
        assert (await coop.change(gathering_id, capacity=3)).status_code == 200


async def test_who_has_a_seat_keeps_it_rather_than_wait_for_guests(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        anna, bruno = coop.members
        gathering_id = await coop.given_gathering(capacity=3, max_guests=2)
        await coop.reply(anna, gathering_id)
        await coop.reply(bruno, gathering_id)

        too_many = await coop.reply(anna, gathering_id, guests=2)
        just_so = await coop.reply(anna, gathering_id, guests=1)

        assert problem(too_many) == (409, "no-seat-for-guests")
        assert too_many.json()["seats_left"] == 1
        assert just_so.json()["is_seated"]


async def test_who_waits_keeps_the_place_with_fewer_guests_and_loses_it_with_more(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        anna, bruno, chloe = coop.members
        gathering_id = await coop.given_gathering(capacity=2, max_guests=1)
        await coop.reply(anna, gathering_id, guests=1)
        await coop.reply(bruno, gathering_id, guests=1)
        await coop.reply(chloe, gathering_id)

        fewer = await coop.reply(bruno, gathering_id)
        more = await coop.reply(bruno, gathering_id, guests=1)

        assert (fewer.json()["waits_behind"], more.json()["waits_behind"]) == (0, 1)


@pytest.mark.parametrize(("answer", "guests"), [("yes", 2), ("maybe", 1)])
async def test_a_reply_that_does_not_fit_is_refused(
    platform: Platform, operator: httpx.AsyncClient, answer: str, guests: int
) -> None:
    async with group(platform, operator, members=1) as coop:
        gathering_id = await coop.given_gathering(max_guests=1)

        reply = await coop.reply(coop.members[0], gathering_id, answer=answer, guests=guests)

        assert problem(reply) == (409, "reply-unfit")


async def test_members_reply_for_themselves_and_who_leads_for_others(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        leader, anna, bruno = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])

        by_anna = await coop.reply(anna, gathering_id, member=bruno)
        by_leader = await coop.reply(leader, gathering_id, member=bruno)
        stranger = await given_member(operator)
        of_others = await coop.reply(leader, gathering_id, member=stranger)

        assert problem(by_anna) == (403, "forbidden")
        assert by_leader.json()["is_seated"]
        assert problem(of_others) == (409, "not-invited")


async def test_nobody_replies_or_is_noted_for_who_is_no_member(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=0) as coop:
        gathering_id = await coop.given_draft(operation_id=None)
        # Not by its route, which would tell all members that other tests have made.
        await coop.assembly.change(
            "UPDATE gathering SET state = 'announced', announced_at = :now WHERE id = :id",
            now=CLOCK.now(),
            id=gathering_id,
        )
        path, nobody = f"/community/gatherings/{gathering_id}", uuid4()

        replied = await operator.put(f"{path}/replies/{nobody}", json={"answer": "yes"})
        await coop.begin(gathering_id)
        noted = await operator.put(f"{path}/attendance/{nobody}", json={})

        assert problem(replied) == (409, "not-invited")
        assert problem(noted) == (409, "not-invited")


async def test_the_seat_of_who_takes_part_no_more_can_be_given_back(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        leader, anna = coop.members
        gathering_id = await coop.given_gathering(capacity=1, facilitator_ids=[leader])
        await coop.reply(anna, gathering_id)
        await coop.reply(leader, gathering_id)
        await coop.assembly.change("DELETE FROM participation WHERE member_id = :id", id=anna)

        stays = await coop.reply(leader, gathering_id, member=anna, answer="maybe")
        given_back = await coop.reply(leader, gathering_id, member=anna, answer="no")

        assert problem(stays) == (409, "not-invited")
        assert given_back.status_code == 200, given_back.text
        assert await coop.seated(gathering_id) == {leader}


async def test_names_are_shown_to_who_leads_and_where_people_agree(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=4) as coop:
        leader, anna, bruno, chloe = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])
        await coop.reply(anna, gathering_id, shows_name=True)
        await coop.reply(bruno, gathering_id)
        await coop.reply(chloe, gathering_id)

        seen = {
            caller: {
                reply["member_id"]
                for reply in await coop.get(f"{gathering_id}/replies", caller=caller)
            }
            for caller in (leader, chloe)
        }

        assert seen == {leader: {anna, bruno, chloe}, chloe: {anna, chloe}}
        first = await coop.get(f"{gathering_id}/replies?limit=2")
        rest = await coop.get(f"{gathering_id}/replies?limit=2&after={first[-1]['member_id']}")
        assert [reply["member_id"] for reply in first + rest] == sorted([anna, bruno, chloe])


async def test_after_the_closing_time_one_may_still_decline(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=3) as coop:
        leader, anna, bruno = coop.members
        gathering_id = await coop.given_gathering(
            capacity=1,
            reply_by=(CLOCK.now() + timedelta(days=1)).isoformat(),
            facilitator_ids=[leader],
        )
        for member in (anna, bruno):
            await coop.reply(member, gathering_id)
        await coop.assembly.change(
            "UPDATE gathering SET reply_by = :at WHERE id = :id",
            at=CLOCK.now() - timedelta(minutes=1),
            id=gathering_id,
        )

        late = await coop.reply(anna, gathering_id, answer="maybe")
        declined = await coop.reply(anna, gathering_id, answer="no")

        assert problem(late) == (409, "replies-closed")
        assert declined.status_code == 200
        assert await coop.seated(gathering_id) == {bruno}
        assert (await coop.reply(leader, gathering_id, member=anna)).status_code == 200


async def test_nobody_replies_to_a_draft_or_to_what_is_called_off(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=1) as coop:
        (leader,) = coop.members
        draft = await coop.given_draft(facilitator_ids=[leader])
        called_off = await coop.given_gathering()
        await coop.call_off(called_off)

        assert problem(await coop.reply(leader, draft)) == (409, "gathering-not-announced")
        assert problem(await coop.reply(leader, called_off)) == (409, "gathering-over")


async def test_once_begun_only_who_leads_replies(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with group(platform, operator, members=2) as coop:
        leader, anna = coop.members
        gathering_id = await coop.given_gathering(facilitator_ids=[leader])
        await coop.begin(gathering_id)

        by_member = await coop.reply(anna, gathering_id, answer="no")
        by_leader = await coop.reply(leader, gathering_id, member=anna)

        assert problem(by_member) == (409, "replies-closed")
        assert by_leader.status_code == 200
