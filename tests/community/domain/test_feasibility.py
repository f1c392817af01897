"""Distances, limits of law by day, and what a map tells."""

import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Direction, Prm
from services.community.domain.feasibility.distances import (
    coarse_circle,
    distance_m,
    find_farthest,
    hull,
)
from services.community.domain.feasibility.map import map_of
from services.community.domain.feasibility.perimeter import (
    Ground,
    Lack,
    LegalBasis,
    Location,
    PointSite,
    Policy,
    days_to_check,
    new_breaches,
)
from services.community.domain.feasibility.places import Coordinates
from services.community.domain.feasibility.reference import Basis, Zone, rule_on, rules
from services.community.domain.members.perimeter import Participation

DAY = date(2026, 6, 1)
MEMBER = UUID(int=1)
near = st.builds(
    Coordinates, st.floats(43.5, 43.7, allow_nan=False), st.floats(1.3, 1.6, allow_nan=False)
)


@given(st.lists(near, min_size=2, max_size=12))
def test_the_farthest_two_are_those_that_all_pairs_tell(places: list[Coordinates]) -> None:
    pair = find_farthest(places)

    expected = max(distance_m(place, other) for place, other in combinations(places, 2))
    assert pair is not None
    assert pair.distance_m == expected
    assert distance_m(places[pair.first], places[pair.second]) == expected


@given(
    st.lists(st.builds(Coordinates, st.floats(-60, 60), st.floats(-20, 20)), min_size=2, max_size=8)
)
def test_a_slip_of_a_coordinate_is_measured_too(places: list[Coordinates]) -> None:
    pair = find_farthest(places)

    assert pair is not None
    assert pair.distance_m == max(distance_m(a, b) for a, b in combinations(places, 2))


def test_mixed_up_coordinates_of_half_a_village_take_no_minutes() -> None:
    right = [Coordinates(43.6 + i / 10_000, 1.44 + i * i % 97 / 10_000) for i in range(250)]
    mixed_up = [Coordinates(place.longitude_deg, place.latitude_deg) for place in right]

    pair = find_farthest(right + mixed_up)

    assert pair is not None
    expected = max(distance_m(place, other) for place in right[-30:] for other in mixed_up[-30:])
    assert pair.distance_m == pytest.approx(expected, rel=1e-3)


def test_a_degree_of_latitude_is_as_long_as_tables_say() -> None:
    # From 45° to 46° of latitude on WGS 84: 111 141.5 m (tables of the ellipsoid, to 0.1 m).
    assert distance_m(Coordinates(45, 2), Coordinates(46, 2)) == pytest.approx(111_141.5, abs=0.5)


@given(st.lists(near, min_size=1, max_size=12))
def test_a_hull_has_nobody_outside(places: list[Coordinates]) -> None:
    ring = hull(places)

    assert set(ring) <= set(places)
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True) if len(ring) > 2 else ():
        for place in places:
            left = (b.longitude_deg - a.longitude_deg) * (place.latitude_deg - a.latitude_deg) - (
                b.latitude_deg - a.latitude_deg
            ) * (place.longitude_deg - a.longitude_deg)
            assert left >= -1e-12


@given(st.lists(near, min_size=1, max_size=12))
def test_a_coarse_circle_has_all_in_it(places: list[Coordinates]) -> None:
    circle = coarse_circle(places)

    assert all(distance_m(circle.centre, place) <= circle.radius_m for place in places)
    assert circle.radius_m % 1000 == 0


def test_rules_of_one_case_follow_one_another_without_a_gap() -> None:
    for basis in Basis:
        for zone in Zone:
            rows = [rule for rule in rules() if (rule.basis, rule.zone) == (basis, zone)]
            assert all(row.end == two.start for row, two in pairwise(rows))
            assert all(row.legal_reference for row in rows)


@pytest.mark.parametrize(
    ("basis", "zone", "day", "expected"),
    [
        (Basis.BUILDING, Zone.MAINLAND, DAY, (None, None)),
        (Basis.EXTENDED, Zone.MAINLAND, date(2025, 3, 5), (2000, 3000)),
        (Basis.EXTENDED, Zone.MAINLAND, date(2025, 3, 6), (2000, 5000)),
        (Basis.EXTENDED, Zone.NON_INTERCONNECTED, DAY, (2000, 500)),
        (Basis.DEROGATION_10_KM, Zone.MAINLAND, date(2023, 10, 8), (10_000, 3000)),
        (Basis.DEROGATION_20_KM, Zone.MAINLAND, DAY, (20_000, 5000)),
        (Basis.PUBLIC_BODIES, Zone.MAINLAND, DAY, (None, 10_000)),
    ],
)
def test_the_law_has_dates(
    basis: Basis, zone: Zone, day: date, expected: tuple[int | None, int | None]
) -> None:
    rule = rule_on(day, basis, zone)

    assert rule is not None
    assert (rule.max_distance_m, rule.below_kwc) == expected


def test_before_a_text_is_in_force_there_is_no_rule() -> None:
    assert rule_on(date(2025, 3, 5), Basis.PUBLIC_BODIES, Zone.MAINLAND) is None
    assert rule_on(DAY, Basis.DEROGATION_10_KM, Zone.NON_INTERCONNECTED) is None


def participation(prm: str, **changes: object) -> Participation:
    participation_of_one = Participation(
        prm=Prm(prm),
        direction=Direction.CONSUMPTION,
        member_id=MEMBER,
        valid_from=date(2026, 1, 1),
    )
    return replace(participation_of_one, **changes)  # type: ignore[arg-type]


def located(north_m: float, **changes: object) -> Location:
    place = Coordinates(43.6 + north_m / 111_100, 1.44)
    location = Location(place=place, source="surveyed", voltage="low", commune="99110")
    return replace(location, **changes)  # type: ignore[arg-type]


def ground(basis: LegalBasis | None, **sites: PointSite) -> Ground:
    return Ground(
        basis=basis,
        sites={Prm(prm.removeprefix("p")): site for prm, site in sites.items()},
        kinds={MEMBER: "household"},
    )


EXTENDED = LegalBasis(
    basis=Basis.EXTENDED,
    zone=Zone.MAINLAND,
    policy=Policy.REFUSE,
    decision=None,
    communes=frozenset(),
)


@pytest.mark.parametrize(("north_m", "lacks"), [(1990, []), (2010, [Lack.TOO_FAR])])
def test_two_kilometres_are_the_limit(north_m: float, lacks: list[Lack]) -> None:
    stands_on = ground(
        EXTENDED, p1=PointSite(located(0), None), p2=PointSite(located(north_m), None)
    )

    study = stands_on.study([participation("1"), participation("2")], DAY)

    assert [problem.lack for problem in study.problems] == lacks
    assert study.farthest == ["1", "2"]


@pytest.mark.parametrize(("power_w", "lacks"), [(4_999_999, []), (5_000_000, [Lack.TOO_POWERFUL])])
def test_the_power_has_to_be_below_its_limit(power_w: int, lacks: list[Lack]) -> None:
    stands_on = ground(EXTENDED, p1=PointSite(located(0), power_w), p2=PointSite(located(9), 9000))
    producer = participation("1", direction=Direction.PRODUCTION)

    study = stands_on.study([producer, participation("2")], DAY)

    assert [problem.lack for problem in study.problems] == lacks
    assert study.installed_kwc == Decimal(power_w) / 1000


def test_what_is_not_known_is_told_and_is_no_breach() -> None:
    stands_on = ground(
        None, p1=PointSite(None, None), p2=PointSite(located(0, voltage="medium"), 5)
    )

    study = stands_on.study(
        [participation("1", direction=Direction.PRODUCTION), participation("2")], DAY
    )

    assert {problem.lack for problem in study.problems} == {
        Lack.BASIS_UNKNOWN,
        Lack.PLACE_UNKNOWN,
        Lack.POWER_UNKNOWN,
        Lack.MEDIUM_VOLTAGE,
    }
    assert not any(problem.is_breach for problem in study.problems)
    assert study.distance_m is None


def test_a_derogation_is_for_its_communes_and_public_bodies_only_are_public() -> None:
    basis = replace(
        EXTENDED, basis=Basis.PUBLIC_BODIES, communes={"99110"}, decision="Arrêté du 3 mai"
    )
    stands_on = ground(
        basis,
        p1=PointSite(located(0), None),
        p2=PointSite(located(0, commune="99111"), None),
        p3=PointSite(located(0, commune=None), None),
    )

    study = stands_on.study([participation(prm) for prm in "123"], DAY)

    prms = {problem.lack: list(problem.prms) for problem in study.problems}
    assert prms == {
        Lack.OUTSIDE_COMMUNES: ["2"],
        Lack.COMMUNE_UNKNOWN: ["3"],
        Lack.NOT_PUBLIC: ["1", "2", "3"],
    }


def test_a_derogation_without_its_decision_is_told() -> None:
    stands_on = ground(
        replace(EXTENDED, basis=Basis.DEROGATION_20_KM), p1=PointSite(located(0), None)
    )

    (problem,) = stands_on.study([participation("1")], DAY).problems

    assert problem.lack is Lack.DECISION_UNKNOWN


def test_only_what_is_new_or_more_is_a_new_breach() -> None:
    stands_on = ground(
        EXTENDED,
        p1=PointSite(located(0), None),
        p2=PointSite(located(3000), None),
        p3=PointSite(located(1000), None),
        p4=PointSite(located(4000), None),
    )
    before = stands_on.study([participation("1"), participation("2")], DAY)
    between = stands_on.study([participation(prm) for prm in "123"], DAY)
    beyond = stands_on.study([participation(prm) for prm in "124"], DAY)

    assert new_breaches(before, between) == []
    assert [breach.lack for breach in new_breaches(before, beyond)] == [Lack.TOO_FAR]


def test_days_are_checked_on_which_somebody_begins_while_the_change_is_in_force() -> None:
    later = [participation(str(n), valid_from=DAY + timedelta(days=n)) for n in range(4)]
    change = replace(later[1], valid_to=DAY + timedelta(days=3))

    days = days_to_check([later[0], change, *later[2:]], [change])

    assert days == [DAY + timedelta(days=1), DAY + timedelta(days=2)]


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 9), st.integers(1, 9)), max_size=6),
    st.integers(1, 9),
)
def test_a_day_that_is_not_doubtful_keeps_all_limits(
    stays: list[tuple[int, int, int]], days: int
) -> None:
    sites = {f"p{n}": PointSite(located(metres), 400_000) for n, (metres, _, _) in enumerate(stays)}
    there = [
        replace(
            participation(
                str(n), valid_from=DAY + timedelta(days=first), direction=Direction.PRODUCTION
            ),
            valid_to=DAY + timedelta(days=first + length),
        )
        for n, (_, first, length) in enumerate(stays)
    ]
    stands_on, asked = ground(EXTENDED, **sites), [DAY + timedelta(days=n) for n in range(days)]

    doubtful = set(stands_on.doubtful_days(there, asked))

    for day in asked:
        if any(problem.is_breach for problem in stands_on.study(there, day).problems):
            assert day in doubtful
    together = [replace(participation, valid_from=DAY, valid_to=None) for participation in there]
    breaks = any(problem.is_breach for problem in stands_on.study(together, DAY).problems)
    assert doubtful == (set(asked) if breaks else set())


@pytest.mark.parametrize(("count", "corners"), [(2, 0), (10, 0), (11, 64)])
def test_a_member_gets_a_circle_around_ten_homes_of_others_only(count: int, corners: int) -> None:
    sites = {Prm(str(n)): PointSite(located(100 * n), None) for n in range(count)}
    everybody = [participation(prm, member_id=uuid4()) for prm in sites]

    map_shown = map_of(everybody, sites, DAY, only={Prm("0")}, least_points=10)

    assert [point.prm for point in map_shown.points] == ["0"]
    assert len(map_shown.ring) == corners
    assert not {site.location.place for site in sites.values() if site.location} & set(
        map_shown.ring
    )


def _ring_length(*, members: int, apart_m: float, from_own_m: float = 500) -> int:
    """Of what a member sees of ten points of others, the nearest so far from the own home."""
    sites = {Prm("own"): PointSite(located(0), None)} | {
        Prm(str(n)): PointSite(located(from_own_m + n * apart_m), None) for n in range(10)
    }
    others = [participation(str(n), member_id=UUID(int=100 + n % members)) for n in range(10)]
    everybody = [participation("own"), *others]
    return len(map_of(everybody, sites, DAY, only={Prm("own")}, least_points=10).ring)


@pytest.mark.parametrize(("members", "corners"), [(1, 0), (2, 0), (3, 64)])
def test_ten_homes_of_two_others_make_no_circle_for_a_member(members: int, corners: int) -> None:
    assert _ring_length(members=members, apart_m=100) == corners


def test_ten_meters_of_one_house_make_no_circle_for_a_member() -> None:
    assert _ring_length(members=10, apart_m=0) == 0
    assert _ring_length(members=10, apart_m=0.1) == 0


def test_neighbours_in_the_own_house_are_no_tenth_home_for_a_member() -> None:
    assert _ring_length(members=10, apart_m=100, from_own_m=1) == 0
    assert _ring_length(members=10, apart_m=100, from_own_m=100) == 64


def test_a_map_for_who_runs_the_operation_has_all_points_and_the_hull() -> None:
    sites = {Prm(str(n)): PointSite(located(100 * n), None) for n in range(3)}
    gone = participation("1", valid_to=DAY)

    map_shown = map_of(
        [participation("0"), gone, participation("2")], sites, DAY, only=None, least_points=10
    )

    assert [point.prm for point in map_shown.points] == ["0", "2"]
    assert len(map_shown.ring) == 2
    assert math.isclose(map_shown.ring[0].longitude_deg, 1.44)
