"""The end of a poll: counted once, sealed, and told to the other services."""

import asyncio
import json
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from libs.common.eventlog.open import open_event_log
from services.community.main import service
from tests.community.assembly import Assembly, assembly, join
from tests.community.coop import beside, given_operation
from tests.support.alone import alone
from tests.support.clock import CLOCK, SetClock
from tests.support.platform import Platform
from tests.support.waiting import patience, until


async def test_a_sealed_result_tells_turnout_quorum_and_winner(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=4) as group:
        anna, bruno, *_ = group.members
        half = {"share": "1/2", "of": "members"}
        poll_id = await group.given_poll(quorum=half, adopting_option="for")
        early = await operator.get(f"/community{group.url}/{poll_id}/result")
        await group.vote(anna, poll_id, options=["for"])
        await group.vote(bruno, poll_id)

        assert await group.seal(poll_id)

        assert early.status_code == 409
        result = await group.get(f"{poll_id}/result", caller=anna)
        assert result["outcome"]["winners"] == ["for"]
        assert result["turnout"] == {
            "voters": 4,
            "voted": 2,
            "weight_total": 4,
            "weight_voted": 2,
        }
        assert (result["quorum_reached"], result["adopted"]) == (True, True)
        assert (await group.get(poll_id))["state"] == "closed"


async def test_without_a_quorum_nothing_is_adopted(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        anna, bruno, clara = group.members
        poll_id = await group.given_draft(
            quorum={"share": "1/2", "of": "weight"}, weighting="given", adopting_option="for"
        )
        weights = {anna: 4, bruno: 3, clara: 2}
        given = [
            {"member_id": member_id, "weight": weight} for member_id, weight in weights.items()
        ]
        await group.open(poll_id, weights=given)
        await group.vote(anna, poll_id, options=["for"])

        await group.seal(poll_id)

        result = await group.get(f"{poll_id}/result")
        assert result["outcome"]["votes"] == {"for": 4, "against": 0}
        assert (result["quorum_reached"], result["adopted"]) == (False, False)


async def test_the_hash_is_that_of_the_bytes_and_counting_again_makes_them(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        poll_id = await group.given_poll(ballot_mode="secret")
        for member, option in zip(group.members, ["for", "against", "for"], strict=True):
            await group.vote(member, poll_id, options=[option])
        await group.seal(poll_id)

        sealed = await operator.get(f"/community{group.url}/{poll_id}/seal")
        result = await group.get(f"{poll_id}/result")
        verified = await group.get(f"{poll_id}/verification", caller=group.members[0])

        assert sha256(sealed.content).hexdigest() == result["sha256"]
        assert verified == {
            "is_same": True,
            "sha256": result["sha256"],
            "counted_sha256": result["sha256"],
        }
        content = json.loads(sealed.content)
        assert len(content["ballots"]) == 3
        assert not any(member in sealed.text for member in group.members)


async def test_nothing_of_a_sealed_poll_changes(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll()
        await group.vote(anna, poll_id, options=["for"])
        await group.seal(poll_id)

        refused = await group.vote(bruno, poll_id, options=["against"])

        assert refused.status_code == 409
        for statement, message in (
            ("UPDATE poll_seal SET content = '' WHERE poll_id = :poll_id", "a seal does not"),
            ("DELETE FROM poll_seal WHERE poll_id = :poll_id", "a seal does not"),
            ("UPDATE ballot SET choice = '{}' WHERE poll_id = :poll_id", "while it is open"),
            ("DELETE FROM ballot WHERE poll_id = :poll_id", "while it is open"),
            ("UPDATE poll SET state = 'open' WHERE id = :poll_id", "does not change"),
            ("UPDATE poll_voter SET weight = 9 WHERE poll_id = :poll_id", "roll is frozen"),
            ("UPDATE poll_voter SET has_voted = true WHERE poll_id = :poll_id", "roll is frozen"),
            ("DELETE FROM poll_voter WHERE poll_id = :poll_id", "roll is frozen"),
            (
                "INSERT INTO poll_voter SELECT :poll_id, gen_random_uuid(), 1, true, NULL, 0, 0",
                "roll is frozen",
            ),
        ):
            with pytest.raises(IntegrityError, match=message):
                await group.query(statement, poll_id=poll_id)


async def test_the_database_refuses_another_question_while_members_vote(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        poll_id = await group.given_poll()

        with pytest.raises(IntegrityError, match="a poll that was opened does not change"):
            await group.query(
                "UPDATE poll SET question = 'Another?' WHERE id = :poll_id", poll_id=poll_id
            )


async def test_a_poll_that_ends_while_members_vote_counts_what_was_accepted(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=20) as group:
        poll_id = await group.given_poll(ballot_mode="secret")

        async def vote(member: str) -> httpx.Response:
            return await group.vote(member, poll_id, options=["for"])

        first, *rest = group.members
        await vote(first)
        answers, sealed = await asyncio.gather(
            asyncio.gather(*(vote(member) for member in rest)), group.seal(poll_id)
        )

        accepted = [answer for answer in answers if answer.status_code == 200]
        assert {answer.status_code for answer in answers} <= {200, 409}
        assert sealed is True
        result = await group.get(f"{poll_id}/result")
        assert result["outcome"]["votes"]["for"] == 1 + len(accepted)
        assert (await group.get(poll_id))["turnout"]["voted"] == 1 + len(accepted)
        assert (await group.get(f"{poll_id}/verification"))["is_same"] is True


async def test_who_votes_when_nobody_may_does_not_touch_the_lock_that_sealing_needs(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (anna,) = group.members
        tomorrow = CLOCK.now() + timedelta(days=1)
        poll_id = await group.given_poll(
            opens_at=tomorrow.isoformat(), closes_at=(tomorrow + timedelta(days=1)).isoformat()
        )
        async with group.locked(poll_id), patience("the vote is answered"):
            refused = await group.vote(anna, poll_id, options=["for"])

        assert refused.json()["type"] == "/problems/poll-not-open"


async def test_a_poll_that_ten_seal_at_once_is_sealed_by_one_and_told_once(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (anna,) = group.members
        poll_id = await group.given_poll(adopting_option="for")
        await group.vote(anna, poll_id, options=["for"])

        sealed = await asyncio.gather(*(group.seal(poll_id) for _ in range(10)))

        assert sealed.count(True) == 1
        (notification,) = await _told(group)
        result = await group.get(f"{poll_id}/result")
        poll = await group.get(poll_id)
        assert notification["poll_id"] == poll_id
        assert (notification["adopted"], notification["key_id"]) == (True, None)
        assert notification["seal_hash"] == result["sha256"]
        assert notification["opened_at"] == poll["opened_at"]
        assert notification["closed_at"] == poll["closes_at"]


async def test_two_processes_seal_by_themselves_what_is_over_once(
    database_url: str,
) -> None:
    clock = SetClock()
    async with (
        alone(service, database_url, clock) as community,
        community.client("operator") as operator,
        beside(community.platform),
    ):
        operation_id = await given_operation(operator)
        await join(operator, operation_id)
        group = Assembly(community.platform, operator, operation_id, {})
        days = {"opens_at": clock.now(), "closes_at": clock.now() + timedelta(days=1)}
        times = {name: at.isoformat() for name, at in days.items()}
        polls = [await group.given_poll(**times) for _ in range(3)]

        clock.advance(timedelta(days=1))
        await group.change("SELECT")  # rounds that rest do not see a clock jump: it rings
        await until(
            "all polls are closed",
            lambda: group.get(""),
            lambda seen: {poll["state"] for poll in seen} == {"closed"},
        )

        seals = "SELECT count(*) FROM poll_seal WHERE poll_id = ANY (CAST(:polls AS uuid[]))"
        assert await group.query(seals, polls=polls) == [{"count": 3}]


async def _told(group: Assembly) -> list[dict[str, Any]]:
    """The events of the operation's polls on the log, once there is one."""
    settings = group.platform.settings
    async with (
        patience("the poll is told"),
        open_event_log(settings, database_url=group.platform.database_url) as log,
        log.subscribe(
            group=f"test-{secrets.token_hex(4)}", topics=["community.polls"]
        ) as subscription,
    ):
        events: list[dict[str, Any]] = []
        while not events:
            records = await subscription.poll(max_records=500, timeout_s=0.2)
            events += [
                json.loads(record.value) for record in records if record.key == group.operation_id
            ]
        return events
