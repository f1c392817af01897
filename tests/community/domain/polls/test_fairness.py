"""What holds for every method: all voters are alike, all options are, and weights are votes."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.community.domain.polls.choices import Choice, Method, Vote
from services.community.domain.polls.counting import count
from tests.community.domain.polls.voting import (
    OPTIONS,
    chosen_votes,
    graded_votes,
    one_by_one,
    ranked_votes,
)

_METHODS = (
    (Method.MULTIPLE, chosen_votes()),
    (Method.RANKED, ranked_votes()),
    (Method.MAJORITY_JUDGEMENT, graded_votes()),
)
_each_method = pytest.mark.parametrize(("method", "some_votes"), _METHODS)
Votes = st.SearchStrategy[list[Vote]]


@_each_method
@given(data=st.data())
def test_the_order_of_ballots_changes_nothing(
    method: Method, some_votes: Votes, data: st.DataObject
) -> None:
    votes = data.draw(some_votes)
    shuffled = data.draw(st.permutations(votes))

    assert count(method, OPTIONS, shuffled) == count(method, OPTIONS, votes)


@_each_method
@given(data=st.data())
def test_options_that_swap_names_swap_results(
    method: Method, some_votes: Votes, data: st.DataObject
) -> None:
    votes = data.draw(some_votes)
    names = dict(zip(OPTIONS, data.draw(st.permutations(OPTIONS)), strict=True))

    outcome = count(method, OPTIONS, [_renamed(vote, names) for vote in votes])

    before = count(method, OPTIONS, votes)
    assert sorted(outcome.winners) == sorted(names[option] for option in before.winners)


@_each_method
@given(data=st.data())
def test_the_order_of_options_changes_nothing(
    method: Method, some_votes: Votes, data: st.DataObject
) -> None:
    votes = data.draw(some_votes)
    order = data.draw(st.permutations(OPTIONS))

    outcome = count(method, order, votes)

    assert sorted(outcome.winners) == sorted(count(method, OPTIONS, votes).winners)


@_each_method
@given(data=st.data())
def test_a_weight_is_as_many_votes(method: Method, some_votes: Votes, data: st.DataObject) -> None:
    votes = data.draw(some_votes)

    assert count(method, OPTIONS, one_by_one(votes)) == count(method, OPTIONS, votes)


@_each_method
@given(data=st.data())
def test_blank_ballots_change_nothing(
    method: Method, some_votes: Votes, data: st.DataObject
) -> None:
    votes = data.draw(some_votes)

    assert count(method, OPTIONS, [*votes, Vote(Choice(), 7)]) == count(method, OPTIONS, votes)


@given(chosen_votes())
def test_a_vote_for_a_leading_option_keeps_it_leading(votes: list[Vote]) -> None:
    for winner in count(Method.MULTIPLE, OPTIONS, votes).winners:
        more = [*votes, Vote(Choice(options=[winner]))]
        assert count(Method.MULTIPLE, OPTIONS, more).winners == [winner]


def _renamed(vote: Vote, names: Mapping[str, str]) -> Vote:
    def rename(options: Sequence[str]) -> list[str]:
        return [names[option] for option in options]

    choice = vote.choice
    renamed = Choice(
        options=rename(choice.options),
        ranks=[rename(rank) for rank in choice.ranks],
        grades={names[option]: grade for option, grade in choice.grades.items()},
    )
    return Vote(renamed, vote.weight)
