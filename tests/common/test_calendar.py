from datetime import UTC, date, datetime

import pytest

from libs.common.calendar import (
    Month,
    MonthMalformed,
    day_bounds,
    day_minutes,
    local_day,
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


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "0000-01", "26-01", "2026-10-01", ""])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(MonthMalformed):
        Month.parse(text)
