"""What a benchmark asks of a platform a few at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

_AT_ONCE = 4

_Item = TypeVar("_Item")


async def for_each(items: Iterable[_Item], act: Callable[[_Item], Awaitable[None]]) -> None:
    """Act on every item, a few at once."""
    rest: Iterator[_Item] = iter(items)

    async def work() -> None:
        for item in rest:
            await act(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(work())
