"""The times at which a failed delivery to others is retried."""

from datetime import timedelta

MOST_ATTEMPTS = 24
"""The last attempt is some four days after the first."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


def pause_before(attempt: int, retry_after: timedelta | None = None) -> timedelta:
    """The pause between a failed attempt and the next one; attempt counts from 1."""
    pause = min(_FIRST_PAUSE * (1 << min(attempt - 1, 20)), _LONGEST_PAUSE)
    return max(pause, retry_after or timedelta())
