"""The clock of the tests: what the services, and the tests beside them, take for now."""

from datetime import UTC, datetime, timedelta

from libs.common.clock import Clock


class SetClock(Clock):
    """Goes on as this machine's does, from the instant that it was set to."""

    def __init__(self, instant: datetime | None = None) -> None:
        if instant is not None:
            self.set(instant)

    def set(self, instant: datetime) -> None:
        self.ahead = instant - datetime.now(UTC)

    def advance(self, duration: timedelta) -> None:
        self.ahead += duration


class StillClock(Clock):
    """Stands still at an instant."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant
        self.ahead = instant - datetime.now(UTC)

    def now(self) -> datetime:
        return self._instant


CLOCK = SetClock()
"""Of the whole run; only ``--begin-at`` sets it. A test that sets one has a service of its own."""
