"""Count ballots by the poll's method."""

from collections.abc import Sequence
from typing import assert_never

from services.community.domain.polls.choices import Method, Vote
from services.community.domain.polls.consent import count_consent
from services.community.domain.polls.duels import count_duels
from services.community.domain.polls.judgement import count_judgement
from services.community.domain.polls.outcome import PollOutcome
from services.community.domain.polls.plurality import count_plurality


def count(method: Method, options: Sequence[str], votes: Sequence[Vote]) -> PollOutcome:
    """Count in whole numbers; neither the order of votes nor that of options decides anything."""
    match method:
        case Method.SIMPLE | Method.MULTIPLE:
            return count_plurality(options, votes)
        case Method.RANKED:
            return count_duels(options, votes)
        case Method.CONSENT:
            return count_consent(votes)
        case Method.MAJORITY_JUDGEMENT:
            return count_judgement(options, votes)
        case _:
            assert_never(method)
