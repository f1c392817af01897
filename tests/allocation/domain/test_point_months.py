"""A month of a point: natures of steps, sums, and the hours at which plants produce."""

from datetime import date
from uuid import UUID, uuid4

import numpy as np
import pytest

from libs.common.calendar import Month, steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Curve
from services.allocation.domain.days import DayStatus
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.months.point_months import (
    GroupMonth,
    MonthTotals,
    Place,
    PointDay,
    is_group_visible,
    months_until,
    sun_tenths,
    taken_of_producers,
    totals_of,
)
from services.allocation.domain.perimeter import Participation, Perimeter

DAY, AUTUMN = date(2026, 10, 12), date(2026, 10, 25)
SEPTEMBER = Month(2026, 9)
ROOF, BARN = Prm("99000000000001"), Prm("99000000000002")


def _day(curve: Curve, *, status: DayStatus = DayStatus.ALLOCATED, **taken: int) -> PointDay:
    """taken: power of a plant in each step, watts."""
    plants = {"roof": ROOF, "barn": BARN}
    steps = len(curve.energy_wmin)
    return PointDay(
        DAY,
        status,
        30,
        curve,
        {plants[name]: np.full(steps, power * 30) for name, power in taken.items()},
    )


def test_each_step_has_the_letter_of_what_it_is() -> None:
    curve = Curve.of_power([100, 100, None, 100], 30, estimated_steps=[1])
    coarse = Curve(
        curve.energy_wmin, curve.missing, curve.estimated, np.array([True, True, False, False])
    )

    assert _day(curve).nature == "me-m"
    assert _day(coarse).nature == "re-m"
    assert _day(Curve.of_power([100] * 4, 30)).nature is None


def test_sums_are_of_allocated_days_alone() -> None:
    curve = Curve.of_power([100] * 48, 30)
    days = [
        _day(curve, roof=40, barn=20),
        _day(curve, roof=10),
        _day(curve, status=DayStatus.NO_KEY),
    ]

    totals = totals_of(days)

    assert totals.days_allocated == 2
    assert totals.consumption_wmin == 2 * 100 * 1440
    assert totals.shared_wmin == 70 * 1440
    assert totals.coverage == 0.35
    assert taken_of_producers(days) == {ROOF: 50 * 1440, BARN: 20 * 1440}


def test_of_nothing_there_is_no_coverage() -> None:
    assert totals_of([]).coverage is None


@pytest.mark.parametrize(("first", "months"), [(date(2026, 9, 30), 3), (date(2026, 11, 29), 1)])
def test_months_go_to_todays(first: date, months: int) -> None:
    assert len(months_until(first, date(2026, 11, 29))) == months
    assert months_until(first, date(2026, 11, 29))[-1] == Month(2026, 11)


def test_a_participation_that_begins_later_has_no_month_yet() -> None:
    assert months_until(date(2027, 1, 1), date(2026, 11, 29)) == []


def _sunny(day: date, *, hour: int, power_w: int, step_min: int = 30) -> tuple[date, IntArray]:
    """A day with sun in the so manieth hour after midnight alone."""
    per_hour = 60 // step_min
    made = np.zeros(steps_in_day(day, step_min), dtype=np.int64)
    made[hour * per_hour : (hour + 1) * per_hour] = power_w * step_min
    return day, made


@pytest.mark.parametrize("step_min", [10, 15, 30, 60])
def test_hours_are_those_of_the_clock_in_paris(step_min: int) -> None:
    days = [_sunny(day, hour=13, power_w=600, step_min=step_min) for day in SEPTEMBER.days]

    assert sun_tenths(days) == [10 if hour == 13 else 0 for hour in range(24)]


def test_an_hour_that_comes_twice_counts_twice() -> None:
    # Six hours after midnight it is 5 o'clock on the day of 25 hours.
    days = [
        _sunny(day, hour=6 if day == AUTUMN else 5, power_w=600) for day in Month.of(AUTUMN).days
    ]

    assert sun_tenths(days) == [10 if hour == 5 else 0 for hour in range(24)]


def test_tenths_are_rounded_half_up() -> None:
    days = [
        (day, _sunny(day, hour=12, power_w=1000)[1] + _sunny(day, hour=11, power_w=power_w)[1])
        for day in SEPTEMBER.days
        for power_w in [250]
    ]

    tenths = sun_tenths(days)

    assert tenths is not None
    assert (tenths[11], tenths[12]) == (3, 10)  # a quarter: half-even would say 2


@pytest.mark.parametrize("power_w", [1, 1000])
def test_how_much_was_made_is_not_told(power_w: int) -> None:
    days = [_sunny(day, hour=13, power_w=power_w) for day in SEPTEMBER.days]

    assert sun_tenths(days) == [10 if hour == 13 else 0 for hour in range(24)]


def test_few_days_or_no_sun_tell_nothing() -> None:
    few = [_sunny(day, hour=13, power_w=600) for day in SEPTEMBER.days[:19]]
    dark = [_sunny(day, hour=13, power_w=0) for day in SEPTEMBER.days]

    assert sun_tenths(few) is None
    assert sun_tenths(dark) is None


@pytest.mark.parametrize(
    ("own_wmin", "place"),
    [(36, Place.ABOVE), (35, Place.ABOUT), (30, Place.ABOUT), (25, Place.ABOUT), (24, Place.BELOW)],
)
def test_five_points_around_the_middle_are_about_it(own_wmin: int, place: Place) -> None:
    group = GroupMonth(consumption_wmin=1000, shared_wmin=400, middle=0.30)

    assert group.place_of(MonthTotals(31, 100, own_wmin)) == place


def test_the_coverage_of_all_is_told_in_hundredths() -> None:
    assert GroupMonth(8000, 3400, 0.3).coverage == 0.43  # 0.425
    assert GroupMonth().coverage is None


def test_who_used_nothing_has_no_place() -> None:
    assert GroupMonth(1000, 400, 0.3).place_of(MonthTotals(31, 0, 0)) is None
    assert GroupMonth().place_of(MonthTotals(31, 100, 30)) is None


ANNA = uuid4()
_OWNERS = [uuid4() for _ in range(3)]


def _group(*, since: date, others: int, owners: list[UUID] = _OWNERS) -> Perimeter:
    """Anna's home and those of others, of which the last comes on a day."""
    days = [*[SEPTEMBER.first_day] * others, since]
    members = [ANNA, *(owners[number % len(owners)] for number in range(others))]
    return Perimeter(
        operation_id=OperationId("ACC00000101"),
        revision=1,
        name="Bourg",
        organiser_id=ANNA,
        step_min=30,
        participations=[
            Participation(Prm(f"990000000{number:05}"), Direction.CONSUMPTION, member, day)
            for number, (member, day) in enumerate(zip(members, days, strict=True))
        ],
    )


def test_the_group_is_told_where_enough_others_take_part_on_each_day() -> None:
    first, later = SEPTEMBER.first_day, date(2026, 9, 20)

    def is_told(perimeter: Perimeter, days: list[date] = SEPTEMBER.days) -> bool:
        return is_group_visible(perimeter, days, ANNA, least_points=10)

    assert is_told(_group(since=first, others=10))
    assert not is_told(_group(since=first, others=9))
    assert not is_told(_group(since=later, others=10))
    assert is_told(_group(since=later, others=10), [day for day in SEPTEMBER.days if day >= later])
    assert not is_told(_group(since=first, others=10, owners=_OWNERS[:2]))
    assert is_told(_group(since=first, others=0))
    assert is_told(_group(since=first, others=9), [])
