"""Majority judgement, worked by hand and against taking medians away one by one."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from services.community.domain.polls.choices import Choice, Grade, Vote
from services.community.domain.polls.judgement import count_judgement
from tests.community.domain.polls.voting import OPTIONS, graded, graded_votes, one_by_one

_G = Grade
_WORST_FIRST = list(reversed(Grade))


def test_the_best_median_wins() -> None:
    # school: good, good, passable: good. mill: excellent, passable, to_reject: passable.
    votes = [
        graded(school=_G.GOOD, mill=_G.EXCELLENT),
        graded(school=_G.GOOD, mill=_G.PASSABLE),
        graded(school=_G.PASSABLE, mill=_G.TO_REJECT),
    ]

    outcome = count_judgement(["mill", "school"], votes)

    assert outcome.medians == {"mill": "passable", "school": "good"}
    assert outcome.winners == ["school"]


def test_of_an_even_number_the_lower_median_counts() -> None:
    votes = [graded(a=_G.EXCELLENT, b=_G.GOOD), graded(a=_G.PASSABLE, b=_G.GOOD)]

    outcome = count_judgement(["a", "b"], votes)

    assert outcome.medians == {"a": "passable", "b": "good"}
    assert outcome.winners == ["b"]


def test_equal_medians_are_taken_away_until_they_differ() -> None:
    # a: passable, good, good, good, good. Its median is good, and without that one, good again.
    # b: passable, passable, good, very good, very good. Good, and then the lower of the two in the
    # middle: passable. So a wins at the second median, though b has the best grades.
    votes = [
        graded(a=_G.PASSABLE, b=_G.PASSABLE),
        graded(a=_G.GOOD, b=_G.PASSABLE),
        graded(a=_G.GOOD, b=_G.GOOD),
        graded(a=_G.GOOD, b=_G.VERY_GOOD),
        graded(a=_G.GOOD, b=_G.VERY_GOOD),
    ]

    outcome = count_judgement(["b", "a"], votes)

    assert outcome.medians == {"b": "good", "a": "good"}
    assert outcome.winners == ["a"]


def test_what_is_left_out_of_a_ballot_is_rejected_by_it() -> None:
    outcome = count_judgement(["a", "b"], [graded(a=_G.INSUFFICIENT)])

    assert outcome.medians == {"a": "insufficient", "b": "to_reject"}


def test_the_same_grades_are_a_tie() -> None:
    votes = [graded(a=_G.GOOD, b=_G.PASSABLE), graded(a=_G.PASSABLE, b=_G.GOOD)]

    assert count_judgement(["b", "a"], votes).winners == ["b", "a"]


def test_blank_ballots_grade_nothing() -> None:
    outcome = count_judgement(["a", "b"], [Vote(Choice())])

    assert outcome.winners == []
    assert outcome.medians == {}


def test_weights_of_a_billion_are_exact() -> None:
    # The median is good for both; one of the billions who hold a share decides.
    half = 10**9
    votes = [
        graded(half, a=_G.PASSABLE, b=_G.PASSABLE),
        graded(half, a=_G.GOOD, b=_G.GOOD),
        graded(1, a=_G.EXCELLENT, b=_G.GOOD),
    ]

    outcome = count_judgement(["a", "b"], votes)

    assert outcome.medians == {"a": "good", "b": "good"}
    assert outcome.winners == ["a"]


def _by_hand(option: str, votes: Sequence[Vote]) -> list[int]:
    """The medians that are taken away, one after the other."""
    grades = sorted(
        _WORST_FIRST.index(vote.choice.grades.get(option, Grade.TO_REJECT))
        for vote in one_by_one(votes)
    )
    return [grades.pop((len(grades) - 1) // 2) for _ in range(len(grades))]


@given(graded_votes())
def test_edges_tell_as_much_as_every_ballot(votes: list[Vote]) -> None:
    medians = {option: _by_hand(option, votes) for option in OPTIONS}
    best = max(medians.values())

    winners = [option for option in OPTIONS if votes and medians[option] == best]

    assert count_judgement(OPTIONS, votes).winners == winners


@given(graded_votes(), st.integers(1, 5))
def test_a_ballot_that_grades_only_a_winner_never_harms_it(votes: list[Vote], weight: int) -> None:
    for winner in count_judgement(OPTIONS, votes).winners:
        more = [*votes, Vote(Choice(grades={winner: Grade.EXCELLENT}), weight)]
        assert winner in count_judgement(OPTIONS, more).winners
