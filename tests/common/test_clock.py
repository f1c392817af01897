"""Time is passed in: one instant for each transaction."""

from datetime import UTC, date, datetime, timedelta

from libs.common.clock import get_shared_now, now_in, today_in
from libs.common.database import Database
from tests.support.clock import SetClock

_NEW_YEAR = datetime(2027, 12, 31, 23, 30, tzinfo=UTC)  # 00:30 in Paris


async def test_all_of_a_transaction_happens_at_one_instant(database_url: str) -> None:
    clock = SetClock()
    database = Database(database_url, schema="postgres", pool_size=1, clock=clock)
    async with database.transaction() as session:
        first = now_in(session)
        clock.advance(timedelta(hours=1))
        async with session.begin_nested():
            assert now_in(session) == first
        assert now_in(session) == first
    async with database.transaction() as session:
        assert now_in(session) - first >= timedelta(hours=1)
    await database.close()


async def test_today_is_the_local_day_of_that_instant(database_url: str) -> None:
    clock = SetClock()
    clock.set(_NEW_YEAR)
    database = Database(database_url, schema="postgres", pool_size=1, clock=clock)
    async with database.transaction() as session:
        assert today_in(session) == date(2028, 1, 1)
    await database.close()


async def test_the_clock_that_processes_share_goes_on_within_a_transaction(
    database_url: str,
) -> None:
    clock = SetClock()
    clock.set(_NEW_YEAR)
    database = Database(database_url, schema="postgres", pool_size=1, clock=clock)
    async with database.transaction() as session:
        first = await get_shared_now(session)
        second = await get_shared_now(session)
    await database.close()

    assert _NEW_YEAR <= first < second <= clock.now()
