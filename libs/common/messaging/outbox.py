"""Publishing: an event is a row of the outbox first, a record of the log soon after."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Function, Row, Select, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database, ring_after_commit
from libs.common.database.arrays import among
from libs.common.database.bells import Work
from libs.common.eventlog import EventLog, Record
from libs.common.events.base import Event
from libs.common.messaging.tables import outbox
from libs.common.rounds.rest import SHORT_REST, Rest, rest_unless

_RELAY_BATCH = 500
# Kafka's topics are created with this limit; a larger record would block the outbox for ever.
_LARGEST_BYTES = 15 * 1024 * 1024
# A batch is held in memory; after this many bytes it takes no further event.
_RELAY_BYTES = 32 * 1024 * 1024


async def publish(session: AsyncSession, *events: Event) -> None:
    """Put events in the outbox, in the transaction that makes their facts true."""
    if events:
        ring_after_commit(session, Work.EVENTS)
        # Large ones, a settlement or a month of days, would hold up the event loop.
        rows = await asyncio.to_thread(lambda: [_row(event) for event in events])
        await session.execute(insert(outbox), rows)


async def relay(database: Database, event_log: EventLog) -> Rest:
    """Move a batch from the outbox to the log.

    Only one relay at a time works for a service, which keeps the order. After a crash between the
    two steps the batch is sent again; the receivers' inboxes drop it.
    """
    async with database.transaction() as session:
        is_ours = select(func.pg_try_advisory_xact_lock(*_relay_of(database)))
        if not (await session.execute(is_ours)).scalar_one():
            return SHORT_REST
        rows = (await session.execute(_oldest())).all()
        if rows:
            await event_log.append([_record(row) for row in rows])
            is_sent = among(outbox.c.position, [row.position for row in rows])
            await session.execute(delete(outbox).where(is_sent))
    return rest_unless(
        len(rows) == _RELAY_BATCH or sum(len(row.value) for row in rows) >= _RELAY_BYTES
    )


@asynccontextmanager
async def relay_at_rest(database: Database) -> AsyncIterator[None]:
    """Wait until nothing is on its way from the outbox to the log, and let nothing go meanwhile."""
    async with database.transaction() as session:
        await session.execute(select(func.pg_advisory_xact_lock(*_relay_of(database))))
        yield


async def find_oldest_unsent(session: AsyncSession) -> datetime | None:
    """Return the time of the fact that has waited longest for publication."""
    oldest: datetime | None = await session.scalar(select(func.min(outbox.c.time)))
    return oldest


def _relay_of(database: Database) -> tuple[Function[int], Function[int]]:
    """Return the name of a service's relay among advisory locks."""
    return func.hashtext("outbox"), func.hashtext(database.schema)


def _oldest() -> Select[Any]:
    size = func.octet_length(outbox.c.value)
    first = (
        select(
            outbox.c.position,
            (func.sum(size).over(order_by=outbox.c.position) - size).label("before"),
        )
        .order_by(outbox.c.position)
        .limit(_RELAY_BATCH)
        .subquery()
    )
    return (
        select(outbox)
        .join(first, first.c.position == outbox.c.position)
        .where(first.c.before < _RELAY_BYTES)
        .order_by(outbox.c.position)
    )


def _row(event: Event) -> dict[str, object]:
    value = event.model_dump_json().encode()
    assert len(value) <= _LARGEST_BYTES, f"{event.type} has {len(value)} bytes"
    return {
        "event_id": event.id,
        "type": event.type,
        "topic": event.topic,
        "key": event.key,
        "time": event.time,
        "value": value,
    }


def _record(row: Row[Any]) -> Record:
    attributes = {
        "id": str(row.event_id),
        "source": f"/{row.type.partition('.')[0]}",
        "type": row.type,
        "time": row.time.isoformat(),
    }
    return Record(topic=row.topic, key=row.key, value=row.value, headers=attributes)
