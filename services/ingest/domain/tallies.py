"""The numbers and days of things that a purge removes, of whatever kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from libs.common.calendar import local_day


@dataclass(frozen=True)
class Tally:
    """The things that a purge removed. first, last: the days of the oldest and the newest."""

    removed: int = 0
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, days: Iterable[date]) -> Self:
        removed_days = [*days]
        return cls(
            len(removed_days), min(removed_days, default=None), max(removed_days, default=None)
        )

    @classmethod
    def between(cls, count: int, first: datetime | None, last: datetime | None) -> Self:
        """Return a tally of instants, first and last, which are None if there is nothing."""
        return cls(count, first and local_day(first), last and local_day(last))
