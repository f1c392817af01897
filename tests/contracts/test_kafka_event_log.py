"""What only the Kafka adapter has to get right: lost acknowledgements, absences, rebalances."""

import asyncio
from dataclasses import replace

import pytest
from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from confluent_kafka import Consumer, Producer, TopicPartition

from libs.common.eventlog import Received, Record
from libs.common.eventlog.kafka import KafkaEventLog, bootstrap_servers
from libs.common.settings.kafka import KafkaAccess
from tests.contracts.conftest import OpenLog
from tests.support.eventlog import read, records, values
from tests.support.kafka import Broker, KafkaMock
from tests.support.kafka_proxy import kafka_proxy


def test_a_url_names_one_server_or_several() -> None:
    assert bootstrap_servers("kafka://one:9092") == "one:9092"
    assert bootstrap_servers("kafka://one:9092,two:9093/") == "one:9092,two:9093"


@pytest.mark.parametrize("url", ["kafka://", "one:9092", "database:", "http://one:9092"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="kafka://host:port"):
        bootstrap_servers(url)


async def test_a_lost_acknowledgement_does_not_duplicate(
    kafka: Broker, topic: str, group: str
) -> None:
    access = kafka.access()
    in_the_clear = replace(access, is_tls=False) if access else None
    async with (
        kafka_proxy(kafka.url, ca_file=kafka.ca_file) as proxy,
        _open(proxy.url, in_the_clear) as log,
    ):
        await log.create_topics([topic])
        await log.append(records(topic, count=1))
        proxy.produce_requests, proxy.acks_to_lose = 0, 2
        await log.append(records(topic, count=1, first=1))
        assert proxy.produce_requests == 3
        await log.append(records(topic, count=1, first=2))
        assert await log.lag(group=group, topics=[topic]) == 3


async def test_created_topics_take_records_at_once_from_a_broker_that_is_busy(
    kafka: Broker, topic: str
) -> None:
    async with _open(kafka.url, kafka.access()) as log, _open(kafka.url, kafka.access()) as new_log:
        other_topics = [f"{topic}.{number}" for number in range(50)]
        busy = asyncio.create_task(log.create_topics(other_topics))
        await asyncio.sleep(0.2)
        await log.create_topics([topic])
        await new_log.append(records(topic, count=1))
        await busy


async def test_append_raises_while_kafka_is_away_and_works_when_it_is_back(
    kafka_mock: KafkaMock, topic: str, group: str
) -> None:
    kafka_mock.create_topic(topic, partitions=1)
    async with kafka_proxy(kafka_mock.url) as proxy, _open(proxy.url, delivery_timeout_s=2) as log:
        await log.append(records(topic, count=1))
        await proxy.go_away()
        with pytest.raises((KafkaError, TimeoutError)):
            await log.append(records(topic, count=1, first=1))
        proxy.away = False
        await log.append(records(topic, count=1, first=2))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            assert values(await read(subscription, 2)) == [0, 2]


async def test_stopping_does_not_wait_for_an_absent_kafka(
    kafka_mock: KafkaMock, topic: str
) -> None:
    kafka_mock.create_topic(topic, partitions=1)
    async with kafka_proxy(kafka_mock.url) as proxy:
        log = KafkaEventLog(bootstrap_servers(proxy.url))
        await log.append(records(topic, count=1))
        await proxy.go_away()
        append = asyncio.create_task(log.append(records(topic, count=1)))
        await asyncio.sleep(0.2)
        async with asyncio.timeout(5):
            await log.stop()
        with pytest.raises(KafkaError):
            await append


async def test_a_member_can_leave_while_kafka_is_away(
    kafka_mock: KafkaMock, topic: str, group: str
) -> None:
    kafka_mock.create_topic(topic, partitions=1)
    async with kafka_proxy(kafka_mock.url) as proxy, _open(proxy.url) as log:
        await log.append(records(topic, count=1))
        async with asyncio.timeout(5), log.subscribe(group=group, topics=[topic]) as subscription:
            await read(subscription, 1)
            await proxy.go_away()
            assert not await subscription.poll(max_records=1, timeout_s=0.5)


async def test_what_follows_a_refused_record_is_taken(
    kafka_mock: KafkaMock, topic: str, group: str
) -> None:
    kafka_mock.create_topic(topic, partitions=1)
    too_large = Record(topic=topic, key="k", value=b"x" * 17_000_000, headers={})
    async with _open(kafka_mock.url) as log:
        with pytest.raises(MessageSizeTooLargeError):
            await log.append([*records(topic, count=1), too_large])
        await log.append(records(topic, count=1, first=1))
        async with log.subscribe(group=group, topics=[topic]) as subscription:
            assert values(await read(subscription, 1))[-1] == 1


async def test_on_the_wire_a_record_is_a_cloud_event(kafka_mock: KafkaMock, topic: str) -> None:
    kafka_mock.create_topic(topic, partitions=1)
    attributes = {"id": "1", "type": "test.happened.v1", "time": "2026-03-29T01:00:00+00:00"}
    async with _open(kafka_mock.url) as log:
        await log.append([Record(topic=topic, key="k", value=b"{}", headers=attributes)])
    consumer = Consumer({"bootstrap.servers": bootstrap_servers(kafka_mock.url), "group.id": "x"})
    consumer.assign([TopicPartition(topic, 0, 0)])
    message = consumer.poll(10)
    consumer.close()
    assert message is not None
    headers = message.headers()
    assert isinstance(headers, list)
    assert dict(headers) == {
        "ce_id": b"1",
        "ce_type": b"test.happened.v1",
        "ce_time": b"2026-03-29T01:00:00+00:00",
        "ce_specversion": b"1.0",
        "content-type": b"application/json",
    }


async def test_a_stranger_s_record_is_handed_out_whatever_it_lacks(
    kafka_mock: KafkaMock, topic: str, group: str
) -> None:
    kafka_mock.create_topic(topic, partitions=1)
    producer = Producer({"bootstrap.servers": bootstrap_servers(kafka_mock.url)})
    producer.produce(topic)
    producer.produce(
        topic, key=b"\xff", value=b"1", headers=[("ce_id", b"\xff"), ("ce_type", None)]
    )
    producer.flush(10)
    async with (
        _open(kafka_mock.url) as log,
        log.subscribe(group=group, topics=[topic]) as subscription,
    ):
        empty, odd = await read(subscription, 2)
    assert (empty.key, empty.value, empty.headers) == ("", b"", {})
    assert odd.headers == {"id": "\N{REPLACEMENT CHARACTER}", "type": ""}


async def test_a_late_commit_of_a_lost_partition_changes_nothing(
    open_kafka: OpenLog, topic: str, group: str
) -> None:
    async with open_kafka() as log, open_kafka() as other_log:
        await log.create_topics([topic])
        await log.append(records(topic, count=20, keys=40))
        async with log.subscribe(group=group, topics=[topic]) as early:
            batch = await read(early, 20)
            async with other_log.subscribe(group=group, topics=[topic]) as late:
                taken = [*await read(late, 1)]
                lost = {record.partition for record in taken}
                await log.append(records(topic, count=20, first=20, keys=40))
                taken += await late.poll(max_records=100, timeout_s=2)
                await late.commit(taken)
                done = await log.lag(group=group, topics=[topic])
                await early.commit([record for record in batch if record.partition in lost])
                assert await log.lag(group=group, topics=[topic]) == done


async def test_a_batch_from_before_a_rebalance_comes_again(
    open_kafka: OpenLog, topic: str, group: str
) -> None:
    async with open_kafka() as log, open_kafka() as other_log:
        await log.create_topics([topic])
        await log.append(records(topic, count=20, keys=40))
        async with log.subscribe(group=group, topics=[topic]) as early:
            batch = await read(early, 20)
            async with other_log.subscribe(group=group, topics=[topic]) as late:
                await read(late, 1)
            await early.commit(batch)
            assert await log.lag(group=group, topics=[topic]) == 20
            again: list[Received] = []
            while await log.lag(group=group, topics=[topic]):
                received = await early.poll(max_records=100, timeout_s=1)
                await early.commit(received)
                again += received
    assert set(values(again)) == set(values(batch))


async def test_topics_have_the_partitions_and_record_size_we_ask_for(
    kafka: Broker, topic: str
) -> None:
    async with _open(kafka.url, kafka.access(), partitions=5) as log:
        await log.create_topics([topic])
        large = Record(topic=topic, key="k", value=b"x" * (16 * 1024 * 1024 - 1000), headers={})
        await log.append([large, *records(topic, count=100, keys=100)])
        async with log.subscribe(group=topic, topics=[topic]) as subscription:
            received = await read(subscription, 101)
    assert {record.partition for record in received} == set(range(5))


def _open(
    url: str,
    access: KafkaAccess | None = None,
    *,
    partitions: int = 4,
    delivery_timeout_s: float = 60,
) -> KafkaEventLog:
    return KafkaEventLog(
        bootstrap_servers(url), access, partitions=partitions, delivery_timeout_s=delivery_timeout_s
    )
