"""Background work for which nobody waits."""

import math
import time
from collections.abc import Awaitable, Callable

from libs.common.database import Database
from libs.common.rounds.rest import NO_REST, Rest

_SELDOM_S = 600.0
_APART_S = 1.0


class Seldom:
    """Runs when the process starts, unless it can wait, and then at intervals.

    work: one part; returns whether there may be more at once. A round each second for all purges
    took more of a processor than the members' requests. clock: in seconds; only tests replace it.
    """

    def __init__(
        self,
        work: Callable[[Database], Awaitable[bool]],
        *,
        every_s: float = _SELDOM_S,
        can_wait: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._work = work
        self._every_s = every_s
        self._clock = clock
        self._due_s = clock() + every_s if can_wait else -math.inf

    async def __call__(self, database: Database) -> Rest:
        """Continue at once while there may be more."""
        now_s = self._clock()
        if now_s < self._due_s:
            return Rest(self._due_s - now_s)
        if await self._work(database):
            return NO_REST
        self._due_s = self._clock() + self._every_s
        return Rest(self._every_s)


class NotAtEachRing:
    """A round that looks once a second at most, however often work is committed.

    Work done once a day takes a dozen statements to see that it is done.
    """

    def __init__(
        self,
        one_round: Callable[[Database], Awaitable[Rest]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._one_round = one_round
        self._clock = clock
        self._looks_again_s = -math.inf

    async def __call__(self, database: Database) -> Rest:
        now_s = self._clock()
        if now_s < self._looks_again_s:
            return Rest(self._looks_again_s - now_s)
        rest = await self._one_round(database)
        if rest != NO_REST:
            self._looks_again_s = self._clock() + _APART_S
        return rest
