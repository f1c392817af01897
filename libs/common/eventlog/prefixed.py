"""Lets several platforms share one Kafka: each has a prefix for its topics and groups."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from libs.common.eventlog import (
    EventLog,
    LogRights,
    OffsetRange,
    Received,
    Record,
    Subscription,
    TopicRetention,
)


class PrefixedEventLog:
    """Another log's topics and groups with names in ``PREFIX.``, without the prefix."""

    def __init__(self, inner: EventLog, prefix: str) -> None:
        self._inner = inner
        self._prefix = prefix

    async def ask(self) -> None:
        await self._inner.ask()

    async def append(self, records: Sequence[Record]) -> None:
        prefixed_records = [replace(record, topic=self._name(record.topic)) for record in records]
        await self._inner.append(prefixed_records)

    @asynccontextmanager
    async def subscribe(self, *, group: str, topics: Sequence[str]) -> AsyncIterator[Subscription]:
        async with self._inner.subscribe(
            group=self._name(group), topics=self._names(topics)
        ) as subscription:
            yield _PrefixedSubscription(subscription, self._prefix)

    async def create_topics(self, topics: Sequence[str]) -> None:
        await self._inner.create_topics(self._names(topics))

    async def grant(self, rights: Sequence[LogRights]) -> None:
        await self._inner.grant(self._rights(rights))

    async def retain(self, retentions: Sequence[TopicRetention]) -> None:
        prefixed_retentions = [
            replace(retention, topic=self._name(retention.topic)) for retention in retentions
        ]
        await self._inner.retain(prefixed_retentions)

    async def purge(self, topics: Sequence[str]) -> bool:
        return await self._inner.purge(self._names(topics))

    async def lag(self, *, group: str, topics: Sequence[str]) -> int:
        return await self._inner.lag(group=self._name(group), topics=self._names(topics))

    async def find_unconsumed(
        self, rights: Sequence[LogRights], *, states: Collection[str] = ()
    ) -> Sequence[OffsetRange]:
        ranges = await self._inner.find_unconsumed(
            self._rights(rights), states=[self._name(topic) for topic in states]
        )
        return [replace(offsets, topic=self._bare(offsets.topic)) for offsets in ranges]

    async def read(self, ranges: Sequence[OffsetRange]) -> AsyncIterator[Sequence[Received]]:
        inner_ranges = [replace(offsets, topic=self._name(offsets.topic)) for offsets in ranges]
        async for received in self._inner.read(inner_ranges):
            yield [replace(record, topic=self._bare(record.topic)) for record in received]

    async def clear(self, rights: Sequence[LogRights]) -> None:
        await self._inner.clear(self._rights(rights))

    def _rights(self, rights: Sequence[LogRights]) -> list[LogRights]:
        return [
            replace(
                service_rights,
                group=self._name(service_rights.group),
                appends=self._names(service_rights.appends),
                reads=self._names(service_rights.reads),
            )
            for service_rights in rights
        ]

    def _bare(self, name: str) -> str:
        return name.removeprefix(f"{self._prefix}.")

    def _name(self, name: str) -> str:
        return f"{self._prefix}.{name}"

    def _names(self, names: Sequence[str]) -> list[str]:
        return [self._name(name) for name in names]


class _PrefixedSubscription:
    def __init__(self, inner: Subscription, prefix: str) -> None:
        self._inner = inner
        self._prefix = f"{prefix}."

    async def poll(self, *, max_records: int, timeout_s: float) -> Sequence[Received]:
        received = await self._inner.poll(max_records=max_records, timeout_s=timeout_s)
        return [
            replace(record, topic=record.topic.removeprefix(self._prefix)) for record in received
        ]

    async def commit(self, received: Sequence[Received]) -> None:
        await self._inner.commit(
            [replace(record, topic=self._prefix + record.topic) for record in received]
        )
