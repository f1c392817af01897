"""Probes: whether the components that a service cannot do without answer it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

Probe = Callable[[], Awaitable[None]]
"""Asks a component once; raises when it does not answer."""

NO_ANSWER = "no answer"

_PATIENCE_S = 2.0
_TRIES = 2
"""So that one pause of our own, in which nobody listens, or one quick refusal proves nothing."""
_PAUSE_S = 0.5


class Component:
    """A component of the platform that many may ask about: it is asked once for all of them.

    fresh_s: for so long an answer counts, so that whoever looks at /health is no load.
    """

    def __init__(self, name: str, probe: Probe, *, fresh_s: float) -> None:
        self.name = name
        self._probe = probe
        self._fresh_s = fresh_s
        self._asked_at_s = float("-inf")
        self._looking: asyncio.Task[str | None] | None = None
        self._asking: asyncio.Future[None] | None = None

    async def find_problem(self) -> str | None:
        """Return why it does not answer, or None; after five seconds at most."""
        is_old = time.monotonic() - self._asked_at_s > self._fresh_s
        if self._looking is None or (self._looking.done() and is_old):
            self._asked_at_s = time.monotonic()
            self._looking = asyncio.create_task(self._look(), name=f"look at {self.name}")
        # Whoever gives up does not take the answer from the others.
        return await asyncio.shield(self._looking)

    async def _look(self) -> str | None:
        problem = None
        for _ in range(_TRIES):
            problem = await self._ask()
            if problem is None or problem == NO_ANSWER:
                break
            await asyncio.sleep(_PAUSE_S)
        return problem

    async def _ask(self) -> str | None:
        """Wait for the probe, but do not end it: it may hold a thread, which nothing ends.

        So a component that hangs has one probe at a time, not one more each time.
        """
        if self._asking is None or self._asking.done():
            self._asking = asyncio.ensure_future(self._probe())
        for _ in range(_TRIES):
            await asyncio.wait([self._asking], timeout=_PATIENCE_S)
            if self._asking.done():
                error = self._asking.exception()
                if isinstance(error, TimeoutError):  # the client's own patience
                    return NO_ANSWER
                return type(error).__name__ if error else None
        return NO_ANSWER
