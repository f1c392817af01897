"""When rounds do their work."""

from libs.common.database import Database
from libs.common.rounds.rest import NO_REST, Rest
from libs.common.rounds.seldom import Seldom
from tests.support.platform import Platform


async def test_what_nobody_waits_for_is_done_at_first_and_then_every_ten_minutes(
    platform: Platform,
) -> None:
    now_s, left, done_at_s = [0.0], 2, []

    async def work(_database: Database) -> bool:
        nonlocal left
        left -= 1
        done_at_s.append(now_s[0])
        return left > 0

    seldom = Seldom(work, clock=lambda: now_s[0])
    async with platform.database("community") as database:
        rests = []
        for now_s[0] in (0.0, 1.0, 2.0, 600.0, 601.0, 602.0):
            rests.append(await seldom(database))

    assert rests == [NO_REST, Rest(600), Rest(599), Rest(1), Rest(600), Rest(599)]
    assert done_at_s == [0.0, 1.0, 601.0]


async def test_what_can_wait_is_not_done_as_the_process_starts(platform: Platform) -> None:
    now_s, done_at_s = [0.0], []

    async def work(_database: Database) -> bool:
        done_at_s.append(now_s[0])
        return False

    seldom = Seldom(work, can_wait=True, clock=lambda: now_s[0])
    async with platform.database("community") as database:
        rests = [await seldom(database)]
        now_s[0] = 600.0
        rests.append(await seldom(database))

    assert rests == [Rest(600), Rest(600)]
    assert done_at_s == [600.0]
