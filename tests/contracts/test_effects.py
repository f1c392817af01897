"""What messaging promises on every event log: effects once, and nobody blocks the others."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

import pytest

from libs.common import messaging
from libs.common.database import Database
from libs.common.eventlog import (
    EventLog,
    LogRights,
    OffsetRange,
    Received,
    Record,
    Subscription,
    TopicRetention,
)
from libs.common.eventlog.prefixed import PrefixedEventLog
from libs.common.events.billing import InvoiceIssued
from libs.common.messaging.tables import inbox, parked
from tests.contracts.conftest import OpenLog
from tests.support.effects import RECORDING, count, effects, effects_database, invoice
from tests.support.waiting import patience


class Killed(Exception):
    """The end of a process."""


class Dying:
    """A log whose members are killed before their first commit arrives."""

    def __init__(self, inner: EventLog) -> None:
        self._inner = inner

    @asynccontextmanager
    async def subscribe(self, *, group: str, topics: Sequence[str]) -> AsyncIterator[Subscription]:
        async with self._inner.subscribe(group=group, topics=topics) as subscription:
            yield _DyingMember(subscription)

    async def ask(self) -> None:
        await self._inner.ask()

    async def append(self, records: Sequence[Record]) -> None:
        await self._inner.append(records)

    async def create_topics(self, topics: Sequence[str]) -> None:
        await self._inner.create_topics(topics)

    async def grant(self, rights: Sequence[LogRights]) -> None:
        await self._inner.grant(rights)

    async def retain(self, retentions: Sequence[TopicRetention]) -> None:
        await self._inner.retain(retentions)

    async def purge(self, topics: Sequence[str]) -> bool:
        return await self._inner.purge(topics)

    async def find_unconsumed(
        self, rights: Sequence[LogRights], *, states: Collection[str] = ()
    ) -> Sequence[OffsetRange]:
        return await self._inner.find_unconsumed(rights, states=states)

    def read(self, ranges: Sequence[OffsetRange]) -> AsyncIterator[Sequence[Received]]:
        return self._inner.read(ranges)

    async def clear(self, rights: Sequence[LogRights]) -> None:
        await self._inner.clear(rights)

    async def lag(self, *, group: str, topics: Sequence[str]) -> int:
        return await self._inner.lag(group=group, topics=topics)


class _DyingMember:
    def __init__(self, inner: Subscription) -> None:
        self._inner = inner

    async def poll(self, *, max_records: int, timeout_s: float) -> Sequence[Received]:
        return await self._inner.poll(max_records=max_records, timeout_s=timeout_s)

    async def commit(self, _received: Sequence[Received]) -> None:
        raise Killed


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with effects_database(database_url) as database:
        yield database


@pytest.fixture
async def log(open_log: OpenLog, topic: str) -> AsyncIterator[EventLog]:
    """A part of the log with the topic of invoices and nothing on it."""
    async with open_log() as whole:
        log = PrefixedEventLog(whole, topic)
        await log.create_topics([InvoiceIssued.topic])
        yield log


async def test_no_effect_twice_when_a_consumer_is_killed_between_effect_and_commit(
    database: Database, log: EventLog
) -> None:
    await _publish(database, log, "1", "2", "3")

    with pytest.raises(Killed):
        async with patience("the consumer dies"):
            await messaging.consume(database, Dying(log), RECORDING)
    before = await effects(database)
    again = await _consume_all(database, log)

    assert before == ["1", "2", "3"]
    assert again == 3
    assert await effects(database) == ["1", "2", "3"]


async def test_no_effect_twice_when_the_relay_sends_an_event_twice(
    database: Database, log: EventLog
) -> None:
    event = invoice("1")
    for _ in range(2):
        async with database.transaction() as session:
            await messaging.publish(session, event)
        await messaging.relay(database, log)

    seen = await _consume_all(database, log)

    assert seen == 2
    assert await effects(database) == ["1"]


async def test_a_poisonous_event_is_parked_without_blocking_the_rest(
    database: Database, log: EventLog
) -> None:
    await _publish(database, log, "1", "poison", "2")

    await _consume_all(database, log)

    assert await effects(database) == ["1", "2"]
    assert await count(database, parked) == 1
    assert await count(database, inbox) == 3


async def test_a_record_that_is_no_event_is_parked_without_blocking_the_rest(
    database: Database, log: EventLog
) -> None:
    await log.append([Record(topic=InvoiceIssued.topic, key="", value=b"", headers={})])
    await _publish(database, log, "1")

    await _consume_all(database, log)

    assert await effects(database) == ["1"]
    assert await count(database, parked) == 1


async def _publish(database: Database, log: EventLog, *numbers: str) -> None:
    async with database.transaction() as session:
        await messaging.publish(session, *map(invoice, numbers))
    await messaging.relay(database, log)


async def _consume_all(database: Database, log: EventLog) -> int:
    """Consume until nothing waits; return how many records came."""
    seen = 0
    done = asyncio.Event()

    async def on_batch(records: int) -> bool:
        nonlocal seen
        seen += records
        if not await messaging.count_waiting(database, log, RECORDING):
            done.set()
        return done.is_set()

    consuming = asyncio.create_task(messaging.consume(database, log, RECORDING, on_batch=on_batch))
    async with patience("all is consumed"):
        await asyncio.wait(
            [consuming, asyncio.create_task(done.wait())], return_when=asyncio.FIRST_COMPLETED
        )
    consuming.cancel()
    [error] = await asyncio.gather(consuming, return_exceptions=True)
    assert isinstance(error, asyncio.CancelledError), error
    return seen
