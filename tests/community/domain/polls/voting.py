"""Givens: votes in few words, and strategies for them."""

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from services.community.domain.polls.choices import Choice, Grade, Vote

OPTIONS = ("a", "b", "c", "d")
weights = st.integers(1, 5)
rankings = st.permutations(OPTIONS).flatmap(
    lambda order: st.lists(st.booleans(), min_size=3, max_size=3).map(
        lambda joined: grouped(order, joined)
    )
)
gradings = st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from(Grade), min_size=1)


def grouped(order: Sequence[str], joined: Sequence[bool]) -> list[list[str]]:
    """Ranks: each option joins the one before, or begins another rank."""
    ranks = [[order[0]]]
    for option, joins in zip(order[1:], joined, strict=True):
        if joins:
            ranks[-1].append(option)
        else:
            ranks.append([option])
    return ranks


def chosen(*options: str, weight: int = 1) -> Vote:
    return Vote(Choice(options=options), weight)


def ranked(text: str, weight: int = 1) -> Vote:
    """``a>b=c``: a before b and c."""
    return Vote(Choice(ranks=[rank.split("=") for rank in text.split(">")]), weight)


def graded(weight: int = 1, **grades: Grade) -> Vote:
    return Vote(Choice(grades=grades), weight)


def ranked_votes() -> st.SearchStrategy[list[Vote]]:
    votes = st.builds(lambda ranks, weight: Vote(Choice(ranks=ranks), weight), rankings, weights)
    return st.lists(votes, max_size=9)


def graded_votes() -> st.SearchStrategy[list[Vote]]:
    votes = st.builds(lambda given, weight: Vote(Choice(grades=given), weight), gradings, weights)
    return st.lists(votes, max_size=9)


def chosen_votes() -> st.SearchStrategy[list[Vote]]:
    some = st.sets(st.sampled_from(OPTIONS))
    votes = st.builds(
        lambda options, weight: Vote(Choice(options=sorted(options)), weight), some, weights
    )
    return st.lists(votes, max_size=9)


def one_by_one(votes: Iterable[Vote]) -> list[Vote]:
    """Votes of weight 1 that together weigh the same."""
    return [Vote(vote.choice) for vote in votes for _ in range(vote.weight)]
