"""A wait that fails says what it waited for."""

from itertools import count

import pytest

from tests.support.waiting import until


async def test_a_wait_gives_what_was_seen_once_it_is_enough() -> None:
    numbers = count()

    async def look() -> int | None:
        return next(numbers) or None

    assert await until("a number", look) == 1
    assert await until("a larger number", look, lambda number: number > 2) == 3


async def test_a_wait_in_vain_says_what_for_and_what_it_saw_last() -> None:
    async def look() -> list[str]:
        return ["draft"]

    with pytest.raises(AssertionError) as raised:
        await until("the invoice is issued", look, lambda seen: "issued" in seen, patience_s=0.05)

    words = "not within 0.05 s: the invoice is issued; last seen: ['draft']"
    assert str(raised.value) == words


async def test_a_timeout_of_what_is_looked_at_is_told_as_such() -> None:
    async def look() -> None:
        raise TimeoutError("the server")

    with pytest.raises(TimeoutError, match="the server"):
        await until("an answer", look)
