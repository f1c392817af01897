"""Probes: whether the components that a service cannot do without answer it."""

import asyncio
import time
from collections.abc import Awaitable, Callable

Probe = Callable[[], Awaitable[None]]
"""Asks a component once; raises when it does not answer."""

_LONGEST_ANSWER_S = 2.0
_TRIES = 2
"""So that one pause of our own, in which nobody listens for the answer, proves nothing."""
_FRESH_S = 1.0


class Component:
    """A component of the platform that many may ask about: it is asked once for all of them.

    An answer counts for a second, so that those who look at /health do not become a load.
    """

    def __init__(self, name: str, probe: Probe) -> None:
        self.name = name
        self._probe = probe
        self._asking: asyncio.Task[str | None] | None = None
        self._asked_at_s = float("-inf")

    async def find_problem(self) -> str | None:
        """Return why it does not answer, or None; after four seconds at most."""
        if self._asking is None or (self._asking.done() and self._is_old()):
            self._asked_at_s = time.monotonic()
            self._asking = asyncio.create_task(self._ask(), name=f"probe {self.name}")
        # Whoever gives up does not take the answer from the others.
        return await asyncio.shield(self._asking)

    def _is_old(self) -> bool:
        return time.monotonic() - self._asked_at_s > _FRESH_S

    async def _ask(self) -> str | None:
        for _ in range(_TRIES):
            try:
                async with asyncio.timeout(_LONGEST_ANSWER_S):
                    await self._probe()
            except TimeoutError:
                continue
            except Exception as error:  # noqa: BLE001 - each fails in its own way
                return type(error).__name__
            return None
        return "no answer"
