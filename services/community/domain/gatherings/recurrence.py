"""Recurring gatherings: a subset of the rules of RFC 5545, in local time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from itertools import islice
from uuid import UUID, uuid5

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule, weekday

from libs.common.calendar import PARIS, YEARS
from services.community.domain.gatherings.gathering import Gathering
from services.community.domain.gatherings.problems import SeriesUnfit

MOST_OCCURRENCES = 104


class Frequency(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Weekday(StrEnum):
    """As RFC 5545 writes them."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"


_WEEKDAYS: dict[Weekday, weekday] = dict(zip(Weekday, (MO, TU, WE, TH, FR, SA, SU), strict=True))


@dataclass(frozen=True, kw_only=True)
class RecurrenceRule:
    """Every so many weeks, on these weekdays; or months, on a date or the nth of a weekday.

    weekdays: empty for that of the first gathering. nth: 1 to 4, or -1 for the last of the month;
    None for the date of the first one, and a month without that date is skipped.
    until: the last local day. Raises SeriesUnfit.
    """

    frequency: Frequency
    interval: int
    weekdays: Sequence[Weekday]
    nth: int | None
    count: int | None
    until: date | None

    def __post_init__(self) -> None:
        if (self.count is None) == (self.until is None):
            raise SeriesUnfit("Give either a count or an until.")
        if self.frequency == Frequency.WEEKLY and self.nth is not None:
            raise SeriesUnfit("nth is for months.")
        if self.frequency == Frequency.MONTHLY and (self.nth is None) != (not self.weekdays):
            raise SeriesUnfit("In months, nth and weekdays go together.")


def occurrences(first: Gathering, rule: RecurrenceRule, *, series_id: UUID) -> list[Gathering]:
    """Return the gatherings of the series, at the same local hours whatever the clock's changes.

    Each has an id of its own, the same whenever it is made again. Raises SeriesUnfit.
    """
    starts = _local(first.starts_at)
    lasts = _local(first.ends_at) - starts
    days = list(islice(_rrule(starts, rule), MOST_OCCURRENCES + 1))
    if len(days) > MOST_OCCURRENCES:
        raise SeriesUnfit(f"{MOST_OCCURRENCES} gatherings at most: choose an earlier until.")
    if not days:
        raise SeriesUnfit("No day fits the rule.")
    if _instant(days[-1] + lasts).year not in YEARS:
        raise SeriesUnfit(f"The last one would be after {YEARS.stop - 1}: choose fewer.")
    reply_before = first.starts_at - first.replies_until
    return [
        replace(
            first,
            id=uuid5(series_id, str(number)),
            starts_at=_instant(start),
            ends_at=_instant(start + lasts),
            reply_by=None if first.reply_by is None else _instant(start) - reply_before,
        )
        for number, start in enumerate(days, start=1)
    ]


def _rrule(starts: datetime, rule: RecurrenceRule) -> rrule:
    weekdays = [_WEEKDAYS[day] for day in rule.weekdays]
    return rrule(
        WEEKLY if rule.frequency == Frequency.WEEKLY else MONTHLY,
        dtstart=starts,
        interval=rule.interval,
        byweekday=[weekday_of(rule.nth) if rule.nth else weekday_of for weekday_of in weekdays]
        or None,
        count=rule.count,
        until=None if rule.until is None else datetime.combine(rule.until, time.max),
    )


def _local(instant: datetime) -> datetime:
    """As a clock on the wall shows it."""
    return instant.astimezone(PARIS).replace(tzinfo=None)


def _instant(wall: datetime) -> datetime:
    """An hour that the change to summer time skips becomes the next one."""
    return wall.replace(tzinfo=PARIS).astimezone(UTC)
