"""Polls that make sense, their phases, rolls, quorums, and the bytes of a seal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import OperationId
from services.community.domain.polls.choices import Choice, Method
from services.community.domain.polls.outcome import PollOutcome
from services.community.domain.polls.poll import (
    BallotMode,
    Option,
    Poll,
    PollPhase,
    PollState,
    Quorum,
    QuorumOf,
    Turnout,
    Weighting,
)
from services.community.domain.polls.problems import PollUnfit, RollUnfit
from services.community.domain.polls.roll import make_roll
from services.community.domain.polls.seal import Ballot, seal_result

_FROM, _TO = datetime(2026, 11, 20, 18, tzinfo=UTC), datetime(2026, 11, 27, 18, tzinfo=UTC)
_POLL = Poll(
    id=UUID(int=1),
    operation_id=OperationId("ACC00000101"),
    question="Shall the school come first at noon?",
    description="",
    method=Method.SIMPLE,
    options=[Option("for", "For"), Option("against", "Against")],
    max_choices=1,
    ballot_mode=BallotMode.OPEN,
    weighting=Weighting.ONE_EACH,
    opens_at=_FROM,
    closes_at=_TO,
    quorum=None,
    max_proxies=0,
    key_id=None,
    adopting_option=None,
)
_DAY = date(2026, 11, 20)
_ANNA, _BRUNO = UUID(int=7), UUID(int=8)


@pytest.mark.parametrize(
    "changes",
    [
        {"closes_at": _FROM},
        {"ballot_mode": BallotMode.SECRET, "weighting": Weighting.GIVEN},
        {"quorum": Quorum(Fraction(3, 2), QuorumOf.MEMBERS)},
        {"options": [Option("for", "For")]},
        {"options": [Option("for", "For"), Option("for", "Twice")]},
        {"method": Method.CONSENT},
        {"method": Method.MULTIPLE, "max_choices": 3},
        {"max_choices": 2},
        {"adopting_option": "perhaps"},
        {"key_id": UUID(int=2)},
    ],
)
def test_a_poll_that_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(PollUnfit):
        replace(_POLL, **changes)  # type: ignore[arg-type]


def test_the_phase_of_an_open_poll_follows_the_clock() -> None:
    second = timedelta(seconds=1)
    phases = [_POLL.phase(PollState.OPEN, at) for at in (_FROM - second, _FROM, _TO - second, _TO)]

    assert phases == [PollPhase.ANNOUNCED, PollPhase.OPEN, PollPhase.OPEN, PollPhase.COUNTING]
    assert _POLL.phase(PollState.DRAFT, _FROM) == PollPhase.DRAFT


def test_the_roll_has_a_vote_for_each_or_the_weights_given() -> None:
    assert _roll(Weighting.ONE_EACH, [_ANNA, _BRUNO], {}) == {_ANNA: 1, _BRUNO: 1}
    weights = {_ANNA: 3, _BRUNO: 0}
    assert _roll(Weighting.GIVEN, [_ANNA, _BRUNO], weights) == {_ANNA: 3}


def test_a_roll_by_shares_has_the_participants_who_hold_any() -> None:
    held = {_ANNA: 5, uuid4(): 9}
    roll = _roll(Weighting.CAPITAL_SHARES, [_ANNA, _BRUNO], {}, capital_shares=held)

    assert roll == {_ANNA: 5}
    with pytest.raises(RollUnfit):
        _roll(Weighting.CAPITAL_SHARES, [_BRUNO], {}, capital_shares=held)


def _roll(
    weighting: Weighting,
    participants: list[UUID],
    weights: dict[UUID, int],
    *,
    capital_shares: Mapping[UUID, int] = MappingProxyType({}),
) -> dict[UUID, int]:
    return make_roll(weighting, participants, weights, capital_shares=capital_shares, day=_DAY)


@pytest.mark.parametrize(
    ("weighting", "weights"),
    [
        (Weighting.ONE_EACH, {_ANNA: 2}),
        (Weighting.CAPITAL_SHARES, {_ANNA: 2}),
        (Weighting.GIVEN, {}),
        (Weighting.GIVEN, {_ANNA: 0}),
        (Weighting.GIVEN, {_ANNA: 1, _BRUNO: 1}),
    ],
)
def test_a_roll_that_is_not_that_of_the_participants_is_refused(
    weighting: Weighting, weights: dict[UUID, int]
) -> None:
    with pytest.raises(RollUnfit):
        _roll(weighting, [_ANNA], weights)


def test_a_quorum_is_exact_and_of_members_or_of_weight() -> None:
    turnout = Turnout(voters=9, voted=3, weight_total=100, weight_voted=33)
    third = Fraction(1, 3)

    assert turnout.reaches(Quorum(third, QuorumOf.MEMBERS))
    assert not turnout.reaches(Quorum(third, QuorumOf.WEIGHT))
    assert turnout.reaches(None)
    heavy_few = Turnout(voters=9, voted=2, weight_total=100, weight_voted=34)
    assert heavy_few.reaches(Quorum(third, QuorumOf.WEIGHT))
    assert not heavy_few.reaches(Quorum(third, QuorumOf.MEMBERS))


def test_what_carries_is_the_adopting_option_alone() -> None:
    turnout = Turnout(2, 2, 2, 2)
    poll = replace(_POLL, adopting_option="for")

    def adopted(*winners: str) -> bool:
        return poll.is_adopted(PollOutcome(winners=winners), turnout)

    assert adopted("for")
    assert not adopted("against")
    assert not adopted("for", "against")
    assert not adopted()
    assert _POLL.is_adopted(PollOutcome(winners=["against"]), turnout)


def _ballot(number: int, *options: str) -> Ballot:
    receipt = sha256(bytes([number])).hexdigest()
    return Ballot(member_id=None, receipt_sha256=receipt, weight=1, choice=Choice(options=options))


def test_a_seal_is_the_hash_of_bytes_that_anybody_can_read() -> None:
    ballots = [_ballot(1, "for"), _ballot(2, "for"), _ballot(3)]

    seal = seal_result(_POLL, Turnout(4, 3, 4, 3), ballots)

    assert seal.sha256 == sha256(seal.content).hexdigest()
    assert seal.adopted
    assert b'"outcome":{"votes":{"against":0,"for":2},"winners":["for"]}' in seal.content
    assert b'"opens_at":"2026-11-20T18:00:00Z"' in seal.content


@given(st.permutations([_ballot(1, "for"), _ballot(2, "against"), _ballot(3, "for")]))
def test_the_order_of_ballots_is_not_in_the_seal(ballots: Sequence[Ballot]) -> None:
    turnout = Turnout(3, 3, 3, 3)

    seal = seal_result(_POLL, turnout, ballots)

    in_order = sorted(ballots, key=lambda ballot: ballot.receipt_sha256 or "")
    assert seal == seal_result(_POLL, turnout, in_order)


def test_another_ballot_is_another_seal() -> None:
    turnout = Turnout(3, 1, 3, 1)

    assert seal_result(_POLL, turnout, [_ballot(1, "for")]) != seal_result(
        _POLL, turnout, [_ballot(1, "against")]
    )
