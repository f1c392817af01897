"""What a poll tells a member of their own vote, and how they find who is to vote for them."""

import httpx

from tests.community.assembly import Assembly, assembly
from tests.support.platform import Platform


async def _own(group: Assembly, poll_id: str, member_id: str) -> dict[str, object]:
    shown: dict[str, object] = (await group.get(poll_id, caller=member_id))["own"]
    return shown


async def _find(group: Assembly, poll_id: str, caller: str, code: object) -> httpx.Response:
    path = f"/community{group.url}/{poll_id}/possible-holders"
    return await group.clients[caller].get(path, params={"code": str(code)})


async def test_a_member_finds_who_is_to_vote_for_them_by_the_code_that_they_show(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_poll(max_proxies=1)
        code = (await _own(group, poll_id, bruno))["holder_code"]

        holder = (await _find(group, poll_id, anna, f" {code} ".upper())).json()
        given = await group.give_proxy(anna, poll_id, holder["member_id"])

        assert holder == {"member_id": bruno, "name": "Lucie Brindille"}
        assert given.status_code == 204
        votes = {member: await _own(group, poll_id, member) for member in group.members}
        assert votes[anna] == {
            "may_vote": False,
            "has_voted": False,
            "weight": 1,
            "holder": holder,
            "proxies": [],
            "holder_code": None,
        }
        giver = {"member_id": anna, "name": "Lucie Brindille", "has_voted": False}
        assert (votes[bruno]["may_vote"], votes[bruno]["proxies"]) == (True, [giver])
        assert votes[bruno]["holder_code"] is None  # one is all that the poll allows
        assert votes[clara]["holder_code"]


async def test_a_wrong_code_or_one_of_another_poll_finds_nobody(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with (
        assembly(platform, operator, members=2) as group,
        assembly(platform, operator, members=1) as elsewhere,
    ):
        anna, bruno = group.members
        poll_id, other = [await group.given_poll(max_proxies=1) for _ in range(2)]
        code = (await _own(group, poll_id, bruno))["holder_code"]

        wrong = await _find(group, poll_id, anna, "aaaaa-aaaaa")
        of_another = await _find(group, other, anna, code)
        (stranger,) = elsewhere.clients.values()
        path = f"/community{group.url}/{poll_id}/possible-holders?code={code}"
        by_a_stranger, by_staff = await stranger.get(path), await operator.get(path)

        assert {(answer.status_code, answer.json()["type"]) for answer in (wrong, of_another)} == {
            (404, "/problems/holder-unknown")
        }
        assert (by_a_stranger.status_code, by_staff.status_code) == (404, 403)


async def test_who_can_hold_no_proxy_is_not_found_by_their_code(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=4) as group:
        anna, bruno, clara, diego = group.members
        poll_id = await group.given_poll(max_proxies=1)
        codes = {
            voter: (await _own(group, poll_id, voter))["holder_code"]
            for voter in (bruno, clara, diego)
        }
        await group.give_proxy(bruno, poll_id, clara)

        gave, holds = [await _find(group, poll_id, anna, codes[voter]) for voter in (bruno, clara)]
        free = await _find(group, poll_id, anna, codes[diego])
        await group.seal(poll_id)
        over = await _find(group, poll_id, anna, codes[diego])

        assert free.json()["member_id"] == diego
        assert [(answer.status_code, answer.json()["type"]) for answer in (gave, holds, over)] == [
            (404, "/problems/holder-unknown")
        ] * 3


async def test_the_list_of_polls_tells_what_is_still_to_be_voted_on(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        polls = {
            "open": await group.given_poll(),
            "secret": await group.given_poll(ballot_mode="secret"),
            "untouched": await group.given_poll(),
            "sealed": await group.given_poll(),
        }
        for name in ("open", "secret", "sealed"):
            await group.vote(anna, polls[name], options=["for"])
        await group.seal(polls["sealed"])

        listed = {poll["id"]: poll["own"] for poll in await group.get("", caller=anna)}
        by_staff = await group.get("")

        votes = {name: listed[poll_id] for name, poll_id in polls.items()}
        assert {name: (vote["may_vote"], vote["has_voted"]) for name, vote in votes.items()} == {
            "open": (True, True),
            "secret": (False, True),
            "untouched": (True, False),
            "sealed": (False, True),
        }
        assert {vote["holder_code"] for vote in votes.values()} == {None}  # no proxies here
        assert [poll["own"] for poll in by_staff] == [None] * 4
        assert not (await _own(group, polls["open"], bruno))["has_voted"]


async def test_a_holder_sees_for_whom_they_have_voted(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_poll(max_proxies=2)
        for giver in (anna, bruno):
            await group.give_proxy(giver, poll_id, clara)

        await group.vote(clara, poll_id, voter=anna, options=["for"])

        own_vote = await _own(group, poll_id, clara)
        proxies = own_vote["proxies"]
        assert isinstance(proxies, list)
        assert {proxy["member_id"]: proxy["has_voted"] for proxy in proxies} == {
            anna: True,
            bruno: False,
        }
        assert (own_vote["has_voted"], own_vote["may_vote"]) == (False, True)
        assert (await _own(group, poll_id, anna))["has_voted"]
