from datetime import UTC, date, datetime

import pytest

from libs.common.calendar import (
    Month,
    MonthMalformed,
    day_bounds,
    day_minutes,
    local_day,
    months_ago,
    public_holidays,
    step_starts,
)

MARCH_DAY, OCTOBER_DAY = date(2026, 3, 29), date(2026, 10, 25)


def test_a_day_of_23_hours_has_46_half_hours() -> None:
    assert day_minutes(MARCH_DAY) == 23 * 60
    assert len(step_starts(MARCH_DAY, 30)) == 46


def test_a_day_of_25_hours_has_100_quarter_hours() -> None:
    assert day_minutes(OCTOBER_DAY) == 25 * 60
    assert len(step_starts(OCTOBER_DAY, 15)) == 100


def test_a_local_day_begins_at_its_own_midnight() -> None:
    assert day_bounds(OCTOBER_DAY) == (
        datetime(2026, 10, 24, 22, tzinfo=UTC),
        datetime(2026, 10, 25, 23, tzinfo=UTC),
    )


def test_an_instant_falls_on_the_day_that_the_clock_in_paris_shows() -> None:
    assert local_day(datetime(2026, 10, 24, 22, tzinfo=UTC)) == OCTOBER_DAY
    assert local_day(datetime(2026, 10, 24, 21, 59, tzinfo=UTC)) == date(2026, 10, 24)


def test_a_month_knows_its_days() -> None:
    month = Month.parse("2024-02")
    assert str(month) == "2024-02"
    assert month.days[0] == date(2024, 2, 1)
    assert month.days[-1] == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["2026-13", "2026-1", "0000-01", "1999-12", "2200-01", "9999-12", "26-01", "2026-10-01", ""],
)
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(MonthMalformed):
        Month.parse(text)


def test_the_public_holidays_of_2026() -> None:
    days = [
        "01-01",
        "04-06",
        "05-01",
        "05-08",
        "05-14",
        "05-25",
        "07-14",
        "08-15",
        "11-01",
        "11-11",
    ]
    expected = {date.fromisoformat(f"2026-{day}") for day in [*days, "12-25"]}

    assert public_holidays(2026) == expected


@pytest.mark.parametrize(
    "easter_monday",
    [
        "1981-04-20",
        "2008-03-24",
        "2011-04-25",
        "2024-04-01",
        "2038-04-26",
        "2049-04-19",
        "1886-04-26",
    ],
)
def test_easter_monday_moves_from_march_to_the_end_of_april(easter_monday: str) -> None:
    # The earliest and the latest of our time, and the years of the tables' two corrections.
    day = date.fromisoformat(easter_monday)
    moving = {holiday for holiday in public_holidays(day.year) if holiday.month in {3, 4}}

    assert moving == {day}


@pytest.mark.parametrize("year", [2008, 2059])
def test_two_holidays_may_fall_on_one_day(year: int) -> None:
    # Ascension Day on 1 May 2008, on 8 May 2059.
    assert len(public_holidays(year)) == 10


@pytest.mark.parametrize(
    ("month", "day"), [("2026-02", date(2026, 3, 1)), ("2026-12", date(2027, 1, 1))]
)
def test_a_month_ends_before_the_first_day_of_the_next(month: str, day: date) -> None:
    assert Month.parse(month).next_first_day == day


def test_a_month_has_its_days_and_no_other() -> None:
    month = Month(2026, 2)
    assert {Month.of(day) for day in month.days} == {month}
    assert Month.of(month.next_first_day) == Month(2026, 3)


def test_months_ago_is_told_by_the_local_clock() -> None:
    new_year_in_paris = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert months_ago(new_year_in_paris, 5) == datetime(2026, 7, 31, 22, tzinfo=UTC)
