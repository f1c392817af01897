"""What only the PostgreSQL adapter has to get right: the size of a batch, members that died."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import text

from libs.common.database import Database
from libs.common.eventlog import Record
from tests.contracts.conftest import OpenLog
from tests.support.eventlog import read, records, values


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


async def test_members_that_died_long_ago_are_forgotten(
    open_postgres: OpenLog, database_url: str, topic: str, group: str
) -> None:
    database = Database(database_url, schema="eventlog", pool_size=1)
    async with open_postgres() as log:
        await log.create_topics([topic])
        async with database.transaction() as session:
            await session.execute(
                text(
                    'INSERT INTO member ("group", id, topics, seen_at)'
                    " VALUES (:group, :id, ARRAY[:topic], now() - interval '1 day')"
                ),
                {"group": group, "id": uuid4(), "topic": topic},
            )
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            await subscription.poll(max_records=1, timeout_s=0)
            members = await _members(database, group)
    await database.close()
    assert len(members) == 1


async def _members(database: Database, group: str) -> Sequence[object]:
    async with database.transaction() as session:
        statement = text('SELECT id FROM member WHERE "group" = :group')
        return (await session.execute(statement, {"group": group})).all()
