"""Ranks, and what of them a viewer is told where few take part."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.community.domain.challenges.standing import Entrant, rank, view

_LEAST = 10


def _entrants(
    count: int, *, members: int | None = None, shown: bool = True
) -> tuple[list[Entrant], UUID]:
    """And the first one's member, who has one point."""
    people = [uuid4() for _ in range(members or count)]
    owners = [people[0], *(people[1 + i % (len(people) - 1)] for i in range(count - 1))]
    entrants = [
        Entrant(Prm(f"99{i:012}"), owner, f"N{i}" if shown else None, 10 * i)
        for i, owner in enumerate(owners)
    ]
    return entrants, people[0]


def test_equal_efforts_have_one_rank_and_who_is_not_shown_has_none() -> None:
    member = uuid4()
    rows = [("A", 50), ("B", 90), ("C", 90), (None, 70), ("D", None), ("E", -20)]
    entrants = [
        Entrant(Prm(f"99{i:012}"), member, name, effort) for i, (name, effort) in enumerate(rows)
    ]

    assert [(place.rank, place.entrant.shown_as) for place in rank(entrants)] == [
        (1, "B"),
        (1, "C"),
        (3, "A"),
        (4, "E"),
    ]


def test_the_others_are_told_from_ten_points_of_three_members_on() -> None:
    few, viewer = _entrants(10)
    enough, also = _entrants(11)
    of_two, third = _entrants(11, members=3)

    assert [place.entrant.shown_as for place in view(few, viewer, least_points=_LEAST).ranking] == [
        "N0"
    ]
    assert view(few, viewer, least_points=_LEAST).is_ranking_withheld
    assert len(view(enough, also, least_points=_LEAST).ranking) == 11
    assert view(of_two, third, least_points=_LEAST).is_ranking_withheld


def test_who_runs_the_operation_has_no_own_points_and_sees_no_more() -> None:
    nine, _ = _entrants(9)

    standing = view(nine, None, least_points=_LEAST)

    assert (standing.ranking, standing.is_ranking_withheld, standing.is_group_withheld) == (
        [],
        True,
        True,
    )


def test_the_group_is_withheld_where_it_would_tell_the_one_who_is_not_shown() -> None:
    entrants, viewer = _entrants(12)
    hidden = [*entrants[:-1], Entrant(entrants[-1].prm, uuid4(), None, 500)]

    assert not view(entrants, viewer, least_points=_LEAST).is_group_withheld
    assert view(hidden, viewer, least_points=_LEAST).is_group_withheld


def test_alone_one_sees_ones_own() -> None:
    entrant, viewer = _entrants(1, members=2)

    standing = view(entrant, viewer, least_points=_LEAST)

    assert (len(standing.ranking), standing.is_group_withheld) == (1, False)


@given(
    shown=st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=30),
    least=st.integers(3, 12),
)
def test_nobody_is_ever_left_with_a_few_others(shown: list[tuple[bool, int]], least: int) -> None:
    people = [uuid4() for _ in range(9)]
    entrants = [
        Entrant(Prm(f"99{i:012}"), people[who], f"N{i}" if is_shown else None, i)
        for i, (is_shown, who) in enumerate(shown)
    ]

    standing = view(entrants, people[0], least_points=least)

    seen = {place.entrant for place in standing.ranking}
    others = {entrant for entrant in seen if entrant.member_id != people[0]}
    hidden = {entrant for entrant in entrants if entrant.member_id != people[0]} - seen
    assert {
        entrant for entrant in entrants if entrant.member_id == people[0] and entrant.shown_as
    } <= seen
    for about in (others, set() if standing.is_group_withheld else hidden):
        assert not about or len(about) >= least
        assert not about or len({entrant.member_id for entrant in about}) >= 3
