"""Run two things at once: a computation in a thread, and an awaitable."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

_Found = TypeVar("_Found")
_Other = TypeVar("_Other")


async def beside(
    compute: Callable[[], _Found], awaitable: Awaitable[_Other]
) -> tuple[_Found, _Other]:
    """Return what a thread computes and what ``awaitable`` returns, once both are done.

    Raises whichever error occurs. If both fail, the error of ``awaitable`` is raised without
    waiting for the thread.
    """
    thread = asyncio.create_task(asyncio.to_thread(compute))
    try:
        result = await awaitable
    except BaseException:
        if not thread.cancel():
            thread.exception()  # asyncio would log that nobody retrieved it
        raise
    return await thread, result
