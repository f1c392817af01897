"""Two things at once: a computation in a thread, and something to wait for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

_Found = TypeVar("_Found")


async def beside(compute: Callable[[], _Found], other: Awaitable[None]) -> _Found:
    """What a thread computes, once the other is over too.

    Raises what either raises. If the other does, nobody waits for the thread.
    """
    thread = asyncio.create_task(asyncio.to_thread(compute))
    try:
        await other
    except BaseException:
        thread.cancel()
        raise
    return await thread
