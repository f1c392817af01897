"""Ranked ballots: duels between all pairs of options, decided by Schulze's beat paths.

Why not instant run-off: when two options tie for last place, the choice of which to remove decides
the winner, and more support can make an option lose. Here no option is removed, a tie is shown as
one, raising the winner on a ballot never harms it, and an option that beats each other one to one
wins.
Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method, 2011; strength by winning votes.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations, product

from services.community.domain.polls.choices import Choice, Vote
from services.community.domain.polls.outcome import PollOutcome

Duels = dict[str, dict[str, int]]


def count_duels(options: Sequence[str], votes: Iterable[Vote]) -> PollOutcome:
    """Winners have a path to each other option at least as strong as the way back."""
    duels = _duels(options, votes)
    if not any(weight for row in duels.values() for weight in row.values()):
        return PollOutcome(winners=[], duels=duels)
    paths = _strongest_paths(options, duels)
    winners = [
        option
        for option in options
        if all(paths[option][rival] >= paths[rival][option] for rival in options if rival != option)
    ]
    return PollOutcome(winners=winners, duels=duels)


def _duels(options: Sequence[str], votes: Iterable[Vote]) -> Duels:
    duels = {option: {rival: 0 for rival in options if rival != option} for option in options}
    for vote in votes:
        places = _places(options, vote.choice)
        for option, rival in permutations(options, 2):
            if places[option] < places[rival]:
                duels[option][rival] += vote.weight
    return duels


def _places(options: Sequence[str], choice: Choice) -> dict[str, int]:
    """Return the rank of each option; those not named share the last."""
    places = dict.fromkeys(options, len(choice.ranks))
    for place, rank in enumerate(choice.ranks):
        places.update(dict.fromkeys(rank, place))
    return places


def _strongest_paths(options: Sequence[str], duels: Duels) -> Duels:
    """A path is as strong as its weakest victory; the strongest is Floyd and Warshall's."""
    paths = {
        option: {
            rival: weight if weight > duels[rival][option] else 0
            for rival, weight in duels[option].items()
        }
        for option in options
    }
    for middle, (option, rival) in product(options, permutations(options, 2)):
        if middle not in (option, rival):
            through = min(paths[option][middle], paths[middle][rival])
            paths[option][rival] = max(paths[option][rival], through)
    return paths
