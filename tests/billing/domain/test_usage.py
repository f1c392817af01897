from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.pricing import DayEnergy
from services.billing.domain.sales import Participation, SettledPoint
from services.billing.domain.usage import PointUsage, Usage, plants_of, usage_of

ANNA, BRUNO = uuid4(), uuid4()
ROOF, HOME, BARN = Prm("99000000000001"), Prm("99000000000002"), Prm("99000000000003")
DAYS = Month(2026, 10).days
ALWAYS, MOVED = date(2026, 1, 1), date(2026, 10, 12)
IN, OUT = Direction.CONSUMPTION, Direction.PRODUCTION

SETTLED = [
    SettledPoint(ROOF, OUT, 900, 500),
    SettledPoint(HOME, IN, 400, 100),
    SettledPoint(BARN, IN, 50, 20),
]


def usage(participations: list[Participation]) -> Usage:
    return usage_of(ANNA, [], DAYS, participations=participations, settled=SETTLED)


def test_a_customers_points_are_shown_with_all_that_they_used() -> None:
    both = [Participation(prm, IN, ANNA, ALWAYS) for prm in (HOME, BARN)]

    assert usage(both).points == [PointUsage(HOME, 400, 100), PointUsage(BARN, 50, 20)]


def test_what_a_point_used_under_another_member_is_shown_to_nobody() -> None:
    handed_over = [
        Participation(HOME, IN, ANNA, ALWAYS, MOVED),
        Participation(HOME, IN, BRUNO, MOVED),
        Participation(BARN, IN, ANNA, ALWAYS),
    ]

    assert usage(handed_over).points == []


def test_a_participation_in_two_parts_without_a_gap_is_of_the_whole_month() -> None:
    renewed = [Participation(HOME, IN, ANNA, ALWAYS, MOVED), Participation(HOME, IN, ANNA, MOVED)]

    assert usage(renewed).points == [PointUsage(HOME, 400, 100)]


def test_a_point_that_left_before_the_month_does_not_matter() -> None:
    left = [
        Participation(BARN, IN, ANNA, ALWAYS, DAYS[0]),
        Participation(HOME, IN, ANNA, ALWAYS),
    ]

    assert usage(left).points == [PointUsage(HOME, 400, 100)]


@given(st.dictionaries(st.sampled_from(DAYS), st.integers(-(10**6), 10**9)))
def test_the_days_of_the_picture_are_those_of_the_bill(energies: dict[date, int]) -> None:
    sold = [DayEnergy(ROOF, HOME, day, energy_wmin) for day, energy_wmin in energies.items()]

    supplied = usage_of(ANNA, sold, DAYS, participations=[], settled=[]).supplied_wmin

    assert len(supplied) == len(DAYS)
    assert sum(supplied) == sum(energies.values())


def test_a_plant_is_shown_to_who_had_it_all_month() -> None:
    always = [Participation(ROOF, OUT, ANNA, ALWAYS)]
    sold = [
        Participation(ROOF, OUT, ANNA, ALWAYS, MOVED),
        Participation(ROOF, OUT, BRUNO, MOVED),
    ]

    assert plants_of(ANNA, DAYS, always) == {ROOF}
    assert plants_of(ANNA, DAYS, sold) == set()
    assert plants_of(BRUNO, DAYS, always) == set()
