"""Lets a command end its child processes when it is asked to end."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run like ``asyncio.run``, but SIGTERM cancels the work, as Ctrl-C does, and sets the status.

    An exception raised by a signal handler surfaces wherever Python is at that moment, and is lost
    where exceptions are ignored, for example in a destructor.
    """

    async def until_asked_to_end() -> T:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        is_asked_to_end = asyncio.Event()

        def end() -> None:
            is_asked_to_end.set()
            task.cancel()

        loop.add_signal_handler(signal.SIGTERM, end)
        try:
            return await work
        except asyncio.CancelledError:
            if is_asked_to_end.is_set():
                raise SystemExit(128 + signal.SIGTERM) from None
            raise

    previous_handler = signal.getsignal(signal.SIGTERM)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(until_asked_to_end())
    finally:
        signal.signal(signal.SIGTERM, previous_handler)  # the loop leaves Python's own
