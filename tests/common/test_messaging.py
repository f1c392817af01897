"""Outbox, inbox and parking on the real database; with every event log in tests/contracts."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common import messaging
from libs.common.database import Database
from libs.common.eventlog import EventLog, Received
from libs.common.eventlog.postgres import open_postgres_event_log
from libs.common.events.billing import InvoiceIssued
from libs.common.messaging.consumer import apply
from libs.common.messaging.handlers import Handlers
from libs.common.messaging.parsing import parse
from libs.common.messaging.tables import outbox, parked
from libs.common.rounds.rest import NO_REST, UNTIL_RUNG
from tests.support.effects import (
    RECORDING,
    Boom,
    count,
    effects,
    effects_database,
    invoice,
    record_effect,
)
from tests.support.places import ROOT
from tests.support.waiting import patience


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with effects_database(database_url) as database:
        yield database


@pytest.fixture
async def event_log(database_url: str) -> AsyncIterator[EventLog]:
    async with open_postgres_event_log(database_url, partitions=4) as event_log:
        await event_log.create_topics([InvoiceIssued.topic])
        yield event_log


def received(event: InvoiceIssued, offset: int = 0) -> Received:
    return Received(
        topic=event.topic,
        key=event.key,
        value=event.model_dump_json().encode(),
        headers={"id": str(event.id), "type": event.type},
        partition=0,
        offset=offset,
    )


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

    assert await messaging.relay(database, event_log) == UNTIL_RUNG

    assert await count(database, outbox) == 0
    async with event_log.subscribe(group=database.schema, topics=[InvoiceIssued.topic]) as member:
        numbers: list[str] = []
        async with patience("five events are read"):
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


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"type": InvoiceIssued.type},
        {"type": InvoiceIssued.type, "id": "17"},
        {"id": str(uuid4())},
    ],
)
async def test_a_record_that_is_no_event_is_parked_once_without_blocking_the_others(
    database: Database, headers: dict[str, str]
) -> None:
    good = received(invoice("1"))
    stranger = replace(received(invoice("2"), offset=1), headers=headers, key="a\0key")

    await apply(database, RECORDING, [stranger, good])
    await apply(database, RECORDING, [stranger])

    assert await effects(database) == ["1"]
    assert await count(database, parked) == 1


async def test_records_that_are_no_events_do_not_hide_one_another(database: Database) -> None:
    strangers = [replace(received(invoice("1"), offset=i), headers={}) for i in range(3)]

    await apply(database, RECORDING, strangers)

    assert await count(database, parked) == 3


async def test_what_parking_tells_has_no_value_of_the_event(database: Database) -> None:
    body = received(invoice("1")).value.replace(b'"total_cents":1', b'"total_cents":"30001234567"')
    bad = replace(received(invoice("1")), value=body.replace(b'"30001', b'"x30001'))

    await apply(database, RECORDING, [bad])

    async with database.transaction() as session:
        [row] = await messaging.list_parked(session)
    assert "total_cents" in row.error
    assert "30001234567" not in row.error


async def test_a_large_batch_is_parsed_while_the_event_loop_turns() -> None:
    records = [received(invoice("1" * 2000), i) for i in range(4000)]
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    turning = asyncio.create_task(turn())
    await parse(RECORDING, records)
    turning.cancel()

    assert turns > 2


async def test_the_relay_takes_no_more_than_fits_in_memory(
    database: Database, event_log: EventLog
) -> None:
    async with database.transaction() as session:
        await messaging.publish(session, *(invoice(str(i) * 12_000_000) for i in range(5)))

    more = [await messaging.relay(database, event_log) for _ in range(2)]

    assert more == [NO_REST, UNTIL_RUNG]
    assert await count(database, outbox) == 0


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


async def test_the_generated_documents_of_the_events_are_fresh() -> None:
    from libs.common.events.documentation import documents  # noqa: PLC0415 - only here

    for path, expected in documents().items():
        assert path.read_text() == expected, f"stale: {path.relative_to(ROOT)}"
