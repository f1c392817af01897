"""When ranks apply: seasons, kinds of day and hours, on the wall clock of Europe/Paris."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

import numpy as np

from libs.common.calendar import PARIS, public_holidays
from libs.common.day_kinds import DayKind, clock_spans
from services.allocation.domain.curves import BoolArray
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys.ranks import Ranks

DAY_MINUTES = 24 * 60
"""On a wall clock, which shows no more on a day of 25 hours."""

_WEEKDAY_OF_DAY_0 = 3  # 1 January 1970 was a Thursday; Monday is 0


@dataclass(frozen=True, eq=False)
class LocalTimes:
    """The date and wall-clock time at the start of each step: arrays of [step].

    month: 1 to 12; weekday: 1 (Monday) to 7; minute: since midnight on the wall clock, so that
    both hours called 02:00 in October are 120 to 179; holiday: whether it is a public holiday.
    """

    month: IntArray
    weekday: IntArray
    minute: IntArray
    holiday: BoolArray

    @classmethod
    def of(cls, starts_epoch_min: IntArray) -> Self:
        day, minute = np.divmod(starts_epoch_min + _offset_min(starts_epoch_min), DAY_MINUTES)
        months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return cls(
            month=months % 12 + 1,
            weekday=(day + _WEEKDAY_OF_DAY_0) % 7 + 1,
            minute=minute,
            holiday=np.isin(day, _holidays(years=np.unique(months // 12 + 1970).tolist())),
        )

    def are_of(self, kind: DayKind) -> BoolArray:
        """Whether each step starts on a day of this kind, [step]."""
        on_weekdays, on_holidays = (
            np.array([kind.includes_weekday(weekday, holiday=holiday) for weekday in range(1, 8)])
            for holiday in (False, True)
        )
        day_of_week = self.weekday - 1
        return np.where(self.holiday, on_holidays[day_of_week], on_weekdays[day_of_week])


def _offset_min(starts_epoch_min: IntArray) -> IntArray:
    """Return how far the clock in Paris is ahead of UTC, [step]; it changes on whole hours only."""
    hours, hour_of_step = np.unique(starts_epoch_min // 60, return_inverse=True)
    local_hours = [datetime.fromtimestamp(hour * 3600, PARIS) for hour in hours.tolist()]
    offsets = [
        (local_hour.utcoffset() or timedelta()) // timedelta(minutes=1)
        for local_hour in local_hours
    ]
    return np.array(offsets, dtype=np.int64)[hour_of_step]


def _holidays(*, years: Iterable[int]) -> list[int]:
    """Return them in days since 1970."""
    return [(day - date(1970, 1, 1)).days for year in years for day in public_holidays(year)]


@dataclass(frozen=True)
class ClockWindow:
    """Wall-clock times [start, end) in minutes since midnight; over midnight if the end is less."""

    start_min: int
    end_min: int

    def __post_init__(self) -> None:
        assert 0 <= self.start_min < DAY_MINUTES, "a window starts on the clock"
        assert 0 <= self.end_min <= DAY_MINUTES, "a window ends by midnight"
        assert self.start_min != self.end_min, "a window has a length"

    def covers(self, minute: IntArray) -> BoolArray:
        spans = clock_spans(self.start_min, self.end_min, day_length=DAY_MINUTES)
        return _any([(minute >= span.start) & (minute < span.stop) for span in spans])


@dataclass(frozen=True)
class CalendarCondition:
    """The steps that start in one of the months, days and hours; empty means any.

    Each condition looks at the start of the step alone: at 02:00 on a Saturday it is Saturday,
    though a window from 22:00 to 06:00 covers that time.
    """

    months: AbstractSet[int] = frozenset()
    days: AbstractSet[DayKind] = frozenset()
    hours: Sequence[ClockWindow] = ()

    def covers(self, times: LocalTimes) -> BoolArray:
        """Whether it applies to each step, [step]."""
        applies = np.ones(len(times.minute), dtype=np.bool_)
        if self.months:
            applies &= np.isin(times.month, list(self.months))
        if self.days:
            applies &= _any([times.are_of(kind) for kind in self.days])
        if self.hours:
            applies &= _any([window.covers(times.minute) for window in self.hours])
        return applies


@dataclass(frozen=True)
class RankSchedule:
    """The ranks of the steps that start in one of the months, days and hours; empty means any."""

    ranks: Ranks
    months: AbstractSet[int] = frozenset()
    days: AbstractSet[DayKind] = frozenset()
    hours: Sequence[ClockWindow] = ()

    def covers(self, times: LocalTimes) -> BoolArray:
        """Whether it applies to each step, [step]."""
        return CalendarCondition(self.months, self.days, self.hours).covers(times)


def _any(conditions: Sequence[BoolArray]) -> BoolArray:
    is_covered: BoolArray = np.logical_or.reduce(conditions, axis=0)
    return is_covered
