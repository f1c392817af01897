"""What a backup takes from Kafka, and a log that has forgotten all since."""

import pytest

from libs.common.eventlog import GroupInUse, LogRights, OffsetRange
from libs.common.eventlog.kafka import KafkaEventLog, bootstrap_servers, copying
from libs.common.eventlog.prefixed import PrefixedEventLog
from tests.support.eventlog import read, records, values
from tests.support.kafka import Broker


@pytest.fixture
def rights(topic: str, group: str) -> list[LogRights]:
    """Two services, one of which reads what it appends itself."""
    return [
        LogRights(user=name, group=f"{group}.{name}", appends=[topic], reads=[topic])
        for name in ("billing", "community")
    ]


async def test_what_one_of_the_groups_has_not_consumed_is_found_and_read(
    kafka: Broker, topic: str, rights: list[LogRights]
) -> None:
    async with _open_log(kafka) as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=10, keys=1))
        for service_rights, count in zip(rights, (10, 4), strict=True):
            await _consume(log, service_rights, count)

        ranges = await log.find_unconsumed(rights)
        whole = await log.find_unconsumed(rights, states=[topic])
        await log.append(records(topic, count=1, first=10, keys=1))
        received = [record async for batch in log.read(ranges) for record in batch]

    assert [(state.start, state.end) for state in whole] == [(0, 10)]
    assert [(unconsumed.start, unconsumed.end) for unconsumed in ranges] == [(4, 10)]
    assert values(received) == [4, 5, 6, 7, 8, 9]


async def test_a_platform_finds_its_own_part_of_a_kafka(
    kafka: Broker, topic: str, rights: list[LogRights]
) -> None:
    async with _open_log(kafka) as whole_log:
        log = PrefixedEventLog(whole_log, topic)
        await log.create_topics([topic])
        await log.append(records(topic, count=3, keys=1))

        ranges = await log.find_unconsumed(rights)
        received = [record async for batch in log.read(ranges) for record in batch]
        await log.clear(rights)

        assert ranges == [OffsetRange(topic, 0, 0, 3)]
        assert {record.topic for record in received} == {topic}
        assert await log.lag(group=rights[0].group, topics=[topic]) == 0


async def test_after_a_clear_groups_hear_only_what_is_told_from_then_on(
    kafka: Broker, topic: str, rights: list[LogRights]
) -> None:
    async with _open_log(kafka) as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=10, keys=1))
        await _consume(log, rights[0], 5)

        await log.clear(rights)
        # More than had been committed: a group that had kept its offset would miss the first.
        await log.append(records(topic, count=7, first=10, keys=1))

        for service_rights in rights:
            async with log.subscribe(group=service_rights.group, topics=[topic]) as subscription:
                assert values(await read(subscription, 7)) == [10, 11, 12, 13, 14, 15, 16]


async def test_what_a_service_reads_is_not_cleared(
    kafka: Broker, topic: str, rights: list[LogRights], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_MEMBERS_LEAVE_S", 1)
    async with _open_log(kafka) as log:
        await log.create_topics([topic])
        await log.append(records(topic, count=1, keys=1))
        async with log.subscribe(group=rights[1].group, topics=[topic]) as subscription:
            await read(subscription, 1)

            with pytest.raises(GroupInUse, match="Stop the services first"):
                await log.clear(rights)

        assert await log.lag(group=rights[0].group, topics=[topic]) == 1


def _open_log(kafka: Broker) -> KafkaEventLog:
    return KafkaEventLog(bootstrap_servers(kafka.url), kafka.access(), partitions=1)


async def _consume(log: KafkaEventLog, rights: LogRights, count: int) -> None:
    """Commit so many records."""
    async with log.subscribe(group=rights.group, topics=rights.reads) as subscription:
        received = await read(subscription, count, max_records=1)
        await subscription.commit(received)
