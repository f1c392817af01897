"""Polls from a draft to the roll, and who sees them."""

from datetime import timedelta
from uuid import uuid4

import httpx

from tests.community.assembly import assembly, join, member_client, poll_body
from tests.community.coop import given_operation, logged_in, put
from tests.support.clock import CLOCK
from tests.support.platform import Platform
from tests.support.refusals import slug


async def test_a_draft_can_be_written_anew(platform: Platform, operator: httpx.AsyncClient) -> None:
    async with assembly(platform, operator, members=0) as group:
        poll_id = await group.given_draft()

        changed = await put(operator, f"{group.url}/{poll_id}", poll_body(question="And the mill?"))

        assert changed["question"] == "And the mill?"
        assert changed["state"] == "draft"
        assert changed["turnout"] is None


async def test_a_poll_that_contradicts_itself_is_refused(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=0) as group:
        body = poll_body(ballot_mode="secret", weighting="given")

        answer = await operator.put(f"/community{group.url}/{uuid4()}", json=body)

        assert answer.status_code == 409
        assert slug(answer) == "poll-unfit"


async def test_a_poll_id_is_of_one_operation(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=0) as group:
        poll_id = await group.given_draft()
        elsewhere = await given_operation(operator)

        path = f"/community/operations/{elsewhere}/polls/{poll_id}"
        answer = await operator.put(path, json=poll_body())

        assert (answer.status_code, slug(answer)) == (409, "poll-elsewhere")
        assert (await operator.get(path)).status_code == 404


async def test_opening_makes_the_roll_of_those_who_take_part(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        poll_id = await group.given_poll()
        await join(operator, group.operation_id)

        roll = await group.get(f"{poll_id}/roll")

        assert {voter["member_id"] for voter in roll} == set(group.members)
        assert {voter["weight"] for voter in roll} == {1}
        turnout = {"voters": 3, "voted": 0, "weight_total": 3, "weight_voted": 0}
        assert (await group.get(poll_id))["turnout"] == turnout


async def test_what_was_opened_is_never_edited(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        poll_id = await group.given_poll()

        edited = await operator.put(f"/community{group.url}/{poll_id}", json=poll_body())
        opened = await group.open(poll_id)

        assert (edited.status_code, slug(edited)) == (409, "poll-not-a-draft")
        assert (opened.status_code, slug(opened)) == (409, "poll-not-a-draft")


async def test_a_poll_without_voters_or_time_is_not_opened(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=0) as group:
        nobody = await group.open(await group.given_draft())
        past = (CLOCK.now() - timedelta(hours=1)).isoformat()
        too_late = await group.open(await group.given_draft(closes_at=past))

        assert (nobody.status_code, slug(nobody)) == (409, "roll-unfit")
        assert (too_late.status_code, slug(too_late)) == (409, "poll-unfit")


async def test_given_weights_name_exactly_those_who_take_part(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_draft(weighting="given")
        stranger = str(uuid4())

        refused = await group.open(
            poll_id,
            weights=[{"member_id": anna, "weight": 3}, {"member_id": stranger, "weight": 1}],
        )
        opened = await group.open(
            poll_id, weights=[{"member_id": anna, "weight": 3}, {"member_id": bruno, "weight": 0}]
        )

        assert (refused.status_code, slug(refused)) == (409, "roll-unfit")
        assert refused.json()["missing"] == [bruno]
        assert refused.json()["unknown"] == [stranger]
        assert opened.json()["turnout"]["weight_total"] == 3
        assert [voter["member_id"] for voter in await group.get(f"{poll_id}/roll")] == [anna]


async def test_before_it_opens_a_poll_is_announced_and_nobody_votes(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (anna,) = group.members
        tomorrow = CLOCK.now() + timedelta(days=1)
        days = {"opens_at": tomorrow, "closes_at": tomorrow + timedelta(days=1)}
        poll_id = await group.given_poll(**{name: at.isoformat() for name, at in days.items()})

        answer = await group.vote(anna, poll_id, options=["for"])

        assert (answer.status_code, slug(answer)) == (409, "poll-not-open")
        assert (await group.get(poll_id, caller=anna))["state"] == "announced"


async def test_a_cancelled_poll_says_why_and_takes_no_ballot(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (anna,) = group.members
        poll_id = await group.given_poll()

        path = f"/community{group.url}/{poll_id}/cancellation"
        cancelled = await operator.post(path, json={"reason": "A mistake in the draft."})

        assert cancelled.json()["state"] == "cancelled"
        seen = await group.get(poll_id, caller=anna)
        assert seen["cancelled_reason"] == "A mistake in the draft."
        assert slug(await group.vote(anna, poll_id, options=["for"])) == "poll-not-open"
        assert await group.seal(poll_id) is False


async def test_a_sealed_poll_cannot_be_cancelled(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        poll_id = await group.given_poll()
        await group.seal(poll_id)

        path = f"/community{group.url}/{poll_id}/cancellation"
        answer = await operator.post(path, json={"reason": "It went the wrong way."})

        assert (answer.status_code, slug(answer)) == (409, "poll-ended")


async def test_members_see_the_polls_that_they_may_vote_in(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        await group.given_draft()
        poll_id = await group.given_poll()
        late = await join(operator, group.operation_id)

        listed = await group.get("", caller=anna)
        roll = await group.get(f"{poll_id}/roll", caller=bruno)

        assert [poll["id"] for poll in listed] == [poll_id]
        assert [voter["member_id"] for voter in roll] == [bruno]
        async with member_client(platform, late) as newcomer:
            path = f"/community{group.url}"
            assert (await newcomer.get(path)).json() == []
            assert (await newcomer.get(f"{path}/{poll_id}")).status_code == 404


async def test_polls_and_rolls_are_read_page_by_page(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        polls = {await group.given_poll() for _ in range(3)}
        (some_poll, *_) = polls

        first = await group.get("?limit=2", caller=group.members[0])
        second = await group.get(f"?limit=2&after={first[-1]['id']}", caller=group.members[0])
        voters = await group.get(f"{some_poll}/roll?limit=2")
        last = await group.get(f"{some_poll}/roll?limit=2&after={voters[-1]['member_id']}")

        assert [len(first), len(second)] == [2, 1]
        assert {poll["id"] for poll in first + second} == polls
        assert {voter["member_id"] for voter in voters + last} == set(group.members)


async def test_strangers_and_other_organisers_see_nothing(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        assembly(platform, operator, members=1) as group,
        assembly(platform, operator, members=1) as others,
        logged_in(
            platform, operator, "organiser", operations=[others.operation_id]
        ) as their_organiser,
    ):
        poll_id = await group.given_poll()
        path = f"/community{group.url}"
        (stranger,) = others.clients.values()

        assert (await stranger.get(path)).status_code == 403
        for rest in ("", "/roll", "/ballots", "/result", "/seal", "/verification"):
            assert (await stranger.get(f"{path}/{poll_id}{rest}")).status_code == 404
            assert (await their_organiser.get(f"{path}/{poll_id}{rest}")).status_code == 403
        (anna,) = group.members
        vote = await stranger.put(f"{path}/{poll_id}/ballots/{anna}", json={"options": ["for"]})
        assert vote.status_code == 404
        opened = await their_organiser.post(f"{path}/{poll_id}/opening", json={})
        assert opened.status_code == 403
