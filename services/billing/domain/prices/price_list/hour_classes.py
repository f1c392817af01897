"""Hour classes, such as peak and off-peak: windows of local half-hours, by weekday and season."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from libs.common.calendar import public_holidays
from services.billing.domain.prices.price_list.problems import PriceListInvalid

HALF_HOURS = 48
"""The half-hours of a local day on the clock; October's repeated hour counts once."""

_LAST_WORKING_WEEKDAY = 5
_MONTHS = range(1, 13)
_WEEKDAYS = range(1, 8)


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


_WEEK = list(DayKind)[:7]


@dataclass(frozen=True)
class Hours:
    """Half-hours of the clock ``[start, end)``; over midnight if the end is not after the start."""

    start: int
    end: int

    def __post_init__(self) -> None:
        assert 0 <= self.start < HALF_HOURS
        assert 0 < self.end <= HALF_HOURS

    @property
    def covered(self) -> AbstractSet[int]:
        if self.start < self.end:
            return frozenset(range(self.start, self.end))
        return frozenset(range(HALF_HOURS)) - frozenset(range(self.end, self.start))

    @property
    def clock_times(self) -> tuple[str, str]:
        return _clock_time(self.start), _clock_time(self.end)


def _clock_time(half_hour: int) -> str:
    return f"{half_hour // 2:02}:{half_hour % 2 * 30:02}"


@dataclass(frozen=True)
class Window:
    """Half-hours that match months, kinds of day and hours; an empty condition matches any.

    Each half-hour belongs to its own day: 02:00 on a Saturday is Saturday, even if the hours run
    from 22:00 to 06:00.
    """

    months: tuple[int, ...] = ()
    days: tuple[DayKind, ...] = ()
    hours: tuple[Hours, ...] = ()

    @cached_property
    def covered_months(self) -> AbstractSet[int]:
        return frozenset(self.months or _MONTHS)

    @cached_property
    def covered_days(self) -> AbstractSet[tuple[int, bool]]:
        """Days of the week (1 to 7), and whether they are a public holiday."""
        everyday = frozenset((day, holiday) for day in _WEEKDAYS for holiday in (True, False))
        return frozenset(
            kind_of_day
            for kind_of_day in everyday
            if not self.days or any(_has_kind(kind, *kind_of_day) for kind in self.days)
        )

    @cached_property
    def covered_half_hours(self) -> AbstractSet[int]:
        if not self.hours:
            return frozenset(range(HALF_HOURS))
        return frozenset[int]().union(*(hours.covered for hours in self.hours))

    def covers_day(self, day: date) -> bool:
        kind = (day.isoweekday(), day in public_holidays(day.year))
        return day.month in self.covered_months and kind in self.covered_days


@dataclass(frozen=True)
class HourClass:
    """A name, as the invoice shows it, and the half-hours that have it."""

    name: str
    windows: tuple[Window, ...]


def check_disjoint(classes: Iterable[HourClass]) -> None:
    """Refuse a half-hour in two classes. Raises PriceListInvalid, with an example."""
    for earlier, later in combinations(classes, 2):
        for window in earlier.windows:
            for other_window in later.windows:
                _check_disjoint(earlier.name, window, later.name, other_window)


def _check_disjoint(name: str, window: Window, other_name: str, other_window: Window) -> None:
    months = window.covered_months & other_window.covered_months
    days = window.covered_days & other_window.covered_days
    half_hours = window.covered_half_hours & other_window.covered_half_hours
    if months and days and half_hours:
        weekday, holiday = min(days)
        raise PriceListInvalid(
            f"{_clock_time(min(half_hours))} on a {_WEEK[weekday - 1]} of month {min(months)}"
            f"{' that is a public holiday' * holiday} is in two hour classes, {name} and"
            f" {other_name}: each half-hour is in one at most."
        )


def _has_kind(kind: DayKind, weekday: int, holiday: bool) -> bool:  # noqa: FBT001 - a pair of a set
    match kind:
        case DayKind.HOLIDAY:
            return holiday
        case DayKind.WORKING_DAY:
            return weekday <= _LAST_WORKING_WEEKDAY and not holiday
        case _:
            return weekday == _WEEK.index(kind) + 1


def classes_of_day(classes: Sequence[HourClass], day: date) -> tuple[str | None, ...]:
    """The class of each half-hour of a local day; None for those in no class."""
    names: list[str | None] = [None] * HALF_HOURS
    for hour_class in classes:
        for window in hour_class.windows:
            if window.covers_day(day):
                for half_hour in window.covered_half_hours:
                    names[half_hour] = hour_class.name
    return tuple(names)
