"""The result of a poll as bytes that anybody can make again from the ballots, and their hash."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypedDict
from uuid import UUID

from services.community.domain.polls.choices import Choice, ChoiceContent, Vote
from services.community.domain.polls.counting import count
from services.community.domain.polls.poll import Poll, Quorum, Turnout

_FORMAT = 1
"""The content's format: seals of earlier formats must be reproducible as they were."""


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """A voter's ballot, or a secret one with the hash of the voter's receipt."""

    member_id: UUID | None
    receipt_sha256: str | None
    weight: int
    choice: Choice


@dataclass(frozen=True)
class Seal:
    """content: canonical JSON, UTF-8."""

    content: bytes
    sha256: str
    adopted: bool


class _BallotContent(TypedDict):
    member_id: str | None
    receipt_sha256: str | None
    weight: int
    choice: ChoiceContent


def seal_result(poll: Poll, turnout: Turnout, ballots: Sequence[Ballot]) -> Seal:
    """Count the ballots, and put all deciding facts beside the result; order changes nothing."""
    votes = [Vote(ballot.choice, ballot.weight) for ballot in ballots]
    outcome = count(poll.method, poll.option_ids, votes)
    adopted = poll.is_adopted(outcome, turnout)
    outcome_content = {name: value for name, value in asdict(outcome).items() if value is not None}
    result = {
        "format": _FORMAT,
        "poll": _poll_content(poll),
        "turnout": asdict(turnout),
        "quorum_reached": turnout.reaches(poll.quorum),
        "adopted": adopted,
        "outcome": outcome_content,
        "ballots": _ballot_contents(ballots),
    }
    text = json.dumps(result, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    content = text.encode()
    return Seal(content, sha256(content).hexdigest(), adopted)


def _poll_content(poll: Poll) -> dict[str, object]:
    return {
        "id": str(poll.id),
        "operation_id": poll.operation_id,
        "question": poll.question,
        "description": poll.description,
        "method": str(poll.method),
        "options": [asdict(option) for option in poll.options],
        "max_choices": poll.max_choices,
        "ballot_mode": str(poll.ballot_mode),
        "weighting": str(poll.weighting),
        "opens_at": _instant(poll.opens_at),
        "closes_at": _instant(poll.closes_at),
        "quorum": poll.quorum and _quorum_content(poll.quorum),
        "max_proxies": poll.max_proxies,
        "key_id": poll.key_id and str(poll.key_id),
        "adopting_option": poll.adopting_option,
    }


def _quorum_content(quorum: Quorum) -> dict[str, str]:
    share = f"{quorum.share.numerator}/{quorum.share.denominator}"
    return {"share": share, "of": str(quorum.basis)}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _ballot_contents(ballots: Sequence[Ballot]) -> list[_BallotContent]:
    """Sort by voter, or by hash of the receipt, which is random: in neither case by time."""
    contents = [
        _BallotContent(
            member_id=str(ballot.member_id) if ballot.member_id else None,
            receipt_sha256=ballot.receipt_sha256,
            weight=ballot.weight,
            choice=ballot.choice.content,
        )
        for ballot in ballots
    ]
    return sorted(
        contents, key=lambda content: (content["member_id"] or "", content["receipt_sha256"] or "")
    )
