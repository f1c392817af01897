"""Let a command end what it started when it is asked to end itself."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """As ``asyncio.run``, but SIGTERM cancels the work, as Ctrl-C does, and the status tells of it.

    An exception that a signal handler raises comes up wherever Python is at that moment, and is
    lost where exceptions are ignored: in a destructor, say.
    """

    async def until_asked_to_end() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        asked = asyncio.Event()

        def end() -> None:
            asked.set()
            task.cancel()

        loop.add_signal_handler(signal.SIGTERM, end)
        try:
            return await work
        except asyncio.CancelledError:
            if asked.is_set():
                raise SystemExit(128 + signal.SIGTERM) from None
            raise

    before = signal.getsignal(signal.SIGTERM)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(until_asked_to_end())
    finally:
        signal.signal(signal.SIGTERM, before)  # the loop leaves Python's own
