"""Most votes: for the one option of each ballot, or for all those it names."""

from collections.abc import Iterable, Sequence

from services.community.domain.polls.choices import Vote
from services.community.domain.polls.outcome import PollOutcome


def count_plurality(options: Sequence[str], votes: Iterable[Vote]) -> PollOutcome:
    """Each option named gets the ballot's whole weight; equal sums are tied."""
    weights = dict.fromkeys(options, 0)
    for vote in votes:
        for option in vote.choice.options:
            weights[option] += vote.weight
    most = max(weights.values(), default=0)
    winners = [option for option in options if weights[option] == most > 0]
    return PollOutcome(winners=winners, votes=weights)
