"""Proxies: a vote given to another voter, within the statute."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from tests.community.assembly import assembly
from tests.support.platform import Platform
from tests.support.refusals import slug


async def test_the_holder_votes_for_who_gave_a_proxy(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, _ = group.members
        poll_id = await group.given_poll(ballot_mode="secret", max_proxies=1)

        given = await group.give_proxy(anna, poll_id, bruno)
        in_person = await group.vote(anna, poll_id, options=["for"])
        own_ballot = await group.vote(bruno, poll_id, options=["against"])
        by_proxy = await group.vote(bruno, poll_id, voter=anna, options=["for"])

        assert given.status_code == 204, given.text
        assert (in_person.status_code, slug(in_person)) == (409, "proxy-stands")
        assert [own_ballot.status_code, by_proxy.status_code] == [200, 200]
        seen = await group.get(f"{poll_id}/roll", caller=bruno)
        assert {proxy["member_id"]: proxy["holder_id"] for proxy in seen} == {
            anna: bruno,
            bruno: None,
        }
        await group.seal(poll_id)
        result = await group.get(f"{poll_id}/result")
        assert result["outcome"]["votes"] == {"for": 1, "against": 1}


async def test_a_proxy_is_revocable_until_it_is_used(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_poll(max_proxies=2)
        await group.give_proxy(anna, poll_id, clara)
        await group.give_proxy(bruno, poll_id, clara)
        await group.vote(clara, poll_id, voter=bruno, options=["for"])

        revoked = await group.revoke_proxy(anna, poll_id)
        used = await group.revoke_proxy(bruno, poll_id)
        in_person = await group.vote(anna, poll_id, options=["against"])
        no_longer = await group.vote(clara, poll_id, voter=anna, options=["for"])

        assert revoked.status_code == 204
        assert (used.status_code, slug(used)) == (409, "proxy-used")
        assert in_person.status_code == 200
        assert no_longer.status_code == 403


async def test_who_does_not_want_a_proxy_declines_it_and_may_give_their_own(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_poll(max_proxies=1)
        await group.give_proxy(anna, poll_id, bruno)

        by_another = await group.decline_proxy(clara, poll_id, anna)
        still_held = await group.get(f"{poll_id}/roll", caller=bruno)
        declined = await group.decline_proxy(bruno, poll_id, anna)
        again = await group.decline_proxy(bruno, poll_id, anna)
        no_longer = await group.vote(bruno, poll_id, voter=anna, options=["for"])
        own_proxy = await group.give_proxy(bruno, poll_id, clara)
        in_person = await group.vote(anna, poll_id, options=["for"])

        assert {proxy["member_id"] for proxy in still_held} == {anna, bruno}
        answers = (by_another, declined, again, own_proxy)
        assert [answer.status_code for answer in answers] == [204] * 4, declined.text
        assert [no_longer.status_code, in_person.status_code] == [403, 200]


async def test_a_proxy_that_was_used_or_is_nobodys_is_not_declined(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll(max_proxies=1)
        await group.give_proxy(anna, poll_id, bruno)
        await group.vote(bruno, poll_id, voter=anna, options=["for"])

        used = await group.decline_proxy(bruno, poll_id, anna)
        unknown = await group.decline_proxy(bruno, poll_id, str(uuid4()))
        await group.seal(poll_id)
        too_late = await group.decline_proxy(bruno, poll_id, anna)

        assert (used.status_code, slug(used)) == (409, "proxy-used")
        assert (unknown.status_code, slug(unknown)) == (404, "voter-unknown")
        assert (too_late.status_code, slug(too_late)) == (409, "poll-not-open")


async def test_a_proxy_is_not_passed_on(platform: Platform, operator: httpx.AsyncClient) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_poll(max_proxies=2)
        await group.give_proxy(anna, poll_id, bruno)

        holder_gives = await group.give_proxy(bruno, poll_id, clara)
        to_giver = await group.give_proxy(clara, poll_id, anna)
        to_self = await group.give_proxy(clara, poll_id, clara)
        to_second = await group.give_proxy(anna, poll_id, clara)
        repeated = await group.give_proxy(anna, poll_id, bruno)

        for answer in (holder_gives, to_giver, to_self):
            assert (answer.status_code, slug(answer)) == (409, "proxy-chained")
        assert (to_second.status_code, slug(to_second)) == (409, "proxy-stands")
        assert repeated.status_code == 204


async def test_who_has_voted_has_no_vote_to_give(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll(max_proxies=2)
        await group.vote(anna, poll_id, options=["for"])

        answer = await group.give_proxy(anna, poll_id, bruno)

        assert (answer.status_code, slug(answer)) == (409, "proxy-used")


async def test_fifty_proxies_given_at_once_stay_within_the_statute(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=51) as group:
        holder, *givers = group.members
        poll_id = await group.given_poll(max_proxies=2)

        answers = await asyncio.gather(
            *(group.give_proxy(giver, poll_id, holder) for giver in givers)
        )

        assert sorted(answer.status_code for answer in answers) == [204] * 2 + [409] * 48
        assert {slug(answer) for answer in answers if answer.status_code == 409} == {"proxy-limit"}
        roll = await group.get(f"{poll_id}/roll", caller=holder)
        assert len([voter for voter in roll if voter["holder_id"] == holder]) == 2
        assert max(voter["proxies_held"] for voter in roll) == 2


async def test_two_who_give_each_other_their_proxies_at_once_never_both_do(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll(max_proxies=1)

        answers = await asyncio.gather(
            group.give_proxy(anna, poll_id, bruno), group.give_proxy(bruno, poll_id, anna)
        )

        assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_the_database_itself_keeps_the_limit_and_refuses_chains(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    give = """
        UPDATE poll_voter SET holder_id = :holder
        WHERE poll_id = :poll_id AND member_id = :giver
    """
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_poll(max_proxies=1)
        await group.give_proxy(anna, poll_id, bruno)

        with pytest.raises(IntegrityError, match="poll_voter_proxies"):
            await group.query(give, poll_id=poll_id, giver=clara, holder=bruno)
        with pytest.raises(IntegrityError, match="poll_voter_no_chain"):
            await group.query(give, poll_id=poll_id, giver=bruno, holder=clara)
