"""Ranked ballots: duels between all pairs of options, decided by Schulze's beat paths.

Why not instant run-off: when two options are last together, whom it removes decides who wins, and
more support can make an option lose. Here no option is removed, a tie is told as one, raising the
winner on a ballot never harms it, and an option that beats each other one to one wins.
Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method, 2011; strength by winning votes.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations, product

from services.community.domain.polls.choices import Choice, Vote
from services.community.domain.polls.outcome import Outcome

Duels = dict[str, dict[str, int]]


def count_duels(options: Sequence[str], votes: Iterable[Vote]) -> Outcome:
    """The options whose strongest path to each other one is at least as strong as the way back."""
    duels = _duels(options, votes)
    if not any(weight for row in duels.values() for weight in row.values()):
        return Outcome(winners=[], duels=duels)
    paths = _strongest_paths(options, duels)
    winners = [
        one
        for one in options
        if all(paths[one][other] >= paths[other][one] for other in options if other != one)
    ]
    return Outcome(winners=winners, duels=duels)


def _duels(options: Sequence[str], votes: Iterable[Vote]) -> Duels:
    duels = {one: {other: 0 for other in options if other != one} for one in options}
    for vote in votes:
        places = _places(options, vote.choice)
        for one, other in permutations(options, 2):
            if places[one] < places[other]:
                duels[one][other] += vote.weight
    return duels


def _places(options: Sequence[str], choice: Choice) -> dict[str, int]:
    """The rank of each option; those that are not named share the last."""
    places = dict.fromkeys(options, len(choice.ranks))
    for place, rank in enumerate(choice.ranks):
        places.update(dict.fromkeys(rank, place))
    return places


def _strongest_paths(options: Sequence[str], duels: Duels) -> Duels:
    """Of a path its weakest victory counts; Floyd and Warshall's way to find the strongest."""
    paths = {
        one: {
            other: weight if weight > duels[other][one] else 0
            for other, weight in duels[one].items()
        }
        for one in options
    }
    for middle, (one, other) in product(options, permutations(options, 2)):
        if middle not in (one, other):
            through = min(paths[one][middle], paths[middle][other])
            paths[one][other] = max(paths[one][other], through)
    return paths
