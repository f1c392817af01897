"""What may be told to the public of who takes part."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.distances import Circle, distance_m
from services.community.domain.feasibility.perimeter import Location, PointSite
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.feasibility.reference import Basis, Zone, rule_on
from services.community.domain.members.perimeter import Participation
from services.community.domain.members.registry import ProductionKind
from services.community.domain.requests.presentations import Within, outline_of, within_limit
from tests.community.domain.test_feasibility import DAY, near

_EXTENDED = rule_on(DAY, Basis.EXTENDED, Zone.MAINLAND)
_CENTRE = Coordinates(43.6, 1.44)


def _plant(number: int, owner: int) -> Participation:
    return Participation(
        prm=Prm(f"99{number:012}"),
        direction=Direction.PRODUCTION,
        member_id=UUID(int=owner),
        valid_from=DAY,
        valid_to=None,
    )


def _location(place: Coordinates) -> Location:
    return Location(place=place, source="surveyed", voltage="low", commune=None)


def _kwc(*plants: tuple[int, int | None]) -> Decimal | None:
    """Of plants by their owner and power."""
    there = [_plant(number, owner) for number, (owner, _) in enumerate(plants)]
    sites = {
        participation.prm: PointSite(None, power_w)
        for participation, (_, power_w) in zip(there, plants, strict=True)
    }
    return outline_of(there, sites, least_points=10).installed_kwc.get(None)


@pytest.mark.parametrize(
    ("plants", "kwc"),
    [
        ([], None),
        ([(1, 36_001)], Decimal("36.001")),
        ([(1, 36_000)], None),
        ([(1, 20_000), (1, 16_000)], None),
        ([(1, 9_000), (1, 9_000), (1, 9_000), (1, 9_000)], None),
        ([(1, 20_000), (1, 17_000)], Decimal(37)),
        ([(1, 3_000)], None),
        ([(1, 100_000), (2, 3_000)], None),
        ([(1, 3_000), (2, 3_000), (3, 3_000)], None),
        ([(1, 3_000), (2, 3_000), (3, 3_000), (4, 4_500)], None),
        ([(1, 9_000), (2, 9_000), (3, 9_000), (4, 9_500)], Decimal(36)),
        ([(1, 3_000), (2, 3_000), (3, 3_000), (4, 4_500), (5, 100_000)], Decimal(100)),
        ([(1, 100_000), (2, None)], None),
    ],
)
def test_small_plants_are_told_together_only(
    plants: list[tuple[int, int | None]], kwc: Decimal | None
) -> None:
    assert _kwc(*plants) == kwc


_small_w = st.integers(0, 36_000)


@given(st.lists(_small_w, min_size=4, max_size=12), _small_w, _small_w)
def test_two_days_never_tell_a_small_plant_by_their_difference(
    powers_w: list[int], came_w: int, large_w: int
) -> None:
    before = [(0, 50_000 + large_w), *enumerate(powers_w, start=1)]

    first, second = _kwc(*before), _kwc(*before, (99, came_w))

    assert first is not None
    assert second is not None
    assert second - first in {0, 36}


def test_each_kind_is_told_by_itself() -> None:
    there = [_plant(number, number) for number in range(3)]
    kinds: list[ProductionKind] = ["solar", "solar", "hydro"]
    sites = {
        participation.prm: PointSite(None, power_w, kind)
        for participation, power_w, kind in zip(there, (40_000, 60_000, 3_000), kinds, strict=True)
    }

    power_kwc = outline_of(there, sites, least_points=10).installed_kwc

    assert power_kwc == {"solar": Decimal(100), "hydro": None}


@pytest.mark.parametrize(
    ("points", "members", "member_count"), [(9, 9, None), (10, 2, None), (10, 3, 3), (12, 12, 12)]
)
def test_few_are_not_counted(points: int, members: int, member_count: int | None) -> None:
    there = [_plant(number, number % members) for number in range(points)]
    sites = {participation.prm: PointSite(None, 36_000) for participation in there}

    assert outline_of(there, sites, least_points=10).member_count == member_count


def _around(*, members: int, apart_deg: float) -> Circle | None:
    """Of ten points."""
    there = [_plant(number, number % members) for number in range(10)]
    sites = {
        participation.prm: PointSite(_location(Coordinates(43.6 + number * apart_deg, 1.44)), None)
        for number, participation in enumerate(there)
    }
    return outline_of(there, sites, least_points=10).around


def test_ten_meters_of_one_house_make_no_circle() -> None:
    assert _around(members=10, apart_deg=0) is None
    assert _around(members=10, apart_deg=0.000_001) is None


def test_ten_homes_of_two_members_make_no_circle() -> None:
    assert _around(members=2, apart_deg=0.001) is None
    assert _around(members=3, apart_deg=0.001) == Circle(_CENTRE, 1000)


def test_a_member_whose_place_is_not_known_makes_no_circle() -> None:
    there = [_plant(number, max(0, number - 9)) for number in range(12)]
    sites = {
        participation.prm: PointSite(
            _location(Coordinates(43.6 + number / 1000, 1.44)) if number < 10 else None, None
        )
        for number, participation in enumerate(there)
    }

    assert outline_of(there, sites, least_points=10).around is None


@given(near, near, st.integers(1, 5))
def test_a_yes_and_a_no_are_true_of_whatever_is_in_the_circle(
    place: Coordinates, home: Coordinates, radius_km: int
) -> None:
    around = Circle(_CENTRE, 1000.0 * radius_km)

    within = within_limit(place, around, _EXTENDED, are_all_located=True)

    if distance_m(home, _CENTRE) <= around.radius_m:
        is_near = distance_m(home, place) <= 2000
        assert within is Within.MAYBE or is_near == (within is Within.YES)


@pytest.mark.parametrize("basis", [None, Basis.BUILDING, Basis.PUBLIC_BODIES])
def test_what_no_distance_decides_is_left_to_the_organiser(basis: Basis | None) -> None:
    rule = rule_on(DAY, basis, Zone.MAINLAND) if basis else None

    for place in (_CENTRE, Coordinates(48.0, 1.44)):
        within = within_limit(place, Circle(_CENTRE, 1000), rule, are_all_located=True)
        assert within is Within.MAYBE


def test_a_place_that_is_not_known_or_told_makes_no_yes() -> None:
    around = Circle(_CENTRE, 1000)

    assert within_limit(_CENTRE, around, _EXTENDED, are_all_located=True) is Within.YES
    assert within_limit(_CENTRE, around, _EXTENDED, are_all_located=False) is Within.MAYBE
    assert within_limit(_CENTRE, None, _EXTENDED, are_all_located=True) is Within.MAYBE
