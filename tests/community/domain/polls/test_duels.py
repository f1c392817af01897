"""Ranked ballots: Schulze's method, on examples worked by hand and as published."""

from hypothesis import given
from hypothesis import strategies as st

from services.community.domain.polls.choices import Choice, Vote
from services.community.domain.polls.duels import count_duels
from tests.community.domain.polls.voting import OPTIONS, ranked, ranked_votes


def test_who_beats_each_other_one_wins_without_most_first_places() -> None:
    # First places: a 4, b 3, c 2. But b beats a by 5 to 4 and c by 7 to 2.
    votes = [ranked("a>b>c", 4), ranked("b>c>a", 3), ranked("c>b>a", 2)]

    outcome = count_duels(["a", "b", "c"], votes)

    assert outcome.duels == {"a": {"b": 4, "c": 4}, "b": {"a": 5, "c": 7}, "c": {"a": 5, "b": 2}}
    assert outcome.winners == ["b"]


def test_a_circle_is_broken_at_its_weakest_victory() -> None:
    # a beats b by 6 to 3, b beats c by 7 to 2, c beats a by 5 to 4: the last is the weakest.
    # a to b: 6. Back, b>c>a: 5. a to c, over b: 6. Back: 5.
    votes = [ranked("a>b>c", 4), ranked("b>c>a", 3), ranked("c>a>b", 2)]

    outcome = count_duels(["a", "b", "c"], votes)

    assert outcome.winners == ["a"]


def test_the_example_of_schulze_has_his_winner() -> None:
    # 45 voters, five options: example 1 of his paper, won by e.
    votes = [
        ranked("a>c>b>e>d", 5),
        ranked("a>d>e>c>b", 5),
        ranked("b>e>d>a>c", 8),
        ranked("c>a>b>e>d", 3),
        ranked("c>a>e>b>d", 7),
        ranked("c>b>a>d>e", 2),
        ranked("d>c>e>b>a", 7),
        ranked("e>b>a>d>c", 8),
    ]

    outcome = count_duels(["a", "b", "c", "d", "e"], votes)

    assert outcome.duels is not None
    assert outcome.duels["a"] == {"b": 20, "c": 26, "d": 30, "e": 22}
    assert outcome.winners == ["e"]


def test_options_that_are_left_out_come_last_together() -> None:
    outcome = count_duels(["a", "b", "c"], [ranked("b")])

    assert outcome.duels == {"a": {"b": 0, "c": 0}, "b": {"a": 1, "c": 1}, "c": {"a": 0, "b": 0}}
    assert outcome.winners == ["b"]


def test_a_tie_is_told_and_leaves_who_lost_out() -> None:
    # b and c are equal against each other, and both beat a, which has most first places: here
    # instant run-off would first have to remove one of b and c, or both, and then elect a.
    votes = [ranked("a>b=c", 4), ranked("b>c>a", 3), ranked("c>b>a", 3)]

    outcome = count_duels(["a", "b", "c"], votes)

    assert outcome.winners == ["b", "c"]


def test_blank_ballots_elect_nobody() -> None:
    assert count_duels(["a", "b"], [Vote(Choice())]).winners == []


@given(ranked_votes())
def test_who_beats_each_other_one_to_one_wins_alone(votes: list[Vote]) -> None:
    outcome = count_duels(OPTIONS, votes)

    assert outcome.duels is not None
    duels = outcome.duels
    beats_all = [
        option
        for option in OPTIONS
        if all(duels[option][o] > duels[o][option] for o in duels[option])
    ]
    assert beats_all in ([], outcome.winners)


@given(ranked_votes(), st.integers(1, 5))
def test_a_ballot_for_a_winner_only_never_harms_it(votes: list[Vote], weight: int) -> None:
    for winner in count_duels(OPTIONS, votes).winners:
        more = [*votes, ranked(winner, weight)]
        assert winner in count_duels(OPTIONS, more).winners


@given(ranked_votes(), st.data())
def test_raising_a_winner_on_a_ballot_never_harms_it(
    votes: list[Vote], data: st.DataObject
) -> None:
    winners = count_duels(OPTIONS, votes).winners
    if not winners:
        return
    winner = data.draw(st.sampled_from(winners))
    place = data.draw(st.integers(0, len(votes) - 1))
    rest = [[o for o in rank if o != winner] for rank in votes[place].choice.ranks]
    raised = Choice(ranks=[[winner], *[rank for rank in rest if rank]])

    changed = [*votes[:place], Vote(raised, votes[place].weight), *votes[place + 1 :]]

    assert winner in count_duels(OPTIONS, changed).winners
