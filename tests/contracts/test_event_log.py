"""What every event log promises to a group with one member at a time."""

from collections.abc import Sequence

import pytest

from libs.common.eventlog import EventLog, Received, Record, Subscription
from tests.contracts.conftest import OpenLog
from tests.support.eventlog import by_key, read, records, values


async def test_a_record_comes_back_as_it_was_appended(
    open_log: OpenLog, topic: str, group: str
) -> None:
    attributes = {"id": "é-1", "type": "test.happened.v1", "time": "2026-03-29T01:00:00+00:00"}
    record = Record(topic=topic, key="ACC00000001", value=b'{"a":"\xc3\xa9"}', headers=attributes)
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append([record])
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            (received,) = await read(subscription, 1)
    assert (received.topic, received.key, received.value) == (topic, record.key, record.value)
    assert received.headers == attributes


async def test_records_of_one_key_stay_in_order(open_log: OpenLog, topic: str, group: str) -> None:
    sent = records(topic, count=1000, keys=40)
    async with open_log() as log:
        await log.create_topics([topic])
        for start in range(0, 1000, 130):
            await log.append(sent[start : start + 130])
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            received = await read(subscription, 1000, max_records=37)
    assert by_key(received) == by_key(sent)
    assert len({record.partition for record in received}) > 1


async def test_a_poll_brings_no_more_than_asked_for(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=20))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            first = await read(subscription, 1, max_records=1)
            rest = await read(subscription, 19, max_records=7)
    assert len(first) == 1
    assert len(values([*first, *rest])) == 20


async def test_one_subscription_brings_several_topics(
    open_log: OpenLog, topic: str, group: str
) -> None:
    topics = [f"{topic}.a", f"{topic}.b"]
    async with open_log() as log:
        await log.create_topics(topics)
        await log.append([*records(topics[0], count=3), *records(topics[1], count=3)])
        async with log.subscribe(group=group, topics=topics) as subscription:
            received = await read(subscription, 6)
    assert sorted(record.topic for record in received) == sorted(topics * 3)


async def test_a_record_may_be_as_large_as_a_settlement(
    open_real_log: OpenLog, topic: str, group: str
) -> None:
    large = Record(topic=topic, key="k", value=b"x" * 12_000_000, headers={"id": "1"})
    async with open_real_log() as log:
        await log.create_topics([topic])
        await log.append([large, *records(topic, count=2), large])
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            received = await read(subscription, 4)
    assert sorted(len(record.value) for record in received)[2:] == [12_000_000] * 2


async def test_a_new_group_reads_from_the_beginning(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=10))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            await subscription.commit(await read(subscription, 10))
        async with log.subscribe(group=f"{group}-new", topics=[topic]) as subscription:
            received = await read(subscription, 10)
    assert values(received) == values(records(topic, count=10))


async def test_records_come_again_after_a_crash_between_effect_and_commit(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=10))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            effects = await read(subscription, 10)
    async with open_log() as log, log.subscribe(group=group, topics=[topic]) as subscription:
        assert values(await read(subscription, 10)) == values(effects)


async def test_committed_records_are_not_seen_again(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=10))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            await subscription.commit(await read(subscription, 10))
    async with open_log() as log:
        new = records(topic, count=10, first=10)
        await log.append(new)
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            assert values(await read(subscription, 10)) == values(new)


async def test_what_was_not_in_a_commit_comes_again(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=10, keys=1))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            await subscription.commit((await read(subscription, 10))[:6])
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            assert values(await read(subscription, 4)) == values(records(topic, count=4, first=6))


async def test_lag_counts_what_the_group_has_not_committed(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        lags = [await _lag(log, group, topic)]
        await log.append(records(topic, count=10))
        lags.append(await _lag(log, group, topic))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            received = await read(subscription, 10)
            lags.append(await _lag(log, group, topic))
            await _commit_one_by_one(subscription, received)
            lags.append(await _lag(log, group, topic))
    assert lags == [0, 10, 10, 0]


async def test_creating_topics_again_changes_nothing(
    open_log: OpenLog, topic: str, group: str
) -> None:
    async with open_log() as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=3))
        await log.create_topics([topic, f"{topic}.new"])
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            assert len(await read(subscription, 3)) == 3


async def test_a_topic_is_never_created_by_accident(open_log: OpenLog, topic: str) -> None:
    async with open_log() as log:
        for _ in range(2):
            with pytest.raises(LookupError, match="elocoop migrate"):
                await log.append(records(topic, count=1))


async def _lag(log: EventLog, group: str, topic: str) -> int:
    return await log.lag(group=group, topics=[topic])


async def _commit_one_by_one(subscription: Subscription, received: Sequence[Received]) -> None:
    for record in received:
        await subscription.commit([record])
