"""The rate of questions to the DSO: so many calls a second, and so many an hour."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class CallRate:
    """The most calls in any second, and in any hour, wherever either begins."""

    per_second: int
    per_hour: int

    @property
    def pause(self) -> timedelta:
        """The pause between two calls: none are saved up, so that no second ever has more."""
        return _rounded_up(timedelta(seconds=1), self.per_second)

    @property
    def capacity(self) -> int:
        """The capacity of the bucket: half of the hour's calls. An hour refills the other half."""
        return self.per_hour // 2

    @property
    def refill(self) -> timedelta:
        """The time after which one call comes back."""
        return _rounded_up(_HOUR, self.per_hour - self.capacity)


def _rounded_up(period: timedelta, parts: int) -> timedelta:
    return -(-period // _TICK // parts) * _TICK


@dataclass(frozen=True)
class Bucket:
    """A token bucket, as two instants: whole numbers, which no process rounds differently.

    next_at: no call before it. full_at: when all calls will have come back.
    """

    next_at: datetime
    full_at: datetime

    def free_at(self, rate: CallRate) -> datetime:
        """Return when the next call may be made."""
        return max(self.next_at, self.full_at - (rate.capacity - 1) * rate.refill)

    def after_call(self, rate: CallRate, at: datetime) -> "Bucket":
        return Bucket(at + rate.pause, max(self.full_at, at) + rate.refill)

    def paused(self, until: datetime) -> "Bucket":
        """Return the bucket after the DSO has asked us to wait."""
        return replace(self, next_at=max(self.next_at, until))
