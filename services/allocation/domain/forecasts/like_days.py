"""The days of the past that a coming day is taken to be like."""

from datetime import date, timedelta
from functools import lru_cache

from libs.common.calendar import days_between, public_holidays

LIKE_DAYS = 8
"""Weeks to look back: fewer are noise, more are another season (docs/use/forecasts.md)."""

_YEAR = timedelta(weeks=52)
_SEASON = timedelta(weeks=4)
_WEEK = timedelta(weeks=1)
_READ = timedelta(weeks=12)
_SUNDAY = 7


def days_to_read(first_day: date, end: date) -> list[date]:
    """Return the days before ``end`` that may tell something of the month from ``first_day`` on.

    The latest twelve weeks, so that some days may lack readings, and the month of the year before
    with the weeks around it.
    """
    recent = days_between(end - _READ, end)
    last_year = days_between(first_day - _YEAR - _SEASON, first_day - _YEAR + 9 * _WEEK)
    return [day for day in sorted({*recent, *last_year}) if day < end]


def kind_of(day: date) -> int:
    """Return the day of the week, ISO; a public holiday is like a Sunday."""
    return _SUNDAY if day in public_holidays(day.year) else day.isoweekday()


@lru_cache(maxsize=10_000)
def like_days(day: date, past_days: tuple[date, ...]) -> tuple[date, ...]:
    """Return the latest days of the same kind, and those of the same weeks of the year before.

    past_days: in order. Where none is of the same kind, the latest of any: a point that has been
    metered for three days tells something.
    """
    same_kind = [past for past in past_days if kind_of(past) == kind_of(day)]
    return _recent_and_last_year(day, same_kind, LIKE_DAYS) or past_days[-LIKE_DAYS:]


@lru_cache(maxsize=10_000)
def sunny_days(day: date, past_days: tuple[date, ...]) -> tuple[date, ...]:
    """Return the days that tell what a plant makes: as for ``like_days``, of the whole week."""
    return _recent_and_last_year(day, past_days, _SEASON.days)


def _recent_and_last_year(
    day: date, past_days: list[date] | tuple[date, ...], count: int
) -> tuple[date, ...]:
    last_year = [past for past in past_days if abs(past - (day - _YEAR)) <= _SEASON]
    return tuple(sorted({*past_days[-count:], *last_year}))
