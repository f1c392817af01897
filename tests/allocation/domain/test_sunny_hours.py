"""When plants are likely to produce: medians by hour, and whom they may be told."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from libs.common.calendar import PARIS, steps_in_day
from libs.common.ids import Direction, OperationId, Prm
from services.allocation.domain.curves import Block
from services.allocation.domain.months.sunny_hours import (
    NoHistory,
    ProductionPrivate,
    days_to_compare,
    expect,
    require_visible_plants,
)
from services.allocation.domain.perimeter import Participation, Perimeter

ROOF, BARN = Prm("99000000000001"), Prm("99000000000002")
OWNER, OTHER, VIEWER = uuid4(), uuid4(), uuid4()
DAY = date(2026, 10, 12)


def _sun(day: date, power_w: int, *, at_utc: int = 11, step_min: int = 30) -> list[Block]:
    """One hour of sun in a dark day."""
    offset_h = 1 if steps_in_day(day, 60) == 24 and day.month in {11, 12, 1, 2, 3} else 2
    powers: list[int | None] = [0] * steps_in_day(day, step_min)
    first = (at_utc + offset_h) * 60 // step_min
    for step in range(first, first + 60 // step_min):
        powers[step] = power_w
    return [Block(step_min, powers)]


def test_the_weeks_before_and_those_of_last_year_are_compared() -> None:
    days = days_to_compare(DAY)

    assert len(days) == len(set(days)) == 42
    assert (days[0], days[20]) == (date(2025, 10, 3), date(2025, 10, 23))
    assert (days[21], days[-1]) == (date(2026, 9, 21), date(2026, 10, 11))
    assert date(2025, 10, 13).weekday() == DAY.weekday()


def test_an_hour_is_expected_to_be_as_its_median() -> None:
    powers = [1000, 5000, 3000, 0, 4000]
    history = {
        DAY - timedelta(days=i): {ROOF: _sun(DAY - timedelta(days=i), power)}
        for i, power in enumerate(powers, start=1)
    }

    outlook = expect(DAY, [ROOF], history)

    hours = {hour.start.hour: hour for hour in outlook.hours}
    assert (hours[11].expected_wmin, hours[11].is_sunny) == (3000 * 60, True)
    assert (hours[10].expected_wmin, hours[10].is_sunny) == (0, False)
    assert len(outlook.days_compared) == 5


def test_the_medians_of_all_plants_are_added_and_who_has_none_is_told() -> None:
    yesterday = DAY - timedelta(days=1)
    history = {yesterday: {ROOF: _sun(yesterday, 1000), BARN: _sun(yesterday, 500, step_min=60)}}

    outlook = expect(DAY, [ROOF, BARN, Prm("99000000000003")], history)

    assert max(hour.expected_wmin for hour in outlook.hours) == 1500 * 60
    assert (outlook.plants, outlook.plants_without) == (2, 1)


def test_the_sun_does_not_change_its_clock() -> None:
    before, after = date(2026, 10, 20), date(2026, 10, 27)  # it is changed on the 25th
    history = {before: {ROOF: _sun(before, 1000)}}

    outlook = expect(after, [ROOF], history)

    (sunny,) = [hour.start for hour in outlook.hours if hour.is_sunny]
    assert sunny.astimezone(PARIS).hour == 12  # it was 13 on the 20th


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_has_its_own_hours(day: date, hours: int) -> None:
    yesterday = day - timedelta(days=1)

    outlook = expect(day, [ROOF], {yesterday: {ROOF: _sun(yesterday, 1000)}})

    assert len(outlook.hours) == hours


def test_what_was_missing_or_estimated_does_not_count() -> None:
    days = [DAY - timedelta(days=i) for i in (1, 2)]
    power: list[int | None] = [900] * 24
    guessed = Block(60, power, list(range(24)))
    history = {days[0]: {ROOF: [guessed]}, days[1]: {ROOF: [Block(60, [None] * 24)]}}

    with pytest.raises(NoHistory):
        expect(DAY, [ROOF], history)


def test_what_is_left_of_a_households_plant_alone_is_nothing() -> None:
    household = Participation(ROOF, Direction.PRODUCTION, uuid4(), DAY, None, power_limit_w=9000)
    perimeter = Perimeter(OperationId("ACC00000101"), 1, "Soleils", uuid4(), 30, [household])

    with pytest.raises(ProductionPrivate):
        require_visible_plants(perimeter, DAY, uuid4())
    assert require_visible_plants(perimeter, DAY, household.member_id) == [household]
    assert require_visible_plants(perimeter, DAY - timedelta(days=1), uuid4()) == []
