"""One member of a Kafka consumer group, with explicit commits that survive a rebalance."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import CommitFailedError, IllegalStateError

from libs.common.eventlog import Received
from libs.common.eventlog.kafka.cloudevents import to_received
from libs.common.eventlog.kafka.producer import MAX_RECORD_BYTES

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_consumer(
    client_options: Mapping[str, Any], *, group: str | None, session_timeout_s: float
) -> AsyncIterator[AIOKafkaConsumer]:
    """Open a consumer that knows the group's offsets; it joins the group when it subscribes.

    group: None for one that only reads.
    """
    consumer = AIOKafkaConsumer(
        **client_options,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_RECORD_BYTES,
        # One operation's events, on whatever topic, go to one member: less contention.
        partition_assignment_strategy=(RangePartitionAssignor,),
        # A member learns of a rebalance by its heartbeat, and holds up the others until then.
        heartbeat_interval_ms=1_000,
        # Changes wake aiokafka's fetcher; its default of five looks a second at each partition is
        # a third of what an idle consumer costs.
        consumer_timeout_ms=2_000,
        session_timeout_ms=int(session_timeout_s * 1000),
        # A batch may hold a month's allocation of many operations.
        max_poll_interval_ms=15 * 60_000,
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        # With Kafka away, aiokafka's stop may end in the CancelledError of a task of its own, which
        # would look like ours being cancelled, and leave connections open.
        error: BaseException | None
        [error] = await asyncio.gather(consumer.stop(), return_exceptions=True)
        if error:
            _log.warning("left without a good-bye", group=group, error=repr(error))
            await consumer._client.close()  # noqa: SLF001


class KafkaSubscription:
    """See libs.common.eventlog.Subscription."""

    def __init__(self, consumer: AIOKafkaConsumer, *, group: str, topics: Sequence[str]) -> None:
        self._consumer = consumer
        self._group = group
        # The offset after the last record handed out, since the partition was assigned.
        self._positions: dict[TopicPartition, int] = {}
        consumer.subscribe(topics=list(topics), listener=_ForgetWhenRevoked(self._positions))

    async def poll(self, *, max_records: int, timeout_s: float) -> Sequence[Received]:
        """Return new records. Takes longer than the timeout while the group shares partitions."""
        batches: dict[TopicPartition, list[ConsumerRecord[bytes, bytes]]]
        batches = await self._consumer.getmany(
            timeout_ms=int(timeout_s * 1000), max_records=max_records
        )
        for partition, messages in batches.items():
            self._positions[partition] = messages[-1].offset + 1
        return [to_received(message) for messages in batches.values() for message in messages]

    async def commit(self, received: Sequence[Received]) -> None:
        """Mark these records as processed, except those of partitions taken away meanwhile."""
        next_offsets: dict[TopicPartition, int] = {}
        for record in received:
            partition = TopicPartition(record.topic, record.partition)
            if record.offset < self._positions.get(partition, 0):
                next_offsets[partition] = max(next_offsets.get(partition, 0), record.offset + 1)
        try:
            if next_offsets:
                await self._consumer.commit(next_offsets)
        except (CommitFailedError, IllegalStateError) as error:
            _log.debug("commit left to another member", group=self._group, error=str(error))


class _ForgetWhenRevoked(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    """Clears the positions of partitions when the group shares them again.

    Until then the records of a partition are ours to commit. After that aiokafka itself starts at
    the committed offsets, whichever member had them.
    """

    def __init__(self, positions: dict[TopicPartition, int]) -> None:
        self._positions = positions

    def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        _log.debug("partitions revoked", count=len(revoked))
        self._positions.clear()

    def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        _log.debug("partitions assigned", count=len(assigned))
