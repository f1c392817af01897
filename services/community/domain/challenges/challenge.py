"""A challenge: what to change, on which days and hours, and towards which target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from libs.common.calendar import days_between
from libs.common.ids import OperationId
from services.community.domain.challenges.problems import ChallengeUnfit
from services.community.domain.gatherings.recurrence import Weekday

MOST_DAYS = 92
_SETTLING_DAYS = 3
"""The DSO often corrects a raw curve in the days after (docs/use/challenges.md)."""
_LEAST_DAYS_FOR_MIDWAY = 4
_ISO = {weekday: number for number, weekday in enumerate(Weekday, 1)}


class ChallengeKind(StrEnum):
    """The measure of effort in the hours of the challenge."""

    USE_MORE = "use_more"  # energy than before
    USE_LESS = "use_less"
    LOCAL_SHARE = "local_share"  # a larger part of the energy used comes from the operation


class State(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"
    FROZEN = "frozen"  # the result is final


@dataclass(frozen=True)
class ChallengeWindow:
    """Half-hours of the local clock, ``[start, end)``: 0 is midnight, 48 the midnight after."""

    start: int
    end: int


@dataclass(frozen=True)
class Stay:
    """Local days ``[first, end)`` on which a member takes part with a point; end: None is open."""

    first: date
    end: date | None


@dataclass(frozen=True)
class ChallengePeriod:
    """Local days ``[first_day, end_day)``."""

    first_day: date
    end_day: date


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """target_percent: of the entrant's baseline; for ``local_share``, percentage points more.

    baseline_weeks: those before the first day. freeze_after_days: at the latest, after the last
    day. Raises ChallengeUnfit.
    """

    id: UUID
    operation_id: OperationId
    title: str
    text: str
    kind: ChallengeKind
    first_day: date
    last_day: date
    windows: Sequence[ChallengeWindow]
    weekdays: Sequence[Weekday]
    target_percent: int
    baseline_weeks: int
    freeze_after_days: int

    def __post_init__(self) -> None:
        if not 0 <= (self.last_day - self.first_day).days < MOST_DAYS:
            raise ChallengeUnfit(f"It lasts a day at least, and {MOST_DAYS} days at most.")
        if any(window.end <= window.start for window in self.windows):
            raise ChallengeUnfit("Each window ends after it starts; put midnight between two.")
        in_order = sorted(self.windows, key=lambda window: window.start)
        if any(later.start < earlier.end for earlier, later in pairwise(in_order)):
            raise ChallengeUnfit("Two windows overlap: make them one.")
        if not self.counted_days:
            raise ChallengeUnfit("None of its days is one of the weekdays that count.")

    @property
    def half_hours(self) -> list[int]:
        """The half-hours that count, in order."""
        return sorted(step for window in self.windows for step in range(window.start, window.end))

    @property
    def iso_weekdays(self) -> list[int]:
        """The weekdays that count, 1 is Monday."""
        return sorted({_ISO[weekday] for weekday in self.weekdays})

    @property
    def counted_days(self) -> list[date]:
        days = days_between(self.first_day, self.last_day + timedelta(days=1))
        return [day for day in days if day.isoweekday() in self.iso_weekdays]

    @property
    def baseline_first_day(self) -> date:
        return self.first_day - timedelta(weeks=self.baseline_weeks)

    @property
    def end_day(self) -> date:
        """The first day after it."""
        return self.last_day + timedelta(days=1)

    @property
    def midway_day(self) -> date | None:
        """The day on which entrants are notified of progress; None if it is too short."""
        length = (self.end_day - self.first_day).days
        if length < _LEAST_DAYS_FOR_MIDWAY:
            return None
        return self.first_day + timedelta(days=length // 2)

    @property
    def frozen_from(self) -> date:
        """From that day on the result is frozen, even if values are missing."""
        return self.end_day + timedelta(days=self.freeze_after_days)

    @property
    def settled_from(self) -> date:
        """From that day on the result is frozen if no value is missing."""
        return self.end_day + timedelta(days=min(_SETTLING_DAYS, self.freeze_after_days))

    def period(self, stays: Sequence[Stay]) -> ChallengePeriod | None:
        """Return the measured period within these stays, in order; None if there is none.

        Only the last unbroken run counts: in a gap the point may have been somebody else's.
        """
        stays_begun = [stay for stay in stays if stay.first < self.end_day]
        if not stays_begun:
            return None
        first = stays_begun[-1].first
        for earlier in reversed(stays_begun[:-1]):
            if earlier.end != first:
                break
            first = earlier.first
        first = max(first, self.baseline_first_day)
        end = min(stays_begun[-1].end or self.end_day, self.end_day)
        return ChallengePeriod(first, end) if first < end else None
