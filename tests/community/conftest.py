"""What several tests of community begin with."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from libs.common.calendar import day_start, local_day
from libs.common.clock import Clock
from libs.common.database import Database
from tests.support.clock import CLOCK
from tests.support.databases import migrated_database

_LONGEST_TEST_S = 60.0


@pytest.fixture(autouse=True)
async def _one_day() -> None:
    """Whoever would begin just before midnight begins after it: a test has one today."""
    now = CLOCK.now()
    left_s = (day_start(local_day(now) + timedelta(days=1)) - now).total_seconds()
    if left_s < _LONGEST_TEST_S:
        await asyncio.sleep(left_s)


@pytest.fixture
def clock() -> Clock:
    """That of ``empty``; a file may have another one."""
    return CLOCK


@pytest.fixture
async def empty(database_url: str, clock: Clock) -> AsyncIterator[Database]:
    """The service's schema in a new database, migrated and without a row."""
    async with migrated_database(database_url) as url:
        database = Database(url, schema="community", pool_size=4, clock=clock)
        try:
            yield database
        finally:
            await database.close()
