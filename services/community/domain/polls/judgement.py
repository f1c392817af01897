"""Majority judgement: each ballot grades the options, and the best median grade wins.

Options with equal medians are compared again without one ballot of that grade each, and so on.
Source: M. Balinski and R. Laraki, Majority Judgment, 2010: the median is the lower one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from services.community.domain.polls.choices import Grade, Vote
from services.community.domain.polls.outcome import PollOutcome

_WORST_FIRST = tuple(reversed(Grade))


def count_judgement(options: Sequence[str], votes: Iterable[Vote]) -> PollOutcome:
    """A blank ballot grades nothing; in any other, an option left out has the worst grade."""
    graded = [vote for vote in votes if vote.choice.grades]
    grades = {option: dict.fromkeys(map(str, Grade), 0) for option in options}
    for vote in graded:
        for option in options:
            grades[option][vote.choice.grades.get(option, Grade.TO_REJECT)] += vote.weight
    total = sum(vote.weight for vote in graded)
    if total == 0:
        return PollOutcome(winners=[], grades=grades, medians={})
    # With ballots sorted from the worst grade: up to each end they have that grade or a worse one.
    ends = {
        option: list(accumulate(grades[option][grade] for grade in _WORST_FIRST))
        for option in options
    }
    places = _deciding_places(ends, total)
    keys = {option: [bisect_left(ends[option], place) for place in places] for option in options}
    best = max(keys.values())
    return PollOutcome(
        winners=[option for option in options if keys[option] == best],
        grades=grades,
        medians={option: str(_WORST_FIRST[keys[option][0]]) for option in options},
    )


def _deciding_places(ends: Mapping[str, Sequence[int]], total: int) -> list[int]:
    """Return the ballots whose grades decide, counted from the worst, in deciding order.

    Taking the median away again and again visits all ballots outwards from the middle. Where no
    option's grade changes, one ballot decides as much as a million, so only the edges are visited.
    """
    middle = (total + 1) // 2
    edges = {place for row in ends.values() for end in row for place in (end, end + 1)}
    inside = {place for place in edges | {middle} if 1 <= place <= total}
    return sorted(inside, key=lambda place: _turn(place, middle, total))


def _turn(place: int, middle: int, total: int) -> int:
    """Return how many medians are taken away before this one."""
    # Of an even number, the lower median goes first, which leaves an odd number with the upper one
    # in the middle; of an odd number, the middle goes first, then the lower one before the upper.
    below = 2 * (middle - place)
    above = 2 * (place - middle)
    if total % 2 == 0:
        return below if place <= middle else above - 1
    return above if place >= middle else below - 1
