"""Outbox, inbox and parking on the real database and on both event logs."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.database import Database
from libs.common.eventlog import EventLog, Received
from libs.common.eventlog.postgres import open_postgres_event_log
from libs.common.events.billing import InvoiceIssued
from libs.common.ids import OperationId
from libs.common.messaging.consumer import apply
from libs.common.messaging.handlers import Handlers
from libs.common.messaging.tables import inbox, outbox, parked
from libs.common.migrations import migrate
from tests.support.platform import ROOT

OPERATION = OperationId("ACC99000001")


class Boom(Exception):
    """What a broken handler raises."""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A schema with the messaging tables and one more that shows effects."""
    name = f"messaging_{uuid4().hex[:8]}"
    owner = Database(database_url, schema="postgres", pool_size=1)
    async with owner.transaction() as session:
        await session.execute(text(f"CREATE ROLE {name}"))
        await session.execute(text(f"CREATE SCHEMA {name} AUTHORIZATION {name}"))
    database = Database(database_url, schema=name, pool_size=4)
    await migrate(database, [messaging.MIGRATIONS])
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE effect (position serial, number text)"))
    yield database
    await database.close()
    async with owner.transaction() as session:
        await session.execute(text(f"DROP SCHEMA {name} CASCADE"))
        await session.execute(text(f"DROP ROLE {name}"))
    await owner.close()


@pytest.fixture
async def event_log(database_url: str) -> AsyncIterator[EventLog]:
    async with open_postgres_event_log(
        database_url, topics=[InvoiceIssued.topic], partitions=4
    ) as event_log:
        yield event_log


def invoice(number: str) -> InvoiceIssued:
    return InvoiceIssued(
        time=datetime.now(UTC),
        invoice_id=uuid4(),
        number=number,
        issue_date=date(2026, 11, 5),
        operation_id=OPERATION,
        month="2026-10",
        issuer_id=uuid4(),
        customer_id=uuid4(),
        total_cents=1,
    )


def received(event: InvoiceIssued, offset: int = 0) -> Received:
    return Received(
        topic=event.topic,
        key=event.key,
        value=event.model_dump_json().encode(),
        headers={"id": str(event.id), "type": event.type},
        partition=0,
        offset=offset,
    )


async def record_effect(session: AsyncSession, events: Sequence[InvoiceIssued]) -> None:
    for event in events:
        await session.execute(
            text("INSERT INTO effect (number) VALUES (:number)"), {"number": event.number}
        )
        if event.number == "poison":
            raise Boom


RECORDING: Handlers = {InvoiceIssued: record_effect}


async def effects(database: Database) -> list[str]:
    async with database.transaction() as session:
        rows = await session.execute(text("SELECT number FROM effect ORDER BY position"))
        return list(rows.scalars())


async def count(database: Database, table: object) -> int:
    async with database.transaction() as session:
        return len((await session.execute(table.select())).all())  # type: ignore[attr-defined]


async def test_an_event_of_a_transaction_that_fails_is_not_published(database: Database) -> None:
    with suppress(Boom):
        async with database.transaction() as session:
            await messaging.publish(session, invoice("1"))
            raise Boom

    assert await count(database, outbox) == 0


async def test_the_relay_empties_the_outbox_in_order(
    database: Database, event_log: EventLog
) -> None:
    async with database.transaction() as session:
        await messaging.publish(session, *(invoice(str(i)) for i in range(5)))

    assert await messaging.relay(database, event_log) is False

    assert await count(database, outbox) == 0
    async with event_log.subscribe(group=database.schema, topics=[InvoiceIssued.topic]) as member:
        numbers: list[str] = []
        async with asyncio.timeout(10):
            while numbers[-5:] != ["0", "1", "2", "3", "4"]:
                received = await member.poll(max_records=100, timeout_s=1)
                numbers += [
                    InvoiceIssued.model_validate_json(record.value).number for record in received
                ]


async def test_an_event_delivered_twice_takes_effect_once(database: Database) -> None:
    record = received(invoice("1"))

    await apply(database, RECORDING, [record, record])
    await apply(database, RECORDING, [record])

    assert await effects(database) == ["1"]


async def test_two_consumers_with_the_same_event_at_once_take_effect_once(
    database: Database,
) -> None:
    records = [received(invoice(str(i)), i) for i in range(50)]

    await asyncio.gather(*(apply(database, RECORDING, records) for _ in range(4)))

    assert sorted(await effects(database)) == sorted(str(i) for i in range(50))


async def test_a_poisonous_event_is_parked_without_blocking_the_others(
    database: Database,
) -> None:
    batch = [received(invoice(number)) for number in ("1", "poison", "2")]

    await apply(database, RECORDING, batch)

    assert await effects(database) == ["1", "2"]
    async with database.transaction() as session:
        assert await messaging.count_parked(session) == 1
        [row] = await messaging.list_parked(session)
    assert row.attempts == 3
    assert "Boom" in row.error


async def test_an_event_that_does_not_fit_its_contract_is_parked(database: Database) -> None:
    good = received(invoice("1"))
    bad = Received(
        topic=good.topic,
        key=good.key,
        value=b'{"number": 1}',
        headers={"id": str(uuid4()), "type": InvoiceIssued.type},
        partition=0,
        offset=1,
    )

    await apply(database, RECORDING, [bad, good])

    assert await effects(database) == ["1"]
    assert await count(database, parked) == 1


async def test_a_parked_event_takes_effect_once_when_it_is_replayed(database: Database) -> None:
    record = received(invoice("poison"))
    await apply(database, RECORDING, [record])
    mended: Handlers = {InvoiceIssued: _forgiving}

    still_broken = await messaging.replay(database, RECORDING)
    mended_first = await messaging.replay(database, mended)
    mended_again = await messaging.replay(database, mended)
    await apply(database, mended, [record])

    assert still_broken == (0, 1)
    assert mended_first == (1, 0)
    assert mended_again == (0, 0)
    assert await effects(database) == ["poison"]


async def _forgiving(session: AsyncSession, events: Sequence[InvoiceIssued]) -> None:
    with suppress(Boom):
        await record_effect(session, events)


async def test_an_effect_without_a_commit_on_the_log_is_not_done_again(
    database: Database, event_log: EventLog
) -> None:
    """The crash between the database's commit and the log's."""
    async with database.transaction() as session:
        await messaging.publish(session, invoice("once"))
    await messaging.relay(database, event_log)
    seen: list[UUID] = []
    for _ in range(2):
        async with event_log.subscribe(
            group=database.schema, topics=[InvoiceIssued.topic]
        ) as member:
            async with asyncio.timeout(10):
                batch: list[Received] = []
                while not batch:
                    batch = list(await member.poll(max_records=1000, timeout_s=1))
            seen += [UUID(record.headers["id"]) for record in batch]
            await apply(database, RECORDING, batch)  # and the process dies before the commit

    assert len(seen) == 2 * len(set(seen))
    assert (await effects(database)).count("once") == 1
    assert await count(database, inbox) == len(set(seen))


async def test_the_generated_documents_of_the_events_are_fresh() -> None:
    from libs.common.events.documentation import documents  # noqa: PLC0415 - only here

    for path, expected in documents().items():
        assert path.read_text() == expected, f"stale: {path.relative_to(ROOT)}"
