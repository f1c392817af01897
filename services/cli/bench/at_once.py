"""Requests of a benchmark to a platform, a few at once."""

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
    report: Callable[[int], None] = lambda _: None,
    at_once: int = _AT_ONCE,
) -> None:
    """Act on every item, a few at once, and report the number done after each."""
    remaining_items: Iterator[_Item] = iter(items)
    counter = itertools.count(1)

    async def work() -> None:
        for item in remaining_items:
            await act(item)
            report(next(counter))

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())
