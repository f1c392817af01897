"""Local days of Europe/Paris, which last 23, 24 or 25 hours, their instants, and holidays."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from libs.common.errors import Problem

PARIS = ZoneInfo("Europe/Paris")

YEARS = range(2000, 2200)
_FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_DAYS_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday


class MonthMalformed(Problem):
    status, slug, title = 422, "month-malformed", "A month is written YYYY-MM"
    example_detail = "1999-12 is not in the years 2000 to 2199."


def day_start(day: date) -> datetime:
    """The instant (UTC) at which a local day begins."""
    return datetime.combine(day, time(), tzinfo=PARIS).astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Start and end of a local day, UTC, half-open."""
    return day_start(day), day_start(day + timedelta(days=1))


@lru_cache(maxsize=1000)
def day_minutes(day: date) -> int:
    """1380, 1440 or 1500."""
    start, end = day_bounds(day)
    return int((end - start).total_seconds()) // 60


def steps_in_day(day: date, step_min: int) -> int:
    return day_minutes(day) // step_min


def step_starts(day: date, step_min: int) -> list[datetime]:
    """The start (UTC) of every step of a local day, in order."""
    start = day_start(day)
    return [start + timedelta(minutes=step_min * i) for i in range(steps_in_day(day, step_min))]


def local_day(instant: datetime) -> date:
    """Return the local day of an aware instant."""
    return instant.astimezone(PARIS).date()


def next_day_start(instant: datetime) -> datetime:
    """The instant (UTC) at which the next local day begins."""
    return day_start(local_day(instant) + timedelta(days=1))


@lru_cache(maxsize=1000)
def days_between(first: date, end: date) -> tuple[date, ...]:
    """The days of ``[first, end)``, in order."""
    # The same objects each time: drafting goes through the days of a month once for each document.
    return tuple(first + timedelta(days=i) for i in range((end - first).days))


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of all of France; Alsace-Moselle has two more, not here.

    Source: code du travail L3133-1; why not the package `holidays`: docs/adr/0059.
    """
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in _DAYS_AFTER_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED_HOLIDAYS})


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month of local days, written ``YYYY-MM``."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises MonthMalformed."""
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text, re.ASCII)
        if not match:
            raise MonthMalformed(f"{text!r} is not a month such as 2026-10.")
        if int(match[1]) not in YEARS:
            raise MonthMalformed(f"{text} is not in the years {YEARS.start} to {YEARS.stop - 1}.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month of a day."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next_first_day(self) -> date:
        """The day after its last day."""
        return self.first_day + timedelta(days=monthrange(self.year, self.month)[1])

    @property
    def days(self) -> list[date]:
        return list(_days_of_month(self.year, self.month))

    def earlier(self, months: int) -> Self:
        """Return the month this many months earlier."""
        number = self.year * 12 + self.month - 1 - months
        return type(self)(number // 12, number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def months_ago(now: datetime, months: int) -> datetime:
    """Return the instant (UTC) at which the month this many months before now begins."""
    return day_start(Month.of(local_day(now)).earlier(months).first_day)


@lru_cache(maxsize=1000)
def _days_of_month(year: int, month: int) -> tuple[date, ...]:
    return tuple(date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
