"""Casting ballots: once each, seen by whom the mode says."""

import asyncio
import logging
from hashlib import sha256
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from tests.community.assembly import Assembly, assembly
from tests.community.coop import beside, logged_in
from tests.support.platform import Platform


def _slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).removeprefix("/problems/")


async def test_an_open_ballot_is_shown_with_its_voter_and_may_change(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll(ballot_mode="open")

        await group.vote(anna, poll_id, options=["for"])
        again = await group.vote(anna, poll_id, options=["against"])

        assert again.json() == {"receipt": None, "receipt_sha256": None}
        (seen,) = await group.get(f"{poll_id}/ballots", caller=bruno)
        assert seen["member_id"] == anna
        assert seen["choice"]["options"] == ["against"]
        assert (await group.get(poll_id))["turnout"]["voted"] == 1


async def test_ballots_revealed_at_close_are_hidden_until_then(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll(ballot_mode="revealed_at_close")
        await group.vote(anna, poll_id, options=["for"])

        before = await operator.get(f"/community{group.url}/{poll_id}/ballots")
        await group.seal(poll_id)

        assert (before.status_code, _slug(before)) == (409, "ballots-hidden")
        (seen,) = await group.get(f"{poll_id}/ballots", caller=bruno)
        assert (seen["member_id"], seen["choice"]["options"]) == (anna, ["for"])


async def test_a_secret_ballot_is_found_by_its_receipt_and_by_nothing_else(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=3) as group:
        poll_id = await group.given_poll(ballot_mode="secret")
        receipts = {}
        for member, option in zip(group.members, ["for", "against", "for"], strict=True):
            answer = await group.vote(member, poll_id, options=[option])
            receipts[answer.json()["receipt"]] = option
        hidden = await operator.get(f"/community{group.url}/{poll_id}/ballots")

        await group.seal(poll_id)

        assert _slug(hidden) == "ballots-hidden"
        ballots = await group.get(f"{poll_id}/ballots", caller=group.members[0])
        assert {ballot["member_id"] for ballot in ballots} == {None}
        assert {ballot["name"] for ballot in ballots} == {None}
        options_by_receipt = {
            ballot["receipt_sha256"]: ballot["choice"]["options"] for ballot in ballots
        }
        assert options_by_receipt == {
            sha256(receipt.encode()).hexdigest(): [option] for receipt, option in receipts.items()
        }


@pytest.mark.parametrize(("mode", "key"), [("secret", "receipt_sha256"), ("open", "member_id")])
async def test_ballots_are_read_page_by_page(
    platform: Platform, operator: httpx.AsyncClient, mode: str, key: str
) -> None:
    async with assembly(platform, operator, members=3) as group:
        poll_id = await group.given_poll(ballot_mode=mode)
        await _vote_all(group, poll_id, [{}, {}, {}])
        await group.seal(poll_id)

        first = await group.get(f"{poll_id}/ballots?limit=2")
        second = await group.get(f"{poll_id}/ballots?limit=2&after={first[-1][key]}")

        assert [len(first), len(second)] == [2, 1]
        assert len({ballot[key] for ballot in first + second}) == 3


async def test_a_secret_ballot_is_final(platform: Platform, operator: httpx.AsyncClient) -> None:
    async with assembly(platform, operator, members=1) as group:
        (anna,) = group.members
        poll_id = await group.given_poll(ballot_mode="secret")
        await group.vote(anna, poll_id, options=["for"])

        again = await group.vote(anna, poll_id, options=["against"])

        assert (again.status_code, _slug(again)) == (409, "ballot-final")


async def test_after_the_seal_secret_ballots_share_one_transaction_and_no_order(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=4) as group:
        poll_id = await group.given_poll(ballot_mode="secret")
        for member in group.members:
            await group.vote(member, poll_id, options=["for"])
        written = "SELECT DISTINCT xmin::text FROM ballot WHERE poll_id = :poll_id"
        before = await group.query(written, poll_id=poll_id)

        await group.seal(poll_id)

        assert len(before) == 4
        assert len(await group.query(written, poll_id=poll_id)) == 1
        columns = await group.query(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'ballot'"
            " AND table_schema = 'community' AND data_type LIKE 'timestamp%'"
        )
        assert columns == []


async def test_the_seal_lays_secret_ballots_in_another_order_than_they_were_cast_in(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    # Of twelve ballots, one order in 479 million is the one before.
    async with assembly(platform, operator, members=12) as group:
        poll_id = await group.given_poll(ballot_mode="secret")
        for member in group.members:
            await group.vote(member, poll_id, options=["for"])
        laid = "SELECT receipt_sha256 FROM ballot WHERE poll_id = :poll_id ORDER BY ctid"
        before = [row["receipt_sha256"] for row in await group.query(laid, poll_id=poll_id)]

        await group.seal(poll_id)

        after = [row["receipt_sha256"] for row in await group.query(laid, poll_id=poll_id)]
        assert sorted(after) == sorted(before)
        assert after not in (before, before[::-1], sorted(before))


@pytest.mark.parametrize(("mode", "kept"), [("secret", 0), ("open", 2)])
async def test_the_secret_ballots_of_a_poll_that_is_cancelled_are_deleted(
    platform: Platform, operator: httpx.AsyncClient, mode: str, kept: int
) -> None:
    async with assembly(platform, operator, members=2) as group:
        poll_id = await group.given_poll(ballot_mode=mode)
        await _vote_all(group, poll_id, [{"options": ["for"]}, {"options": ["against"]}])

        path = f"/community{group.url}/{poll_id}/cancellation"
        answer = await operator.post(path, json={"reason": "The question was unclear."})

        assert answer.status_code == 200, answer.text
        left = await group.query(
            "SELECT count(*) FROM ballot WHERE poll_id = :poll_id", poll_id=poll_id
        )
        assert left == [{"count": kept}]
        assert answer.json()["turnout"]["voted"] == 2


@pytest.mark.parametrize("mode", ["secret", "open", "revealed_at_close"])
async def test_a_voter_who_votes_twenty_times_at_once_has_one_ballot(
    platform: Platform, operator: httpx.AsyncClient, mode: str
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, _ = group.members
        poll_id = await group.given_poll(ballot_mode=mode)

        answers = await asyncio.gather(
            *(group.vote(anna, poll_id, options=["for"]) for _ in range(20))
        )

        accepted = [answer for answer in answers if answer.status_code == 200]
        assert len(accepted) == (1 if mode == "secret" else 20)
        assert {_slug(answer) for answer in answers if answer not in accepted} <= {"ballot-final"}
        await group.seal(poll_id)
        result = await group.get(f"{poll_id}/result")
        assert result["outcome"]["votes"] == {"for": 1, "against": 0}
        assert result["turnout"]["voted"] == 1


async def test_the_database_itself_takes_no_second_ballot(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    add = "INSERT INTO ballot (poll_id, member_id, receipt_sha256, weight, choice) VALUES "
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        secret = await group.given_poll(ballot_mode="secret")
        open_poll = await group.given_poll(ballot_mode="open")
        for poll_id in (secret, open_poll):
            await group.vote(anna, poll_id, options=["for"])

        with pytest.raises(IntegrityError, match="more ballots than members who voted"):
            await group.query(
                f"{add} (:poll_id, NULL, :hash, 1, '{{}}')", poll_id=secret, hash="5e" * 32
            )
        with pytest.raises(IntegrityError, match="names its voter unless"):
            await group.query(
                f"{add} (:poll_id, :voter, NULL, 1, '{{}}')", poll_id=secret, voter=bruno
            )
        with pytest.raises(IntegrityError, match="unique"):
            await group.query(
                f"{add} (:poll_id, :voter, NULL, 1, '{{}}')", poll_id=open_poll, voter=anna
            )
        with pytest.raises(IntegrityError, match="a vote that was cast stays"):
            await group.query(
                "UPDATE poll_voter SET has_voted = false WHERE poll_id = :poll_id", poll_id=secret
            )


async def test_a_ballot_that_does_not_fit_is_refused_in_words(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=1) as group:
        (anna,) = group.members
        poll_id = await group.given_poll()

        unknown = await group.vote(anna, poll_id, options=["perhaps"])
        other_method = await group.vote(anna, poll_id, grades={"for": "good"})

        assert (unknown.status_code, _slug(unknown)) == (409, "choice-unfit")
        assert other_method.json()["detail"] == "A ballot of this poll has no grades."
        assert (await group.get(poll_id))["turnout"]["voted"] == 0


async def test_only_voters_vote_and_for_themselves(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        anna, bruno = group.members
        poll_id = await group.given_poll()

        for_another = await group.vote(bruno, poll_id, voter=anna, options=["for"])
        path = f"/community{group.url}/{poll_id}/ballots/{anna}"
        as_staff = await operator.put(path, json={"options": ["for"]})

        assert for_another.status_code == 403
        assert as_staff.status_code == 403


async def test_who_votes_for_another_is_logged_with_their_roles(
    platform: Platform, operator: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    async with assembly(platform, operator, members=2) as group, beside(platform) as here:
        anna, bruno = group.members
        path = f"/community{group.url}/{await group.given_poll()}/ballots/{anna}"
        async with logged_in(here, operator, "member", member_id=bruno) as caller:
            logging.getLogger().addHandler(caplog.handler)
            answer = await caller.put(path, json={"options": ["for"]})

    assert answer.status_code == 403
    (line,) = [record.msg for record in caplog.records if "access refused" in str(record.msg)]
    assert isinstance(line, dict)
    assert line["subject"]
    assert line["roles"] == ["member"]


@pytest.mark.parametrize(
    ("method", "choices", "winner"),
    [
        ("multiple", [{"options": ["a", "b"]}, {"options": ["b"]}, {}], "b"),
        ("ranked", [{"ranks": [["c"], ["a", "b"]]}, {"ranks": [["c"]]}, {}], "c"),
        (
            "majority_judgement",
            [{"grades": {"a": "good"}}, {"grades": {"a": "passable", "b": "insufficient"}}, {}],
            "a",
        ),
    ],
)
async def test_each_method_elects(
    platform: Platform,
    operator: httpx.AsyncClient,
    method: str,
    choices: list[dict[str, Any]],
    winner: str,
) -> None:
    async with assembly(platform, operator, members=3) as group:
        options = [{"id": letter, "label": letter.upper()} for letter in "abc"]
        most = 3 if method == "multiple" else 1
        poll_id = await group.given_poll(method=method, options=options, max_choices=most)

        await _vote_all(group, poll_id, choices)

        await group.seal(poll_id)
        result = await group.get(f"{poll_id}/result")
        assert result["outcome"]["winners"] == [winner]
        assert result["turnout"]["voted"] == 3
        assert result["adopted"] is True


async def test_an_objection_stops_consent_and_its_reason_is_heard(
    platform: Platform, operator: httpx.AsyncClient
) -> None:
    async with assembly(platform, operator, members=2) as group:
        poll_id = await group.given_poll(method="consent", options=[], ballot_mode="secret")
        objection: dict[str, Any] = {"stance": "objection", "reason": "The bakery starves."}

        await _vote_all(group, poll_id, [{"stance": "consent"}, objection])

        await group.seal(poll_id)
        result = await group.get(f"{poll_id}/result")
        assert result["outcome"]["objections"] == ["The bakery starves."]
        assert result["adopted"] is False


async def _vote_all(group: Assembly, poll_id: str, choices: list[dict[str, Any]]) -> None:
    for member, choice in zip(group.members, choices, strict=True):
        answer = await group.vote(member, poll_id, **choice)
        assert answer.status_code == 200, answer.text
