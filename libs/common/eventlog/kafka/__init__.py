"""The event log in Apache Kafka, for the deployed mode; only this package imports aiokafka."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from libs.common.eventlog import LogRights, OffsetRange, Received, Record, TopicRetention
from libs.common.eventlog.kafka.access import client_options, grant
from libs.common.eventlog.kafka.copying import (
    delete_topics,
    find_ranges,
    read_ranges,
    wait_until_empty,
)
from libs.common.eventlog.kafka.producer import MAX_RECORD_BYTES, KafkaProducer
from libs.common.eventlog.kafka.retention import retain
from libs.common.eventlog.kafka.subscription import KafkaSubscription, open_consumer
from libs.common.settings.kafka import KafkaAccess

_TOPIC_CONFIG = {
    "max.message.bytes": str(MAX_RECORD_BYTES),
    # Until `retain`. The default, a week, would lose events for services away for longer.
    "retention.ms": "-1",
}
_TOPICS_TIMEOUT_S = 60
_TOPICS_PAUSE_S = 0.1


def bootstrap_servers(url: str) -> str:
    """Convert ``kafka://host:port,…`` to the form of Kafka's clients: ``host:port,…``."""
    scheme, _, servers = url.partition("://")
    servers = servers.rstrip("/")
    if scheme != "kafka" or not servers:
        message = f"not a Kafka URL, kafka://host:port: {url}"
        raise ValueError(message)
    return servers


@asynccontextmanager
async def open_kafka_event_log(
    url: str, access: KafkaAccess | None, *, partitions: int
) -> AsyncIterator["KafkaEventLog"]:
    """Open the log at ``kafka://host:port,…``; partitions are those of the topics it creates."""
    async with KafkaEventLog(bootstrap_servers(url), access, partitions=partitions) as event_log:
        yield event_log


class KafkaEventLog:
    """See libs.common.eventlog.EventLog. Closed by ``stop``, or used with ``async with``."""

    def __init__(
        self,
        bootstrap: str,
        access: KafkaAccess | None = None,
        *,
        partitions: int = 12,
        delivery_timeout_s: float = 60,
        session_timeout_s: float = 10,
        compacted_after_s: float = 7 * 86_400,
    ) -> None:
        self._client_options = client_options(bootstrap, access)
        self._has_users = access is not None
        self._partitions = partitions
        self._session_timeout_s = session_timeout_s
        self._compacted_after_s = compacted_after_s
        self._producer = KafkaProducer(self._client_options, timeout_s=delivery_timeout_s)
        self._known_topics: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Disconnect. Records still on their way are given up; their append raises."""
        await self._producer.stop()

    async def ask(self) -> None:
        """Return when a broker tells which topics there are. Raises KafkaError."""
        async with self._admin() as admin:
            await admin.list_topics()

    async def append(self, records: Sequence[Record]) -> None:
        """Append in order; when it returns, all in-sync replicas have the records.

        Raises LookupError for a topic never created, KafkaError or TimeoutError when Kafka does not
        accept them. Appending them again may then duplicate those that had arrived.
        """
        await self._require({record.topic for record in records})
        await self._producer.send(records)

    @asynccontextmanager
    async def subscribe(
        self, *, group: str, topics: Sequence[str]
    ) -> AsyncIterator[KafkaSubscription]:
        """Join a consumer group. Raises LookupError for a topic never created."""
        await self._require(topics)
        async with self._consumer(group) as consumer:
            yield KafkaSubscription(consumer, group=group, topics=topics)

    async def create_topics(self, topics: Sequence[str]) -> None:
        """Create those that do not exist, replicated as the brokers do by default.

        Returns when a broker accepts records for them. Raises TimeoutError when none does.
        """
        async with self._admin() as admin:
            response = await admin.create_topics([self._new_topic(topic) for topic in topics])
            created = set()
            for topic, code, *_ in response.topic_errors:
                if code not in (0, TopicAlreadyExistsError.errno):
                    raise for_code(code)(topic)
                if code == 0:
                    created.add(topic)
            await _wait_for_leaders(admin, created)
        self._known_topics |= set(topics)

    async def grant(self, rights: Sequence[LogRights]) -> None:
        """Like ``EventLog.grant``; requires an administrator's log-in."""
        if self._has_users:
            async with self._admin() as admin:
                await grant(admin, rights)

    async def retain(self, retentions: Sequence[TopicRetention]) -> None:
        """Like ``EventLog.retain``; requires an administrator's log-in."""
        async with self._admin() as admin:
            await retain(admin, retentions, compacted_after_s=self._compacted_after_s)

    async def purge(self, _topics: Sequence[str]) -> bool:
        """Do nothing: Kafka itself deletes expired records."""
        return False

    async def lag(self, *, group: str, topics: Sequence[str]) -> int:
        """Return the number of records that the group has not committed yet."""
        partitions = await self._partitions_of(topics)
        async with self._consumer(group) as consumer:
            # The ends last: what is appended and committed meanwhile must not make a lag below 0.
            committed = await asyncio.gather(*map(consumer.committed, partitions))
            starts = await consumer.beginning_offsets(partitions)
            ends = await consumer.end_offsets(partitions)
        return sum(
            ends[partition] - max(starts[partition], offset or 0)
            for partition, offset in zip(partitions, committed, strict=True)
        )

    async def find_unconsumed(
        self, rights: Sequence[LogRights], *, states: Collection[str] = ()
    ) -> Sequence[OffsetRange]:
        """Like ``EventLog.find_unconsumed``, of the topics that these groups read."""
        committed_offsets: dict[TopicPartition, int] = {}
        for service_rights in rights:
            partitions = await self._partitions_of(service_rights.reads)
            async with self._consumer(service_rights.group) as consumer:
                offsets = await asyncio.gather(*map(consumer.committed, partitions))
            for partition, offset in zip(partitions, offsets, strict=True):
                start = 0 if partition.topic in states else offset or 0
                committed_offsets[partition] = min(start, committed_offsets.get(partition, start))
        async with self._consumer(rights[0].group) as consumer:
            return await find_ranges(consumer, committed_offsets)

    async def read(self, ranges: Sequence[OffsetRange]) -> AsyncIterator[Sequence[Received]]:
        """Like ``EventLog.read``; as nobody's group, so nothing is committed."""
        async with self._consumer(None) as consumer:
            async for received in read_ranges(consumer, ranges):
                yield received

    async def clear(self, rights: Sequence[LogRights]) -> None:
        """Delete the topics and create them again; requires an administrator's log-in.

        Kafka forgets what groups had committed on a deleted topic, sooner or later: each group is
        set to the beginning.
        """
        topics = {
            topic
            for service_rights in rights
            for topic in (*service_rights.appends, *service_rights.reads)
        }
        async with self._admin() as admin:
            await wait_until_empty(admin, [service_rights.group for service_rights in rights])
            await delete_topics(admin, topics)
        self._known_topics -= topics
        await self.create_topics(sorted(topics))
        for service_rights in rights:
            partitions = await self._partitions_of(service_rights.reads)
            async with self._consumer(service_rights.group) as consumer:
                consumer.assign(partitions)
                await consumer.commit(dict.fromkeys(partitions, 0))

    async def _partitions_of(self, topics: Sequence[str]) -> list[TopicPartition]:
        await self._require(topics)
        async with self._admin() as admin:
            described_topics = await admin.describe_topics()
        return [
            TopicPartition(topic["topic"], partition["partition"])
            for topic in described_topics
            if topic["topic"] in topics
            for partition in topic["partitions"]
        ]

    def _new_topic(self, topic: str) -> NewTopic:
        return NewTopic(
            topic,
            num_partitions=self._partitions,
            replication_factor=-1,
            replica_assignments={},  # or aiokafka refuses to leave the factor to the brokers
            topic_configs=_TOPIC_CONFIG,
        )

    async def _require(self, topics: Collection[str]) -> None:
        # Naming a missing topic, even to ask for its partitions, creates it on some brokers; so
        # we look for it in the list of all topics.
        if not self._known_topics.issuperset(topics):
            async with self._admin() as admin:
                self._known_topics = set(await admin.list_topics())
        missing = sorted(set(topics) - self._known_topics)
        if missing:
            message = f"topics do not exist: {', '.join(missing)}: run `elocoop migrate`"
            raise LookupError(message)

    def _consumer(self, group: str | None) -> AbstractAsyncContextManager[AIOKafkaConsumer]:
        return open_consumer(
            self._client_options, group=group, session_timeout_s=self._session_timeout_s
        )

    @asynccontextmanager
    async def _admin(self) -> AsyncIterator[AIOKafkaAdminClient]:
        admin = AIOKafkaAdminClient(**self._client_options)
        try:
            await admin.start()
            yield admin
        finally:
            await admin.close()


async def _wait_for_leaders(admin: AIOKafkaAdminClient, created: Collection[str]) -> None:
    """Return when a broker accepts records for all of them. Raises TimeoutError.

    Kafka's controller answers for itself: a broker that is busy, say with the folders of 1,000
    other partitions, learns of new topics seconds later.
    """
    missing = set(created)
    try:
        async with asyncio.timeout(_TOPICS_TIMEOUT_S):
            while missing := missing - await _topics_with_leaders(admin):  # noqa: ASYNC110
                await asyncio.sleep(_TOPICS_PAUSE_S)
    except TimeoutError as error:
        message = f"no broker takes records for the new topics {', '.join(sorted(missing))}"
        raise TimeoutError(message) from error


async def _topics_with_leaders(admin: AIOKafkaAdminClient) -> set[str]:
    # All topics: to name one that is missing would create it on some brokers.
    return {
        topic["topic"]
        for topic in await admin.describe_topics()
        if topic["partitions"] and not _has_error(topic)
    }


def _has_error(topic: Mapping[str, Any]) -> bool:
    return bool(topic["error_code"]) or any(
        partition["error_code"] for partition in topic["partitions"]
    )
