"""Kinds of days, and hours over midnight."""

from datetime import date

import pytest

from libs.common.day_kinds import DayKind, clock_spans


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (date(2026, 7, 13), {DayKind.MON, DayKind.WORKING_DAY}),
        (date(2026, 7, 14), {DayKind.TUE, DayKind.HOLIDAY}),
        (date(2026, 7, 17), {DayKind.FRI, DayKind.WORKING_DAY}),
        (date(2026, 7, 18), {DayKind.SAT}),
        (date(2026, 8, 15), {DayKind.SAT, DayKind.HOLIDAY}),
        (date(2026, 7, 19), {DayKind.SUN}),
    ],
)
def test_a_day_is_of_its_weekday_and_a_holiday_or_a_working_day(
    day: date, kinds: set[DayKind]
) -> None:
    assert {kind for kind in DayKind if kind.includes(day)} == kinds


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        (12, 44, [range(12, 44)]),
        (44, 12, [range(12), range(44, 48)]),
        (44, 48, [range(44, 48)]),
        (44, 0, [range(0), range(44, 48)]),
    ],
)
def test_hours_go_over_midnight_if_they_do_not_end_after_their_start(
    start: int, end: int, spans: list[range]
) -> None:
    assert list(clock_spans(start, end, day_length=48)) == spans
