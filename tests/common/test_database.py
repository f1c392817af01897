"""Bulk loading when the connection dies under it, and whom a commit wakes."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import asyncpg
import pytest
from asyncpg.connection import LoggedQuery
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database, copy_csv, copy_rows, ring_after_commit
from libs.common.database.bells import Work
from libs.common.faults import is_fault
from tests.support.waiting import patience


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, schema="postgres", pool_size=2)
    async with database.transaction() as session:
        await session.execute(text("CREATE SCHEMA IF NOT EXISTS postgres"))
        await session.execute(text("DROP TABLE IF EXISTS loaded"))
        await session.execute(text("CREATE TABLE loaded (value bytea)"))
    yield database
    async with database.transaction() as session:
        await session.execute(text("DROP TABLE loaded"))
    await database.close()


async def test_what_postgresqls_own_types_are_made_of_is_asked_once(database: Database) -> None:
    days = [date(2026, 10, 25), date(2026, 10, 26)]
    query = text("SELECT CAST(:days AS date[])")
    asked: list[str] = []

    def note(logged_query: LoggedQuery) -> None:
        asked.append(logged_query.query)

    async with database.transaction() as first, database.transaction() as second:
        await first.execute(query, {"days": days})
        connection = await (await second.connection()).get_raw_connection()
        driver: asyncpg.Connection[Any] | None = connection.driver_connection
        assert driver is not None
        driver.add_query_logger(note)
        count = await second.scalar(query, {"days": days})
        driver.remove_query_logger(note)

    assert count == days
    assert asked
    assert not [statement for statement in asked if "typeinfo" in statement]


async def test_copy_raises_a_fault_when_its_connection_dies(database: Database) -> None:
    started = asyncio.Event()

    async with patience("the copy fails"):
        copying = asyncio.create_task(_copy(database, _endless_rows(started)))
        await started.wait()
        async with database.transaction() as session:
            await session.execute(_TERMINATE)
        with pytest.raises(Exception, match="connection") as raised:
            await copying

    assert is_fault(raised.value)
    assert await _count(database) == 0


@pytest.mark.parametrize(("size_bytes", "count"), [(10, 1_000_000), (100_000, 10_000)])
async def test_copy_takes_few_more_rows_once_a_write_has_failed(
    database: Database, size_bytes: int, count: int
) -> None:
    """It has its event loop for itself while it takes them: no timeout can end it."""
    taken = 0

    async def copy() -> None:
        async with database.transaction() as session:
            connection = await _socket(session)

            def rows() -> Iterator[tuple[bytes]]:
                nonlocal taken
                # Before the first write: one that waits for room would let the event loop go.
                with connection:
                    connection.shutdown(socket.SHUT_RDWR)
                for taken in range(count):  # noqa: B007 - read below
                    yield (b"x" * size_bytes,)

            await copy_rows(session, "loaded", columns=["value"], rows=rows())

    with pytest.raises(Exception, match="connection") as raised:
        await copy()

    assert is_fault(raised.value)
    assert taken < count / 5
    assert await _count(database) == 0


async def test_copy_of_a_csv_raises_a_fault_when_its_connection_dies(database: Database) -> None:
    async def copy() -> None:
        async with database.transaction() as session:
            with await _socket(session) as connection:
                connection.shutdown(socket.SHUT_RDWR)
            csv = b"\\x00\n" * 10_000_000
            await copy_csv(session, "loaded", columns=["value"], csv=csv)

    async with patience("the copy fails"):
        with pytest.raises(Exception, match="connection") as raised:
            await copy()

    assert is_fault(raised.value)
    assert await _count(database) == 0


async def test_copy_raises_a_fault_when_it_takes_too_long(database: Database) -> None:
    async with patience("the copy fails"):
        with pytest.raises(TimeoutError):
            await _copy(database, _endless_rows(asyncio.Event()), timeout_s=0.5)

    assert await _count(database) == 0


_TERMINATE = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE query LIKE 'COPY%loaded%' AND pid <> pg_backend_pid()"
)


def _endless_rows(started: asyncio.Event) -> Iterator[tuple[bytes]]:
    while True:
        yield (b"x" * 100_000,)
        started.set()


async def _copy(
    database: Database, rows: Iterator[tuple[bytes]], *, timeout_s: float = 300
) -> None:
    async with database.transaction() as session:
        await copy_rows(session, "loaded", columns=["value"], rows=rows, timeout_s=timeout_s)


async def _socket(session: AsyncSession) -> socket.socket:
    """That of the session's connection: once it is shut down, the next write fails at once."""
    driver = (await (await session.connection()).get_raw_connection()).driver_connection
    assert driver is not None
    # uvloop shows a socket that can do little; a copy of the descriptor is the same connection.
    descriptor = driver._transport.get_extra_info("socket").fileno()
    return socket.socket(fileno=os.dup(descriptor))


async def _count(database: Database) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(text("SELECT count(*) FROM loaded")) or 0)


async def test_a_commit_that_leaves_work_rings_once_others_see_it(database: Database) -> None:
    with database.bells.bell(Work.OTHER) as bell:
        async with database.transaction() as session:
            async with session.begin_nested():
                await session.execute(text("SELECT 1"))
                ring_after_commit(session)
            assert not bell.is_set()  # it could look for work in vain, and nobody would ring again

        assert bell.is_set()


async def test_other_commits_ring_no_bell(database: Database) -> None:
    with database.bells.bell(Work.OTHER) as bell:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))

        assert not bell.is_set()


async def test_a_bell_rings_for_what_was_left_and_no_other(database: Database) -> None:
    with database.bells.bell(Work.EVENTS) as events, database.bells.bell(Work.OTHER) as work:
        async with database.transaction() as session:
            ring_after_commit(session, Work.EVENTS)

        assert (events.is_set(), work.is_set()) == (True, False)


async def test_what_is_undone_rings_no_bell(database: Database) -> None:
    async def undone() -> None:
        async with database.transaction() as session:
            await session.execute(text("SELECT 1"))
            ring_after_commit(session)
            raise LookupError

    with database.bells.bell(Work.OTHER) as bell:
        with pytest.raises(LookupError):
            await undone()

        assert not bell.is_set()
