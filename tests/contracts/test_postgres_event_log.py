"""What only the PostgreSQL adapter has to get right: the size of a batch, members that died."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import asyncpg
from sqlalchemy import text

from libs.common.database import Database
from libs.common.eventlog import EventLog, Received, Record, Subscription
from tests.contracts.conftest import OpenLog
from tests.support.eventlog import read, records, values
from tests.support.waiting import patience, until

_FOR_EVER_S = 3_600
"""Patience ends before: who is not woken fails."""


async def test_a_poll_takes_no_more_than_fits_in_memory(
    open_postgres: OpenLog, topic: str, group: str
) -> None:
    large = [
        Record(topic=topic, key=f"key-{i}", value=b"x" * 12_000_000, headers={"id": str(i)})
        for i in range(6)
    ]
    async with open_postgres() as log:
        await log.create_topics([topic])
        await log.append(large)
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            sizes: list[int] = []
            while sum(sizes) < 6:
                sizes.append(len(await subscription.poll(max_records=400, timeout_s=1)))
    assert sizes == [3, 3]


async def test_a_busy_partition_does_not_starve_the_others(
    open_postgres: OpenLog, topic: str, group: str
) -> None:
    async with open_postgres() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=50, keys=1))
        await log.append(records(topic, count=50, first=50, keys=40))
        await log.append(records(topic, count=500, first=100, keys=1))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            first = await read(subscription, 100, max_records=10)
            rest = await read(subscription, 500, max_records=100)
    assert values(first) == list(range(100))
    assert values(rest) == list(range(100, 600))


async def test_members_that_died_are_forgotten(
    open_postgres: OpenLog, database_url: str, topic: str, group: str
) -> None:
    database = Database(database_url, schema="eventlog", pool_size=1)
    async with open_postgres() as log:
        await log.create_topics([topic])
        async with database.transaction() as session:
            await session.execute(
                text(
                    'INSERT INTO member ("group", id, topics) VALUES (:group, :id, ARRAY[:topic])'
                ),
                {"group": group, "id": uuid4(), "topic": topic},
            )
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            await subscription.poll(max_records=1, timeout_s=0)
            members = await _members(database, group)
    await database.close()
    assert len(members) == 1


async def test_members_that_were_forgotten_between_two_polls_join_anew(
    open_postgres: OpenLog, database_url: str, topic: str, group: str
) -> None:
    database = Database(database_url, schema="eventlog", pool_size=1)
    seen: list[int] = []

    async def look(*members: Subscription) -> tuple[int, int]:
        """How many records were seen, and how many members are listed."""
        for member in members:
            received = await member.poll(max_records=100, timeout_s=0.1)
            await member.commit(received)
            seen.extend(values(received))
        return len(seen), len(await _members(database, group))

    async with (
        open_postgres() as log,
        log.subscribe(group=group, topics=[topic]) as first_subscription,
        log.subscribe(group=group, topics=[topic]) as second_subscription,
    ):
        await log.create_topics([topic])
        await log.append(records(topic, count=40, keys=40))
        await until(
            "both read",
            lambda: look(first_subscription, second_subscription),
            lambda counts: counts == (40, 2),
        )
        async with database.transaction() as session:
            await session.execute(
                text("""DELETE FROM member WHERE "group" = :group"""), {"group": group}
            )
        await log.append(records(topic, count=40, first=40, keys=40))
        await until(
            "both read on",
            lambda: look(first_subscription, second_subscription),
            lambda counts: counts == (80, 2),
        )
    await database.close()
    assert sorted(seen) == list(range(80))


async def test_what_a_killed_member_had_is_taken_over_though_nobody_tells(
    open_postgres: OpenLog, database_url: str, topic: str, group: str
) -> None:
    taken: list[Received] = []
    async with (
        open_postgres() as log,
        open_postgres() as other_log,
        log.subscribe(group=group, topics=[topic]) as staying,
    ):
        await log.create_topics([topic])
        await log.append(records(topic, count=40, keys=40))
        others = await _connections(database_url)
        dying = asyncio.create_task(_poll_for_ever(other_log, group, topic, taken, commits=False))
        async with patience("both members take records"):
            while len(taken) < 40:
                await asyncio.sleep(0.01)
            received = list(await staying.poll(max_records=100, timeout_s=_FOR_EVER_S))
        await staying.commit(received)
        assert 0 < len(received) < 40

        await _kill(database_url, await _connections(database_url) - others)
        async with patience("who stays takes all"):
            while len(received) < 40:
                received += await staying.poll(max_records=100, timeout_s=_FOR_EVER_S)
        await asyncio.wait([dying])

    assert values(received) == list(range(40))
    assert dying.exception() is not None


async def test_members_at_rest_ask_nothing(
    open_postgres: OpenLog, database_url: str, topic: str, group: str
) -> None:
    seen: list[Received] = []
    async with open_postgres() as log, open_postgres() as other_log:
        await log.create_topics([topic])
        others = await _connections(database_url)
        members = [
            asyncio.create_task(_poll_for_ever(event_log, group, topic, seen, commits=True))
            for event_log in (log, other_log)
        ]
        await log.append(records(topic, count=40, keys=40))
        async with patience("the members rest"):
            while len(seen) < 40:
                await asyncio.sleep(0.01)
            theirs = await _connections(database_url) - others
            while await _since_last_question(database_url, theirs) < timedelta(seconds=3):
                await asyncio.sleep(0.1)
        await log.append(records(topic, count=1, first=40))
        async with patience("the members are woken"):
            while len(seen) < 41:
                await asyncio.sleep(0.01)
        for member in members:
            member.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*members)


async def _poll_for_ever(
    log: EventLog, group: str, topic: str, seen: list[Received], *, commits: bool
) -> None:
    async with log.subscribe(group=group, topics=[topic]) as member:
        while True:
            received = await member.poll(max_records=100, timeout_s=_FOR_EVER_S)
            seen += received
            if commits:
                await member.commit(received)


async def _connections(database_url: str) -> set[int]:
    """To the event log, of all processes."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch("""
            SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'elocoop event log'
        """)
        return {row["pid"] for row in rows}
    finally:
        await connection.close()


async def _kill(database_url: str, pids: Collection[int]) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM unnest($1::integer[]) AS pid", list(pids)
        )
    finally:
        await connection.close()


async def _since_last_question(database_url: str, pids: Collection[int]) -> timedelta:
    connection = await asyncpg.connect(database_url)
    try:
        passed: timedelta = await connection.fetchval(
            """
            SELECT clock_timestamp() - max(query_start) FROM pg_stat_activity
            WHERE pid = ANY ($1)
            """,
            list(pids),
        )
        return passed
    finally:
        await connection.close()


async def _members(database: Database, group: str) -> Sequence[object]:
    async with database.transaction() as session:
        statement = text('SELECT id FROM member WHERE "group" = :group')
        return (await session.execute(statement, {"group": group})).all()
