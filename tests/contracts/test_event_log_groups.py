"""What every event log promises to a group whose members come and go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from libs.common.eventlog import EventLog, Received
from tests.contracts.conftest import OpenLog
from tests.support.eventlog import by_key, read, records, values
from tests.support.waiting import until


async def test_two_members_share_the_partitions(
    open_real_log: OpenLog, topic: str, group: str
) -> None:
    first_records: list[Received] = []
    second_records: list[Received] = []
    async with open_real_log() as log, open_real_log() as other_log:
        await log.create_topics([topic])
        async with (
            _consuming(log, group, topic, first_records),
            _consuming(other_log, group, topic, second_records),
        ):
            sent = 0
            while not (first_records and second_records):
                await log.append(records(topic, count=40, first=sent, keys=40))
                sent += 40
                await _until_done(log, group, topic)
            first_records.clear()
            second_records.clear()
            await log.append(records(topic, count=100, first=sent, keys=40))
            await _until_done(log, group, topic)
    assert values([*first_records, *second_records]) == list(range(sent, sent + 100))
    assert not {record.partition for record in first_records} & {
        record.partition for record in second_records
    }


async def test_a_member_that_leaves_in_mid_batch_leaves_its_records_to_the_others(
    open_real_log: OpenLog, topic: str, group: str
) -> None:
    seen: list[Received] = []
    async with open_real_log() as log, open_real_log() as other_log:
        await log.create_topics([topic])
        await log.append(records(topic, count=50))
        async with log.subscribe(group=group, topics=[topic]) as leaving:
            await read(leaving, 50)
        async with _consuming(other_log, group, topic, seen):
            await _until_done(log, group, topic)
    assert values(seen) == list(range(50))


async def test_no_record_is_lost_when_a_member_joins_in_mid_batch(
    open_real_log: OpenLog, topic: str, group: str
) -> None:
    late: list[Received] = []
    async with open_real_log() as log, open_real_log() as other_log:
        await log.create_topics([topic])
        await log.append(records(topic, count=50, keys=40))
        async with log.subscribe(group=group, topics=[topic]) as early:
            effects = await read(early, 50)
            async with _consuming(other_log, group, topic, late):
                await asyncio.sleep(3)  # a long batch, while the late member wants its part
                await early.commit(effects)
                await log.append(records(topic, count=50, first=50, keys=40))
                while await log.lag(group=group, topics=[topic]):
                    more = await early.poll(max_records=10, timeout_s=0.2)
                    await early.commit(more)
                    effects += more
    assert {*values(effects), *values(late)} == set(range(100))


async def test_records_are_first_seen_in_order_while_members_come_and_go(
    open_real_log: OpenLog, topic: str, group: str
) -> None:
    sent = records(topic, count=400, keys=40)
    seen: list[Received] = []
    async with open_real_log() as log, open_real_log() as other_log:
        await log.create_topics([topic])
        async with _consuming(log, group, topic, seen):
            for start in range(0, 400, 100):
                async with _consuming(other_log, group, topic, seen):
                    for i in range(start, start + 100, 10):
                        await log.append(sent[i : i + 10])
                        await asyncio.sleep(0.1)
            await _until_done(log, group, topic)
    assert by_key(_first_seen(seen)) == by_key(sent)


@asynccontextmanager
async def _consuming(
    log: EventLog, group: str, topic: str, seen: list[Received]
) -> AsyncIterator[None]:
    """Keep a member of the group at work, noting what it sees; its last batch may be undone."""

    async def consume() -> None:
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            while True:
                received = await subscription.poll(max_records=10, timeout_s=0.2)
                seen.extend(received)
                await subscription.commit(received)

    task = asyncio.create_task(consume())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _until_done(log: EventLog, group: str, topic: str) -> None:
    await until(
        "all records are committed",
        lambda: log.lag(group=group, topics=[topic]),
        lambda lag: lag == 0,
    )


def _first_seen(seen: list[Received]) -> list[Received]:
    unique: dict[bytes, Received] = {}
    for record in seen:
        unique.setdefault(record.value, record)
    return list(unique.values())
