"""Notices in working days: Monday to Friday, without the public holidays of all of France."""

from datetime import date, timedelta
from functools import lru_cache

from libs.common.day_kinds import DayKind

_DAY = timedelta(days=1)


def earliest_start(declared_on: date, notice_working_days: int) -> date:
    """Return the first day on which something declared that day may begin.

    So many working days pass, the day of the declaration not counted; the last of them may be the
    day on which it begins.
    """
    day = declared_on
    for _ in range(notice_working_days):
        day = _next_working_day(day)
    return day


def latest_declaration(start: date, notice_working_days: int) -> date:
    """Return the last working day on which something that begins on ``start`` can be declared."""
    # One more than the notice: the day of the declaration itself does not count.
    day = start + _DAY
    for _ in range(notice_working_days + 1):
        day = _previous_working_day(day)
    return day


@lru_cache(maxsize=1000)
def working_day_of_month(first_day: date, number: int) -> date:
    """Return the nth working day of the month that begins on ``first_day``, counted from 1."""
    return earliest_start(first_day - _DAY, number)


def _next_working_day(day: date) -> date:
    day += _DAY
    while not DayKind.WORKING_DAY.includes(day):
        day += _DAY
    return day


def _previous_working_day(day: date) -> date:
    day -= _DAY
    while not DayKind.WORKING_DAY.includes(day):
        day -= _DAY
    return day
