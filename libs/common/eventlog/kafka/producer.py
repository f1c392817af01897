"""An idempotent producer that reports failed deliveries, and is replaced after a failure."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError, KafkaError

from libs.common.eventlog import Record
from libs.common.eventlog.kafka.cloudevents import to_headers

# A settlement of an operation with 2,000 consumers takes several MiB.
MAX_RECORD_BYTES = 16 * 1024 * 1024
_BATCH_BYTES = 1024 * 1024
# Brokers refuse requests over 100 MiB, and all partitions may travel in one.
_PORTION_BYTES = 32 * 1024 * 1024


class KafkaProducer:
    """Connects at the first send, so a service starts while Kafka is still away."""

    def __init__(self, client_options: Mapping[str, Any], *, timeout_s: float) -> None:
        self._client_options = client_options
        self._timeout_s = timeout_s
        self._lock = asyncio.Lock()
        self._kafka_producer: AIOKafkaProducer | None = None

    async def send(self, records: Sequence[Record]) -> None:
        """Send in order; return when all in-sync replicas have the records.

        Raises KafkaError or TimeoutError when Kafka does not accept them.
        """
        for portion in _portions(records):
            await self._send(portion)

    async def stop(self) -> None:
        """Disconnect. Records still on their way are given up; their send raises."""
        if self._kafka_producer is not None:
            await self._discard(self._kafka_producer)

    async def _send(self, records: Sequence[Record]) -> None:
        kafka_producer = await self._started()
        acks: list[asyncio.Future[Any]] = []
        try:
            # aiokafka would retry for ever; we would rather report it to the caller.
            async with asyncio.timeout(self._timeout_s):
                for record in records:
                    ack = await kafka_producer.send(
                        record.topic,
                        key=record.key.encode(),
                        value=record.value,
                        headers=to_headers(record.headers),
                    )
                    acks.append(ack)
                await asyncio.gather(*acks)
        except (KafkaError, TimeoutError):
            # After a refusal aiokafka's sequence numbers no longer match the broker's, which
            # then refuses all that follows in that partition; a new producer starts anew.
            await self._discard(kafka_producer)
            await asyncio.gather(*acks, return_exceptions=True)
            raise

    async def _started(self) -> AIOKafkaProducer:
        async with self._lock:
            if self._kafka_producer is None:
                kafka_producer = AIOKafkaProducer(
                    **self._client_options,
                    acks="all",
                    enable_idempotence=True,
                    max_request_size=MAX_RECORD_BYTES,
                    max_batch_size=_BATCH_BYTES,
                    request_timeout_ms=15_000,
                )
                try:
                    async with asyncio.timeout(self._timeout_s):
                        await kafka_producer.start()
                except BaseException:
                    await kafka_producer.stop()
                    raise
                self._kafka_producer = kafka_producer
            return self._kafka_producer

    async def _discard(self, kafka_producer: AIOKafkaProducer) -> None:
        # Its own stop waits for its records first, for ever if Kafka is away: so we cancel its
        # sender before, and fail what is left after.
        async with self._lock:
            already_replaced = self._kafka_producer is not kafka_producer
            if already_replaced:
                return
            self._kafka_producer = None
            kafka_producer._sender.sender_task.cancel()  # noqa: SLF001
            await kafka_producer.stop()
            closed = KafkaConnectionError("the producer was closed")
            kafka_producer._message_accumulator.fail_all(closed)  # noqa: SLF001


def _portions(records: Sequence[Record]) -> Iterator[list[Record]]:
    portion: list[Record] = []
    size = 0
    for record in records:
        if portion and size + len(record.value) > _PORTION_BYTES:
            yield portion
            portion, size = [], 0
        portion.append(record)
        size += len(record.value)
    if portion:
        yield portion
