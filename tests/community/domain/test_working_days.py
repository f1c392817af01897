"""Notices in working days, across weekends and holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.day_kinds import DayKind
from services.community.domain.enrolments.working_days import (
    earliest_start,
    latest_declaration,
    working_day_of_month,
)

_DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("declared_on", "notice", "start"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 5, "2026-11-30"),  # over a weekend
        ("2026-11-28", 1, "2026-11-30"),  # from a Saturday
        ("2026-05-07", 1, "2026-05-11"),  # over 8 May, a Friday, and its weekend
        ("2026-12-24", 5, "2027-01-04"),  # Christmas and New Year's Day
        ("2026-04-02", 2, "2026-04-07"),  # Good Friday works here, Easter Monday does not
        ("2026-12-25", 1, "2026-12-28"),  # 26 December is a holiday in Alsace-Moselle only
    ],
)
def test_a_notice_counts_working_days_after_the_declaration(
    declared_on: str, notice: int, start: str
) -> None:
    assert earliest_start(date.fromisoformat(declared_on), notice) == date.fromisoformat(start)


def test_what_begins_after_a_holiday_is_declared_the_earlier() -> None:
    assert latest_declaration(date(2026, 5, 11), 1) == date(2026, 5, 7)
    assert latest_declaration(date(2027, 1, 4), 5) == date(2026, 12, 24)


@given(start=_DAYS, notice=st.integers(0, 60))
def test_the_latest_day_is_the_last_working_day_that_is_early_enough(
    start: date, notice: int
) -> None:
    latest = latest_declaration(start, notice)

    assert DayKind.WORKING_DAY.includes(latest)
    assert earliest_start(latest, notice) <= start
    later = [latest + timedelta(days=days) for days in range(1, (start - latest).days + 1)]
    assert not any(
        earliest_start(day, notice) <= start for day in later if DayKind.WORKING_DAY.includes(day)
    )


def test_the_working_days_of_a_month_are_counted_from_its_first() -> None:
    assert working_day_of_month(date(2026, 11, 1), 1) == date(2026, 11, 2)
    assert working_day_of_month(date(2026, 5, 1), 1) == date(2026, 5, 4)
