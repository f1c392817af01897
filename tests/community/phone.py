"""An authenticator app, and a clock that stands still while its codes are typed."""

from base64 import b32decode
from datetime import datetime, timedelta

from libs.common.clock import Clock
from services.community.domain.accounts.one_time_codes import code_of
from tests.support.clock import CLOCK, SetClock


class StoppedClock(SetClock):
    """Stays where it was set, so that no step of thirty seconds ends under a test's hands."""

    def __init__(self) -> None:
        super().__init__()
        self.set(CLOCK.now())

    def now(self) -> datetime:
        return self._instant

    def set(self, instant: datetime) -> None:
        super().set(instant)
        self._instant = instant

    def advance(self, duration: timedelta) -> None:
        self.set(self._instant + duration)


class Phone:
    """An authenticator app that has been told a secret."""

    def __init__(self, secret: str | bytes, clock: Clock = CLOCK) -> None:
        self._secret = secret if isinstance(secret, bytes) else b32decode(secret)
        self._clock = clock

    def code(self, *, later: int = 0) -> str:
        """later: steps of thirty seconds; the service takes one before and after now."""
        return code_of(self._secret, int(self._clock.now().timestamp()) // 30 + later)

    @property
    def wrong(self) -> str:
        """A code of no step that is near."""
        near = {self.code(later=later) for later in range(-3, 4)}
        return next(
            code
            for code in ("000000", "111111", *map(str, range(222222, 222230)))
            if code not in near
        )
