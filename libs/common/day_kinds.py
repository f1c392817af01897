"""Kinds of days and hours of the wall clock, as prices and priorities name them."""

from datetime import date
from enum import StrEnum

from libs.common.calendar import public_holidays

_LAST_WORKING_WEEKDAY = 5


class DayKind(StrEnum):
    """A kind of day; mon to sun are days of the week, public holidays included."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"
    WORKING_DAY = "working_day"  # Monday to Friday, without public holidays
    HOLIDAY = "holiday"  # a public holiday, whatever the day of the week

    def includes(self, day: date) -> bool:
        return self.includes_weekday(day.isoweekday(), holiday=day in public_holidays(day.year))

    def includes_weekday(self, weekday: int, *, holiday: bool) -> bool:
        """Whether this kind includes such a day. weekday: ISO, 1 is Monday."""
        match self:
            case DayKind.HOLIDAY:
                return holiday
            case DayKind.WORKING_DAY:
                return weekday <= _LAST_WORKING_WEEKDAY and not holiday
            case _:
                return self is WEEK[weekday - 1]


WEEK = tuple(DayKind)[:7]
"""From Monday."""


def clock_spans(start: int, end: int, *, day_length: int) -> tuple[range, ...]:
    """The steps of a day's clock in ``[start, end)``: two ranges if they go over midnight.

    They do if the end is not after the start. day_length: the steps of a day, whatever their unit.
    """
    if start < end:
        return (range(start, end),)
    return range(end), range(start, day_length)
