"""Days on which banks settle payments in euro."""

from datetime import date, timedelta

from libs.common.calendar import public_holidays

_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (12, 25), (12, 26))


def is_banking_day(day: date) -> bool:
    """Monday to Friday without New Year, Good Friday, Easter Monday, 1 May, 25 and 26 December.

    Source: TARGET's calendar, guideline ECB/2012/27, annex V.
    """
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    return day not in _easter_days(day.year)


def next_banking_day(day: date) -> date:
    """The day itself, or the first one after it on which banks settle."""
    while not is_banking_day(day):
        day += timedelta(days=1)
    return day


def _easter_days(year: int) -> set[date]:
    """Good Friday and Easter Monday; the latter is the only French holiday on such a Monday."""
    mondays = {
        day
        for day in public_holidays(year)
        if day.weekday() == 0 and date(year, 3, 23) <= day <= date(year, 4, 26)
    }
    # 8 May and Whit Monday come later in the year; no fixed holiday lies in that month.
    easter_monday = min(mondays)
    return {easter_monday, easter_monday - timedelta(days=3)}
