from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.invoices.usage import PointUsage, Usage, hours_of, plants_of, usage_of
from services.billing.domain.prices.half_hours import DetailedPair, add_by_hour
from services.billing.domain.prices.sales import Participation, SettledPoint

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
    sold = energies.items()

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


def line(consumer: Prm, energy_wmin: int, first_day: int = 1) -> InvoiceLine:
    day = date(2026, 10, first_day)
    return InvoiceLine(ROOF, consumer, day, date(2026, 11, 1), energy_wmin, "", "0.1", "0.2", 0)


def hours(**by_hour: int) -> list[int]:
    return [by_hour.get(f"h{hour}", 0) for hour in range(24)]


def test_half_hours_are_added_up_by_the_hour_and_unknown_days_leave_a_pair_out() -> None:
    detailed_pair = DetailedPair(ROOF, HOME, [25, 0], [[3, 4, 5], [1]])
    idle = DetailedPair(ROOF, BARN, [0, 0], [[], []])
    unknown = DetailedPair(BARN, HOME, [25, None], [[3], [9]])

    energies = {pair[:2]: pair.by_hour_wmin for pair in add_by_hour([detailed_pair, idle, unknown])}

    assert energies == {(ROOF, HOME): hours(h0=1, h12=3, h13=9), (ROOF, BARN): hours()}


def test_an_invoice_shows_the_hours_of_all_that_it_bills() -> None:
    of_month = {(ROOF, HOME): hours(h12=70, h13=30), (ROOF, BARN): hours(h12=5)}
    lines = [line(HOME, 60), line(HOME, 40, first_day=16), line(BARN, 5)]

    assert hours_of(lines, {Month(2026, 10): of_month}) == hours(h12=75, h13=30)


def test_hours_are_not_shown_where_a_line_bills_a_part_of_a_pair() -> None:
    of_month = {(ROOF, HOME): hours(h12=70, h13=30)}

    for lines in ([line(HOME, 60)], [line(HOME, 100), line(BARN, 1)], [line(HOME, -100)], []):
        assert hours_of(lines, {Month(2026, 10): of_month}) == []
