"""Hour classes, such as peak and off-peak: by windows of the clock, or by the DSO's classes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, combinations

from libs.common.calendar import public_holidays
from libs.common.day_kinds import WEEK, DayKind, clock_spans
from services.billing.domain.prices.price_list.problems import PriceListInvalid
from services.billing.domain.prices.price_list.tariff_classes import TariffClass, classes_in

HALF_HOURS = 48
"""The half-hours of a local day on the clock; October's repeated hour counts once."""

_MONTHS = range(1, 13)
_WEEKDAYS = range(1, 8)


@dataclass(frozen=True)
class HourSpan:
    """Half-hours of the clock ``[start, end)``; over midnight if the end is not after the start."""

    start: int
    end: int

    def __post_init__(self) -> None:
        assert 0 <= self.start < HALF_HOURS
        assert 0 < self.end <= HALF_HOURS

    @property
    def covered(self) -> AbstractSet[int]:
        return frozenset(chain(*clock_spans(self.start, self.end, day_length=HALF_HOURS)))

    @property
    def clock_times(self) -> tuple[str, str]:
        return _clock_time(self.start), _clock_time(self.end)


def _clock_time(half_hour: int) -> str:
    return f"{half_hour // 2:02}:{half_hour % 2 * 30:02}"


@dataclass(frozen=True)
class HourWindow:
    """Half-hours that match months, kinds of day and hours; an empty condition matches any.

    Each half-hour belongs to its own day: 02:00 on a Saturday is Saturday, even if the hours run
    from 22:00 to 06:00.
    """

    months: tuple[int, ...] = ()
    days: tuple[DayKind, ...] = ()
    hours: tuple[HourSpan, ...] = ()

    @cached_property
    def covered_months(self) -> AbstractSet[int]:
        return frozenset(self.months or _MONTHS)

    @cached_property
    def covered_days(self) -> AbstractSet[tuple[int, bool]]:
        """Days of the week (1 to 7), and whether they are a public holiday."""
        return frozenset(
            (weekday, holiday)
            for weekday in _WEEKDAYS
            for holiday in (True, False)
            if not self.days
            or any(kind.includes_weekday(weekday, holiday=holiday) for kind in self.days)
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
    """A name, as the invoice shows it, and what has it: half-hours, or the DSO's classes."""

    name: str
    windows: tuple[HourWindow, ...] = ()
    tariff_classes: tuple[TariffClass, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.windows) == bool(self.tariff_classes):
            raise PriceListInvalid(
                f"The hour class {self.name} needs windows or tariff_classes: one of the two."
            )


def check_disjoint(classes: Sequence[HourClass]) -> None:
    """Refuse a half-hour in two classes. Raises PriceListInvalid, with an example."""
    _check_tariff_classes(classes)
    for earlier, later in combinations(classes, 2):
        for window in earlier.windows:
            for other_window in later.windows:
                _check_disjoint(earlier.name, window, later.name, other_window)


def _check_tariff_classes(classes: Sequence[HourClass]) -> None:
    if len({bool(hour_class.windows) for hour_class in classes}) > 1:
        raise PriceListInvalid(
            "Some hour classes have windows and others tariff_classes: a half-hour could be in two"
            " of them. All of a list have the one or the other."
        )
    times_named = Counter(name for hour_class in classes for name in hour_class.tariff_classes)
    if twice := sorted(name for name, times in times_named.items() if times > 1):
        raise PriceListInvalid(f"{', '.join(twice)} is named twice: in one hour class at most.")


def _check_disjoint(
    name: str, window: HourWindow, other_name: str, other_window: HourWindow
) -> None:
    months = window.covered_months & other_window.covered_months
    days = window.covered_days & other_window.covered_days
    half_hours = window.covered_half_hours & other_window.covered_half_hours
    if months and days and half_hours:
        weekday, holiday = min(days)
        raise PriceListInvalid(
            f"{_clock_time(min(half_hours))} on a {WEEK[weekday - 1]} of month {min(months)}"
            f"{' that is a public holiday' * holiday} is in two hour classes, {name} and"
            f" {other_name}: each half-hour is in one at most."
        )


def classes_on(classes: Sequence[HourClass], day: date) -> Sequence[str | None]:
    """The distinct classes that half-hours of a local day may have, in the order of the clock.

    By the DSO's classes, those of the season.
    """
    if (half_hours := classes_of_day(classes, day)) is not None:
        return tuple(dict.fromkeys(half_hours))
    names = names_by_tariff_class(classes)
    return tuple(dict.fromkeys(names.get(name) for name in classes_in(day.month)))


def names_by_tariff_class(classes: Iterable[HourClass]) -> Mapping[str, str]:
    """The name of the hour class of each tariff class that is in one; none by windows."""
    return {
        tariff_class: hour_class.name
        for hour_class in classes
        for tariff_class in hour_class.tariff_classes
    }


def classes_of_day(
    classes: Sequence[HourClass], day: date, off_peak: AbstractSet[int] | None = None
) -> tuple[str | None, ...] | None:
    """The class of each half-hour of a local day, None for those in no class.

    off_peak: the half-hours of the meter, for the DSO's classes; None instead of all classes where
    they depend on the meter and its hours are not known.
    """
    if any(hour_class.tariff_classes for hour_class in classes):
        return _by_meter(classes, day, off_peak)
    names: list[str | None] = [None] * HALF_HOURS
    for hour_class in classes:
        for window in hour_class.windows:
            if window.covers_day(day):
                for half_hour in window.covered_half_hours:
                    names[half_hour] = hour_class.name
    return tuple(names)


def _by_meter(
    classes: Sequence[HourClass], day: date, off_peak: AbstractSet[int] | None
) -> tuple[str | None, ...] | None:
    names = names_by_tariff_class(classes)
    all_hours, peak, other = (names.get(name) for name in classes_in(day.month))
    if off_peak is None:
        return (peak,) * HALF_HOURS if all_hours == peak == other else None
    if not off_peak:
        return (all_hours,) * HALF_HOURS
    return tuple(other if half_hour in off_peak else peak for half_hour in range(HALF_HOURS))
