"""Background work for which nobody waits."""

import math
import time
from collections.abc import Callable

from libs.common.app import Worker
from libs.common.database import Database

_SELDOM_S = 600.0


class Seldom:
    """Done as the process starts, and then every so often.

    A round each second of all that purges took more of a processor than the members' requests.
    clock: in seconds; it is another one in tests only.
    """

    def __init__(
        self,
        work: Worker,
        *,
        every_s: float = _SELDOM_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = work
        self._every_s = every_s
        self._clock = clock
        self._due_s = -math.inf

    async def __call__(self, database: Database) -> bool:
        """Go on at once while there may be more."""
        if self._clock() < self._due_s:
            return False
        more = await self._work(database)
        if not more:
            self._due_s = self._clock() + self._every_s
        return more
