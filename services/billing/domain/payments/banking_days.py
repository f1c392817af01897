"""Days on which banks settle payments in euro."""

from datetime import date, timedelta
from typing import ClassVar

from dateutil.easter import easter

from libs.common.errors import Problem

_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (12, 25), (12, 26))
_DAYS_FROM_EASTER = (-2, 1)  # Good Friday, Easter Monday


class NotABankingDay(Problem):
    status, slug, title = 409, "not-a-banking-day", "Banks settle nothing on this day"
    example_detail = "2026-11-21 is no banking day: take 2026-11-23."
    example_facts: ClassVar = {"next_banking_day": "2026-11-23"}


def is_banking_day(day: date) -> bool:
    """Monday to Friday without New Year, Good Friday, Easter Monday, 1 May, 25 and 26 December.

    Source: TARGET's calendar, guideline ECB/2012/27, annex V.
    """
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    return (day - easter(day.year)).days not in _DAYS_FROM_EASTER


def next_banking_day(day: date) -> date:
    """The day itself if banks settle on it, else the next day on which they do."""
    while not is_banking_day(day):
        day += timedelta(days=1)
    return day


def check_banking_day(day: date) -> None:
    """Raises NotABankingDay."""
    if not is_banking_day(day):
        next_day = next_banking_day(day)
        raise NotABankingDay(
            f"{day} is no banking day: take {next_day}.", next_banking_day=next_day.isoformat()
        )
