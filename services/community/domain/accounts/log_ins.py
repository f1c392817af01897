"""The pause after failed log-ins."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
MANY_TIMES = 10
"""Times the limit of one address: from then on nobody logs in from there by password."""
NOT_PAUSED = datetime(2000, 1, 1, tzinfo=UTC)
"""Long ago: a log-in that waited for a lock must not take another one's time for a pause."""


@dataclass(frozen=True)
class Failures:
    """Log-ins of one account, or from one address, that failed or are still being checked."""

    count: int
    last_at: datetime
    paused_until: datetime

    def with_attempt(self, now: datetime, *, allowed: int) -> "Failures":
        """Count one more, which has not failed yet: many at once must not slip through."""
        count = 1 if now - self.last_at >= FORGOTTEN_AFTER else self.count + 1
        pause = _pause(count, allowed)
        return Failures(count, now, now + pause if pause else NOT_PAUSED)

    def without_attempt(self, *, still_paused: bool = False) -> "Failures":
        """Take back an attempt with the right password."""
        until = self.paused_until if still_paused else NOT_PAUSED
        return replace(self, count=max(self.count - 1, 0), paused_until=until)

    def seconds_paused(self, now: datetime) -> int:
        """Zero if it is not paused."""
        return max(math.ceil((self.paused_until - now).total_seconds()), 0)


def _pause(count: int, allowed: int) -> timedelta:
    if count < allowed:
        return timedelta(0)
    doublings = min(count - allowed, 10)  # enough to reach the longest pause
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)
