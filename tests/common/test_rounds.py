"""When rounds are made: after a commit of any process, when something is due, else hardly ever."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from sqlalchemy import text

from libs.common.app import Service
from libs.common.database import Database, ring_after_commit
from libs.common.database.bells import Work
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest
from libs.common.rounds.seldom import NotAtEachRing
from libs.common.rounds.supervision import Supervisor
from services.main import SERVICES
from tests.support.alone import alone
from tests.support.effects import effects_database
from tests.support.waiting import until

_WOULD_HAVE_POLLED = timedelta(seconds=3)
"""Longer than any round that polls waits."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with effects_database(database_url) as database:
        yield database


@asynccontextmanager
async def another_process(database: Database, url: str) -> AsyncIterator[Database]:
    """The same service's database, with bells of its own."""
    other = Database(url, schema=database.schema, pool_size=1)
    try:
        yield other
    finally:
        await other.close()


@asynccontextmanager
async def rounds(
    database: Database, *rests: Rest, does: Work = Work.OTHER
) -> AsyncIterator[list[int]]:
    """Make rounds that rest so, the last one for ever; yield their numbers, after the first."""
    made: list[int] = []
    left = iter(rests)

    async def one_round() -> Rest:
        made.append(len(made))
        return next(left, UNTIL_RUNG)

    async with asyncio.TaskGroup() as tasks:
        supervisor = Supervisor(tasks)
        await supervisor.listen(database)
        supervisor.run_rounds("round", database, one_round, does)
        try:
            await _until(lambda: bool(made))
            yield made
        finally:
            supervisor.stop()


async def _listeners(database: Database) -> list[int]:
    """Who hears of work that others commit, by the number of its process."""
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL ROLE NONE"))
        rows = await session.execute(
            text("""
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = :name
                    AND state = 'idle' AND query <> ''
            """),
            {"name": f"elocoop {database.bells.channel}"},
        )
        return list(rows.scalars())


async def _leave_work(database: Database) -> None:
    async with database.transaction() as session:
        ring_after_commit(session)


async def _until(condition: Callable[[], bool]) -> None:
    async def holds() -> bool:
        return condition()

    await until("the condition holds", holds)


async def test_no_round_is_made_while_nothing_is_committed(database: Database) -> None:
    async with rounds(database) as made:
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO effect (number) VALUES ('1')"))

        await asyncio.sleep(_WOULD_HAVE_POLLED.total_seconds())

        assert made == [0]


async def test_work_that_this_process_commits_wakes_a_round(database: Database) -> None:
    async with rounds(database) as made:
        await _leave_work(database)

        await _until(lambda: len(made) > 1)
        await asyncio.sleep(0.5)  # the server tells us too of what we have rung ourselves
        assert made == [0, 1]


async def test_work_that_another_process_commits_wakes_a_round(
    database: Database, database_url: str
) -> None:
    async with (
        another_process(database, database_url) as other,
        rounds(database) as made,
    ):
        await _leave_work(other)

        await _until(lambda: len(made) > 1)


async def test_events_of_another_process_wake_the_relay_alone(
    database: Database, database_url: str
) -> None:
    async with (
        another_process(database, database_url) as other,
        rounds(database) as made,
        rounds(database, does=Work.EVENTS) as relayed,
    ):
        await asyncio.sleep(0.5)  # the second, which begins to listen, rings for the first
        before, relayed_before = len(made), len(relayed)

        async with other.transaction() as session:
            ring_after_commit(session, Work.EVENTS)

        await _until(lambda: len(relayed) > relayed_before)
        assert len(made) == before


async def test_a_ring_by_hand_wakes_all(database: Database) -> None:
    """For work that was written by hand (ADR 23)."""
    async with rounds(database) as made, rounds(database, does=Work.EVENTS) as relayed:
        await asyncio.sleep(0.5)  # the second, which begins to listen, rings for the first
        before, relayed_before = len(made), len(relayed)

        async with database.transaction() as session:
            ring = text("SELECT pg_notify(:channel, '')")
            await session.execute(ring, {"channel": database.bells.channel})

        await _until(lambda: len(made) > before and len(relayed) > relayed_before)


async def test_work_that_is_undone_wakes_nobody(database: Database, database_url: str) -> None:
    async with another_process(database, database_url) as other, rounds(database) as made:
        async with other.transaction() as session:
            ring_after_commit(session)
            await session.rollback()

        await asyncio.sleep(0.5)
        assert made == [0]


async def test_a_round_is_made_once_nobody_had_listened(database: Database) -> None:
    async with rounds(database) as made:
        async with database.transaction() as session:
            await session.execute(text("SET LOCAL ROLE NONE"))
            for pid in await _listeners(database):
                await session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

        await _until(lambda: len(made) > 1)


async def test_a_round_is_made_when_it_said_that_something_is_due(database: Database) -> None:
    async with rounds(database, Rest(0.2), NO_REST, Rest(0.2)) as made:
        await _until(lambda: len(made) >= 4)


async def test_what_should_be_done_by_now_is_looked_at_again_soon() -> None:
    now = datetime(2026, 11, 5, tzinfo=UTC)

    assert Rest.until(now + timedelta(seconds=90), now=now) == Rest(90)
    assert Rest.until(now, now=now) == SHORT_REST
    assert Rest.until(now - timedelta(days=1), now=now) == SHORT_REST
    assert Rest.until(None, now=now) == UNTIL_RUNG
    assert min(UNTIL_RUNG, SHORT_REST, Rest(90), NO_REST) == NO_REST


async def test_what_is_done_once_a_day_looks_once_a_second_at_most(database: Database) -> None:
    now_s, looked_at_s = [0.0], []

    async def one_round(_database: Database) -> Rest:
        looked_at_s.append(now_s[0])
        return Rest(3600)

    looking = NotAtEachRing(one_round, clock=lambda: now_s[0])
    rests = [await looking(database) for now_s[0] in (0.0, 0.25, 1.0, 1.5, 9.0)]

    assert looked_at_s == [0.0, 1.0, 9.0]
    assert rests == [Rest(3600), Rest(0.75), Rest(3600), Rest(0.5), Rest(3600)]


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
async def test_a_service_that_nobody_uses_asks_its_database_nothing(
    service: Service, database_url: str
) -> None:
    async with alone(service, database_url) as service_alone:
        url = service_alone.platform.database_url
        await until(
            "nobody asks",
            lambda: _since_last_question(url),
            lambda passed: passed >= _WOULD_HAVE_POLLED,
        )


async def _since_last_question(url: str) -> timedelta:
    """How long ago somebody else asked this database something."""
    connection = await asyncpg.connect(url)
    try:
        passed: timedelta = await connection.fetchval("""
            SELECT clock_timestamp() - max(query_start) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
                AND backend_type = 'client backend'
        """)
        return passed
    finally:
        await connection.close()
