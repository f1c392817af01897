"""Waiting for what another task, or another process, does sooner or later."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Seen = TypeVar("Seen")

_FIRST_PAUSE_S = 0.02
_LONGEST_PAUSE_S = 0.2
"""Each look takes time from those who do what is waited for."""


async def until(
    what: str,
    look: Callable[[], Awaitable[Seen | None]],
    enough: Callable[[Seen], object] = bool,
    *,
    patience_s: float = 60,
) -> Seen:
    """What ``look`` sees once that is enough; None never is.

    Fails with what was waited for, in words, and what was seen last.
    """
    seen: Seen | None = None
    pause_s = _FIRST_PAUSE_S
    try:
        async with asyncio.timeout(patience_s) as limit:
            while (seen := await look()) is None or not enough(seen):
                await asyncio.sleep(pause_s)
                pause_s = min(1.5 * pause_s, _LONGEST_PAUSE_S)
            return seen
    except TimeoutError as error:
        if not limit.expired():
            raise
        message = f"not within {patience_s:g} s: {what}; last seen: {seen!r}"
        raise AssertionError(message) from error
