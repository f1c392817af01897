"""Consent: adopted unless somebody objects, with a reason."""

from collections.abc import Sequence

from services.community.domain.polls.choices import Stance, Vote
from services.community.domain.polls.outcome import PollOutcome


def count_consent(votes: Sequence[Vote]) -> PollOutcome:
    """Consent has no options, so there is no winner: see ``is_carried``."""
    stances = dict.fromkeys(map(str, Stance), 0)
    for vote in votes:
        if vote.choice.stance is not None:
            stances[vote.choice.stance] += vote.weight
    reasons = sorted(vote.choice.reason for vote in votes if vote.choice.reason is not None)
    return PollOutcome(winners=[], stances=stances, objections=reasons)


def is_carried(outcome: PollOutcome) -> bool:
    """Return whether somebody consents and nobody objects: silence of all is no consent."""
    assert outcome.stances is not None
    return not outcome.stances[Stance.OBJECTION] and outcome.stances[Stance.CONSENT] > 0
