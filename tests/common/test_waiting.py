"""A wait that fails says what it waited for, and does so for no machine's slowness."""

import asyncio
import sys
import time
from itertools import count

import pytest

from tests.support import waiting
from tests.support.waiting import patience, until

_QUIET_S = 0.1


async def test_a_wait_gives_what_was_seen_once_it_is_enough() -> None:
    numbers = count()

    async def look() -> int | None:
        return next(numbers) or None

    assert await until("a number", look) == 1
    assert await until("a larger number", look, lambda number: number > 2) == 3


async def test_a_wait_in_vain_says_what_for_and_what_it_saw_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting, "read_run_s", lambda _databases: 7.0)

    async def look() -> list[str]:
        return ["draft"]

    words = r"nobody at work at last: the invoice is issued; last seen: \['draft'\]"
    with pytest.raises(AssertionError, match=words):
        await until("the invoice is issued", look, lambda seen: "issued" in seen, quiet_s=_QUIET_S)


async def test_a_timeout_of_what_is_looked_at_is_told_as_such() -> None:
    async def look() -> None:
        raise TimeoutError("the server")

    with pytest.raises(TimeoutError, match="the server"):
        await until("an answer", look)


async def test_a_wait_has_no_end_while_somebody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    work_s = count(step=1_000_000)
    monkeypatch.setattr(waiting, "read_run_s", lambda _databases: next(work_s))

    async with patience("the end", quiet_s=_QUIET_S):
        await asyncio.sleep(5 * _QUIET_S)


async def test_the_work_of_processes_that_this_one_started_counts() -> None:
    before_s = waiting.read_run_s([])

    async def work_s() -> float:
        return waiting.read_run_s([]) - before_s - (time.process_time() - own_before_s)

    own_before_s = time.process_time()
    busy = await asyncio.create_subprocess_exec(sys.executable, "-c", "while True: pass")
    try:
        await until("a second of work", work_s, lambda seconds: seconds > 1)
    finally:
        busy.kill()
        await busy.wait()
