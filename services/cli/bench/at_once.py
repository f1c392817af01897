"""What a benchmark asks of a platform a few at once."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

_AT_ONCE = 4

_Item = TypeVar("_Item")


async def for_each(
    items: Iterable[_Item],
    act: Callable[[_Item], Awaitable[None]],
    *,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Act on every item, a few at once, and tell after each how many are done."""
    rest: Iterator[_Item] = iter(items)
    done = itertools.count(1)

    async def work() -> None:
        for item in rest:
            await act(item)
            tell(next(done))

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(work())
