"""The rules of one perimeter, on plain values."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, Prm
from services.community.domain.members.perimeter import Participation, merge
from services.community.domain.problems import (
    ParticipationOverlap,
    ParticipationRepeated,
    ValidityEmpty,
)

_FIRST = date(2026, 1, 1)
_MEMBER = UUID(int=1)


def _participation(prm: str, start: int, end: int | None) -> Participation:
    return Participation(
        prm=Prm(prm),
        direction=Direction.CONSUMPTION,
        member_id=_MEMBER,
        valid_from=_FIRST + timedelta(days=start),
        valid_to=None if end is None else _FIRST + timedelta(days=end),
    )


def _shared_days(participation: Participation, other: Participation) -> set[int]:
    """Counts days one by one, to check the comparison of ends."""
    days = []
    for each in (participation, other):
        start = (each.valid_from - _FIRST).days
        end = 100 if each.valid_to is None else (each.valid_to - _FIRST).days
        days.append(set(range(start, end)))
    return days[0] & days[1] if participation.prm == other.prm else set()


_participations = st.builds(
    lambda prm, start, length: _participation(prm, start, length and start + length),
    st.sampled_from(["99000000000001", "99000000000002"]),
    st.integers(0, 20),
    st.none() | st.integers(1, 10),
)


def test_a_participation_that_ends_on_its_first_day_is_refused() -> None:
    with pytest.raises(ValidityEmpty):
        _participation("99000000000001", 3, 3)


@given(_participations, _participations)
def test_two_participations_overlap_when_they_share_a_day(
    participation: Participation, other: Participation
) -> None:
    assert participation.overlaps(other) == bool(_shared_days(participation, other))
    assert participation.overlaps(other) == other.overlaps(participation)


@given(st.lists(_participations, max_size=6, unique_by=lambda participation: participation.key))
def test_a_perimeter_is_refused_when_any_two_of_it_overlap(
    changes: Sequence[Participation],
) -> None:
    overlapping = any(change.overlaps(other) for change, other in combinations(changes, 2))
    try:
        perimeter = merge([], changes)
    except ParticipationOverlap:
        assert overlapping
    else:
        assert not overlapping
        assert perimeter == merge([], list(reversed(changes)))
        assert perimeter == merge(perimeter, changes)


def test_a_change_replaces_the_participation_with_its_point_and_first_day() -> None:
    open_ended = _participation("99000000000001", 0, None)
    ended = _participation("99000000000001", 0, 31)
    other = _participation("99000000000002", 0, None)

    assert merge([open_ended, other], [ended]) == [ended, other]


def test_one_participation_twice_in_a_change_is_refused() -> None:
    twice = _participation("99000000000001", 0, None)

    with pytest.raises(ParticipationRepeated):
        merge([], [twice, twice])
