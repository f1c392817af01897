"""What the log in PostgreSQL forgets, and what it does not (M5)."""

from collections.abc import AsyncIterator, Sequence

import asyncpg
import pytest

from libs.common.eventlog import EventLog, LogRights, TopicRetention
from libs.common.eventlog.postgres import open_postgres_event_log
from tests.contracts.conftest import OpenLog
from tests.support.databases import migrated_database
from tests.support.eventlog import by_key, read, records, values


@pytest.fixture
async def log(open_postgres: OpenLog) -> AsyncIterator[EventLog]:
    async with open_postgres() as log:
        yield log


async def _read_anew(log: EventLog, topic: str, *, group: str, count: int) -> Sequence[int]:
    """As who has never read it; there is nothing more."""
    async with log.subscribe(group=group, topics=[topic]) as subscription:
        received = await read(subscription, count)
        assert await subscription.poll(max_records=10, timeout_s=0) == []
        await subscription.commit(received)
    return values(received)


async def _make_older(database_url: str, topic: str, *, months: int) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute(
        "UPDATE eventlog.record SET appended_at = appended_at - make_interval(months => $1)"
        " WHERE topic = $2",
        months,
        topic,
    )
    await connection.close()


async def test_of_a_key_the_last_record_stays_and_who_is_new_reads_it(
    log: EventLog, topic: str, group: str
) -> None:
    await log.create_topics([topic])
    await log.retain([TopicRetention(topic, months=None)])
    await log.append(records(topic, count=100, keys=7))

    assert await log.purge([topic]) is False

    assert await log.lag(group=group, topics=[topic]) >= 7
    assert await _read_anew(log, topic, group=group, count=7) == list(range(93, 100))
    assert await log.lag(group=group, topics=[topic]) == 0


async def test_what_is_older_than_its_months_goes_and_the_rest_stays(
    log: EventLog, database_url: str, topic: str, group: str
) -> None:
    await log.create_topics([topic])
    await log.retain([TopicRetention(topic, months=36)])
    await log.append(records(topic, count=20))
    await _make_older(database_url, topic, months=37)
    await log.append(records(topic, count=10, first=20))

    await log.purge([topic])

    assert await log.lag(group=group, topics=[topic]) == 10
    assert await _read_anew(log, topic, group=group, count=10) == list(range(20, 30))


async def test_where_all_has_gone_nothing_waits_and_what_comes_next_is_read(
    log: EventLog, database_url: str, topic: str, group: str
) -> None:
    await log.create_topics([topic])
    await log.retain([TopicRetention(topic, months=1)])
    await log.append(records(topic, count=20))
    await _make_older(database_url, topic, months=2)
    await log.purge([topic])

    assert await log.lag(group=group, topics=[topic]) == 0
    await log.append(records(topic, count=5, first=20))
    assert await log.lag(group=group, topics=[topic]) == 5
    assert await _read_anew(log, topic, group=group, count=5) == list(range(20, 25))


async def test_a_topic_of_which_nothing_was_said_keeps_all(
    log: EventLog, database_url: str, topic: str
) -> None:
    await log.create_topics([topic])
    await log.append(records(topic, count=20, keys=1))
    await _make_older(database_url, topic, months=1200)

    assert await log.purge([topic]) is False

    assert await log.lag(group="anybody", topics=[topic]) == 20


async def test_much_goes_in_parts(log: EventLog, topic: str, group: str) -> None:
    await log.create_topics([topic])
    await log.retain([TopicRetention(topic, months=None)])
    await log.append(records(topic, count=2_500, keys=1))

    parts = [await log.purge([topic]) for _ in range(3)]

    assert parts == [True, True, False]
    assert await _read_anew(log, topic, group=group, count=1) == [2_499]


async def test_what_somebody_has_not_read_yet_stays(server_url: str) -> None:
    billing = LogRights("billing", "billing", appends=[], reads=["community.members"])
    async with (
        migrated_database(server_url) as url,
        open_postgres_event_log(url, partitions=1) as log,
        open_postgres_event_log(url, role="billing", partitions=1) as billings,
    ):
        await log.create_topics(["community.members"])
        await log.retain([TopicRetention("community.members", months=None)])
        await log.grant([billing])
        await log.append(records("community.members", count=10, keys=1))
        await log.purge(["community.members"])
        async with billings.subscribe(group="billing", topics=["community.members"]) as reader:
            first = await read(reader, 4, max_records=4)
            await reader.commit(first)
            await log.purge(["community.members"])
            rest = await read(reader, 6)
            await reader.commit(rest)
        await log.purge(["community.members"])
        async with log.subscribe(group="new", topics=["community.members"]) as reader:
            left = await read(reader, 1)

    assert by_key([*first, *rest]) == {"key-0": [str(i).encode() for i in range(10)]}
    assert values(left) == [9]
