"""Of whose plants a member may see what they make."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.perimeter import Participation, Perimeter
from services.allocation.domain.plants import is_production_visible, visible_plants

ROOF, BARN = Prm("99000000000001"), Prm("99000000000002")
OWNER, OTHER, VIEWER = uuid4(), uuid4(), uuid4()
DAY = date(2026, 10, 12)


def _plant(owner: UUID, power_w: int | None, prm: Prm = ROOF) -> Participation:
    return Participation(prm, Direction.PRODUCTION, owner, date(2026, 1, 1), power_limit_w=power_w)


def _perimeter(*plants: Participation) -> Perimeter:
    return Perimeter(OperationId("ACC00000101"), 1, "Soleils", uuid4(), 30, list(plants))


def _prms(*numbers: int) -> set[Prm]:
    return {Prm(f"990000000000{number:02}") for number in numbers}


_OWNERS = sorted(uuid4() for _ in range(9))


def _small(number: int, *, until: date | None = None) -> Participation:
    """The plant of the so manieth member who came."""
    (prm,) = _prms(number)
    began = date(2026, 1, number)
    owner = _OWNERS[number - 1]
    return Participation(prm, Direction.PRODUCTION, owner, began, until, power_limit_w=9000)


def _told(*plants: Participation, viewer: UUID = VIEWER, day: date = DAY) -> set[Prm]:
    return {plant.prm for plant in visible_plants(_perimeter(*plants), day, viewer)}


@pytest.mark.parametrize(
    ("plants", "is_told"),
    [
        ([], True),
        ([_plant(VIEWER, None)], True),
        ([_plant(OWNER, 36_000)], True),
        ([_plant(OWNER, 20_000), _plant(OWNER, 16_000, BARN)], True),
        ([_plant(OWNER, 35_999)], False),
        ([_plant(OWNER, None)], False),
        ([_plant(OWNER, 9000), _plant(OTHER, 9000, BARN)], False),
        ([_plant(OWNER, 9000), _plant(OWNER, 9000, BARN)], False),
        ([_small(number) for number in (1, 2, 3)], False),
        ([_small(number) for number in (1, 2, 3, 4)], True),
    ],
)
def test_the_production_of_few_households_is_not_told(
    plants: Sequence[Participation], *, is_told: bool
) -> None:
    assert _told(*plants) == ({plant.prm for plant in plants} if is_told else set())
    assert is_production_visible(_perimeter(*plants), DAY, VIEWER) == is_told


def test_own_and_large_plants_are_told_without_the_small_ones_of_others() -> None:
    plants = [_plant(OTHER, 100_000), _plant(OWNER, 9000, BARN)]

    assert _told(*plants) == {ROOF}
    assert _told(*plants, viewer=OWNER) == {ROOF, BARN}
    assert not is_production_visible(_perimeter(*plants), DAY, VIEWER)
    assert is_production_visible(_perimeter(*plants), DAY, OWNER)


def test_a_plant_in_the_place_of_another_makes_no_large_owner() -> None:
    until = date(2026, 5, 1)
    before = replace(_plant(OWNER, 20_000), valid_to=until)
    after = replace(_plant(OWNER, 20_000, BARN), valid_from=until)

    assert not _told(before, after)


def test_who_grows_or_shrinks_leaves_the_fours_as_they_are() -> None:
    fours = [_small(number) for number in range(1, 9)]
    (added,) = _prms(11)
    grown = replace(fours[0], prm=added, valid_from=date(2026, 5, 1), power_limit_w=40_000)
    shrunk = [
        replace(_plant(OWNER, 40_000), valid_from=date(2025, 1, 1), valid_to=date(2026, 5, 1)),
        replace(_plant(OWNER, 6000, BARN), valid_from=date(2026, 5, 1)),
    ]

    assert _told(*fours) == _prms(*range(1, 9))
    assert _told(*fours, grown) == _prms(*range(1, 9), 11)
    assert _told(*fours, *shrunk) == _prms(*range(1, 9))
    assert _told(*fours[:7], grown) == _prms(1, 2, 3, 4, 11)


def test_who_comes_or_leaves_changes_a_sum_by_a_four() -> None:
    leaving = DAY + timedelta(days=1)
    plants = [_small(1, until=leaving), *(_small(number) for number in range(2, 9))]

    assert _told(*plants[:7]) == _prms(1, 2, 3, 4)
    assert _told(*plants) == _prms(*range(1, 9))
    assert _told(*plants, day=leaving) == _prms(5, 6, 7, 8)


@given(
    ends=st.lists(st.none() | st.integers(0, 5), min_size=1, max_size=9),
    days=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_no_two_days_differ_by_fewer_than_four_households(
    ends: list[int | None], days: tuple[int, int]
) -> None:
    plants = [
        _small(number, until=None if end is None else DAY + timedelta(days=end))
        for number, end in enumerate(ends, start=1)
    ]
    roof = _plant(OTHER, 100_000, Prm("99000000000099"))

    prms, other = (_told(roof, *plants, day=DAY + timedelta(days=day)) for day in days)

    assert len(prms ^ other) % 4 == 0
    assert len(prms - {roof.prm}) % 4 == 0
