"""Most votes, worked by hand."""

from services.community.domain.polls.plurality import count_plurality
from tests.community.domain.polls.voting import chosen


def test_the_option_with_most_votes_wins() -> None:
    votes = [chosen("for"), chosen("for"), chosen("against")]

    outcome = count_plurality(["for", "against"], votes)

    assert outcome.votes == {"for": 2, "against": 1}
    assert outcome.winners == ["for"]


def test_a_ballot_of_several_options_counts_whole_for_each() -> None:
    votes = [chosen("a", "b"), chosen("b", "c"), chosen("c", "b")]

    outcome = count_plurality(["a", "b", "c"], votes)

    assert outcome.votes == {"a": 1, "b": 3, "c": 2}
    assert outcome.winners == ["b"]


def test_weights_count_and_a_tie_is_told_as_one() -> None:
    votes = [chosen("a", weight=3), chosen("b"), chosen("b", weight=2), chosen("c")]

    outcome = count_plurality(["c", "b", "a"], votes)

    assert outcome.winners == ["b", "a"]


def test_blank_ballots_elect_nobody() -> None:
    outcome = count_plurality(["a", "b"], [chosen(), chosen()])

    assert outcome.votes == {"a": 0, "b": 0}
    assert outcome.winners == []
