"""Local days of Europe/Paris, which last 23, 24 or 25 hours, and the instants they are made of."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from libs.common.errors import Problem

PARIS = ZoneInfo("Europe/Paris")


class MonthMalformed(Problem):
    status, slug, title = 422, "month-malformed", "A month is written YYYY-MM"


def day_start(day: date) -> datetime:
    """The instant (UTC) at which a local day begins."""
    return datetime.combine(day, time(), tzinfo=PARIS).astimezone(UTC)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Start and end of a local day, UTC, half-open."""
    return day_start(day), day_start(day + timedelta(days=1))


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
    """The local day that an aware instant falls on."""
    return instant.astimezone(PARIS).date()


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month of local days, written ``YYYY-MM``."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises MonthMalformed."""
        match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
        if not match or match[1] == "0000":
            raise MonthMalformed(f"{text!r} is not a month such as 2026-10.")
        return cls(int(match[1]), int(match[2]))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def days(self) -> list[date]:
        return [
            date(self.year, self.month, day)
            for day in range(1, monthrange(self.year, self.month)[1] + 1)
        ]

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"
