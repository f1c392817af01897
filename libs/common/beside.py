"""Two things at once: a computation in a thread, and something to wait for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

_Found = TypeVar("_Found")
_Other = TypeVar("_Other")


async def beside(compute: Callable[[], _Found], other: Awaitable[_Other]) -> tuple[_Found, _Other]:
    """What a thread computes, and what the other gives, once both are over.

    Raises what either raises, of both what the other does, for which nobody waits for the thread.
    """
    thread = asyncio.create_task(asyncio.to_thread(compute))
    try:
        given = await other
    except BaseException:
        if not thread.cancel():
            thread.exception()  # asyncio would say that nobody has asked for it
        raise
    return await thread, given
