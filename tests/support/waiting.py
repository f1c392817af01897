"""Waiting for what another task, or another process, does sooner or later.

A machine that is slow or busy is no reason to fail: patience is used up only while neither this
process, nor those that it started, nor PostgreSQL for its databases do anything.
"""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from tests.support.costs.processor import read_run_s
from tests.support.databases import names_of_databases

Seen = TypeVar("Seen")

_FIRST_PAUSE_S = 0.02
_SHORTEST_LAST_PAUSE_S = 0.2
_LOOKS_SHARE = 1 / 20
"""Each look takes time from those who do what is waited for, and is no work of theirs."""

_AT_WORK = 0.1
"""Processor seconds in a second, from which on somebody is at work; a service at rest takes some
hundredths. A process among fourteen others on two cores has more."""
_LOOKS_AT_WORK = 30
_AT_WORK_FOR_EVER_S = 1_500
"""Before pytest ends the whole run (`faulthandler_timeout`)."""


async def until(
    what: str,
    look: Callable[[], Awaitable[Seen | None]],
    enough: Callable[[Seen], object] = bool,
    *,
    quiet_s: float = 60,
) -> Seen:
    """What ``look`` sees once that is enough; None never is.

    Fails like ``patience``, with what was seen last.
    """
    seen: Seen | None = None
    began_s = time.monotonic()
    pause_s = _FIRST_PAUSE_S
    async with patience(what, quiet_s=quiet_s, seen=lambda: f"; last seen: {seen!r}"):
        while (seen := await look()) is None or not enough(seen):
            await asyncio.sleep(pause_s)
            longest_s = _LOOKS_SHARE * (time.monotonic() - began_s)
            pause_s = min(1.5 * pause_s, max(_SHORTEST_LAST_PAUSE_S, longest_s))
    assert seen is not None
    return seen


@asynccontextmanager
async def patience(
    what: str,
    *,
    quiet_s: float = 60,
    seen: Callable[[], str] = str,
) -> AsyncIterator[None]:
    """Lets its block take any time in which somebody is at work.

    Fails with what was waited for, in words, once nobody has been for so many seconds.
    """
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    try:
        async with asyncio.timeout(None) as limit:
            watch = loop.create_task(_watch(limit, quiet_s))
            try:
                yield
            finally:
                watch.cancel()
    except TimeoutError as error:
        if not limit.expired():
            raise
        passed_s = loop.time() - began_s
        meanwhile = "nobody at work" if passed_s < _AT_WORK_FOR_EVER_S else "somebody at work"
        message = f"not within {passed_s:.0f} s, {meanwhile} at last: {what}{seen()}"
        raise AssertionError(message) from error


async def _watch(limit: asyncio.Timeout, quiet_s: float) -> None:
    loop = asyncio.get_running_loop()
    began_s = worked_at_s = looked_at_s = loop.time()
    work_s = read_run_s(names_of_databases())
    while looked_at_s - worked_at_s < quiet_s and looked_at_s - began_s < _AT_WORK_FOR_EVER_S:
        await asyncio.sleep(quiet_s / _LOOKS_AT_WORK)
        before_s, looked_at_s = looked_at_s, loop.time()
        work_before_s, work_s = work_s, read_run_s(names_of_databases())
        if work_s - work_before_s > _AT_WORK * (looked_at_s - before_s):
            worked_at_s = looked_at_s
    limit.reschedule(looked_at_s)


def ended(process: "subprocess.Popen[bytes]", what: str) -> int:
    """The status with which it ends; fails like ``patience``."""

    async def status() -> int | None:
        return process.poll()

    return asyncio.run(until(what, status, lambda _: True))
