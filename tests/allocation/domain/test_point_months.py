"""A month of a point: natures of steps, sums, and the hours at which plants produce."""

from datetime import date

import numpy as np
import pytest

from libs.common.calendar import Month, steps_in_day
from libs.common.ids import Prm
from services.allocation.domain.curves import Curve, starts_of_day
from services.allocation.domain.days import DayStatus
from services.allocation.domain.point_months import (
    PointDay,
    mean_by_hour,
    months_until,
    taken_of_producers,
    totals_of,
)

DAY, SPRING, AUTUMN = date(2026, 10, 12), date(2026, 3, 29), date(2026, 10, 25)
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


@pytest.mark.parametrize("step_min", [10, 15, 30, 60])
def test_hours_are_those_of_the_clock_in_paris(step_min: int) -> None:
    starts = starts_of_day(DAY, step_min)
    made = np.where((starts - starts[0]) // 60 == 13, 600 * step_min, 0)

    means = mean_by_hour([(DAY, made)])

    assert means == [36_000 if hour == 13 else 0 for hour in range(24)]


def test_an_hour_that_comes_twice_counts_twice_and_one_that_is_left_out_not_at_all() -> None:
    days = [
        (day, np.full(steps_in_day(day, 30), power * 30))
        for day, power in ((SPRING, 300), (AUTUMN, 600))
    ]

    means = mean_by_hour(days)

    assert means is not None
    assert means[1] == (300 + 600) * 60 / 2
    assert means[2] == (600 + 600) * 60 / 2  # on the day of 25 hours alone
    assert means[3] == means[1]


def test_means_are_rounded_half_up() -> None:
    energies = [np.eye(1, 24, 0, dtype=np.int64)[0] * energy for energy in (1, 2)]

    assert mean_by_hour([(DAY, one) for one in energies]) == [2] + [0] * 23
    assert mean_by_hour([]) is None
