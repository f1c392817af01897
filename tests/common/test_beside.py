"""A computation beside something to wait for: both happen at once, and neither fails in silence."""

import asyncio
from threading import Event

import pytest

from libs.common.beside import beside


async def test_each_can_wait_for_the_other() -> None:
    computed, waited = Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def compute() -> int:
        loop.call_soon_threadsafe(waited.set)
        assert computed.wait(10)
        return 7

    async def other() -> str:
        await waited.wait()
        computed.set()
        return "given"

    assert await beside(compute, other()) == (7, "given")


async def test_what_the_thread_raises_comes_once_the_other_is_over() -> None:
    ended = False

    async def other() -> None:
        nonlocal ended
        await asyncio.sleep(0.01)
        ended = True

    with pytest.raises(ZeroDivisionError):
        await beside(lambda: 1 // 0, other())

    assert ended


async def test_what_the_other_raises_does_not_wait_for_the_thread() -> None:
    freed, ended = Event(), []

    async def other() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await beside(lambda: ended.append(freed.wait(10)), other())

    assert ended == []
    freed.set()
