"""The records of Kafka's log that a copy of the database lacks, and a log without them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import UnknownTopicOrPartitionError, for_code

from libs.common.eventlog import GroupInUse, OffsetRange, Received
from libs.common.eventlog.kafka.cloudevents import to_received

_READ_AT_ONCE = 400
_LOOK_MS = 1_000
# A process that was killed is a member of its group for ten seconds more.
_MEMBERS_LEAVE_S = 30
_TOPICS_GO_S = 60
_PAUSE_S = 0.2
# Of https://kafka.apache.org/protocol.html, DescribeGroups: nobody is in it, or it is unknown.
_WITHOUT_MEMBERS = {"Empty", "Dead"}


async def find_ranges(
    consumer: AIOKafkaConsumer, committed_offsets: Mapping[TopicPartition, int]
) -> list[OffsetRange]:
    """Return the records from these offsets to the end of the log; empty ranges are left out."""
    partitions = list(committed_offsets)
    starts = await consumer.beginning_offsets(partitions)
    ends = await consumer.end_offsets(partitions)
    ranges = [
        OffsetRange(
            partition.topic,
            partition.partition,
            max(starts[partition], committed_offsets[partition]),
            ends[partition],
        )
        for partition in partitions
    ]
    return [offsets for offsets in ranges if offsets.start < offsets.end]


async def read_ranges(
    consumer: AIOKafkaConsumer, ranges: Sequence[OffsetRange]
) -> AsyncIterator[Sequence[Received]]:
    """Yield the records of these ranges; Kafka may have deleted the first ones meanwhile."""
    # One after another: what is fetched ahead is held for each partition.
    for offsets in ranges:
        partition = TopicPartition(offsets.topic, offsets.partition)
        consumer.assign([partition])
        consumer.seek(partition, offsets.start)
        while await consumer.position(partition) < offsets.end:
            batches = await consumer.getmany(
                partition, timeout_ms=_LOOK_MS, max_records=_READ_AT_ONCE
            )
            yield [
                to_received(message)
                for message in batches.get(partition, [])
                if message.offset < offsets.end
            ]


async def wait_until_empty(admin: AIOKafkaAdminClient, groups: Sequence[str]) -> None:
    """Return once no process is a member of these groups. Raises GroupInUse."""
    for group in groups:
        try:
            async with asyncio.timeout(_MEMBERS_LEAVE_S):
                while not await _is_empty(admin, group):  # noqa: ASYNC110 - Kafka tells nobody
                    await asyncio.sleep(_PAUSE_S)
        except TimeoutError as error:
            raise GroupInUse(group) from error


async def delete_topics(admin: AIOKafkaAdminClient, topics: AbstractSet[str]) -> None:
    """Delete those that exist; return once the broker knows none of them. Raises KafkaError."""
    response = await admin.delete_topics(sorted(topics))
    for topic, code, *_ in response.topic_error_codes:
        if code not in (0, UnknownTopicOrPartitionError.errno):
            raise for_code(code)(topic)
    async with asyncio.timeout(_TOPICS_GO_S):
        while not topics.isdisjoint(await admin.list_topics()):  # noqa: ASYNC110 - Kafka tells nobody
            await asyncio.sleep(_PAUSE_S)


async def _is_empty(admin: AIOKafkaAdminClient, group: str) -> bool:
    [response] = await admin.describe_consumer_groups([group])
    [(code, _name, state, *_)] = response.groups
    if code:
        raise for_code(code)(group)
    return state in _WITHOUT_MEMBERS
