"""Consuming: a batch of events is one transaction, each event takes effect once."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import structlog
from sqlalchemy import ARRAY, Uuid, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.eventlog import EventLog, Received
from libs.common.faults import is_fault, violated_constraint
from libs.common.messaging import parking
from libs.common.messaging.handlers import Handlers, dispatch, topics_of
from libs.common.messaging.parsing import Delivered, describe, parse
from libs.common.messaging.tables import inbox

_BATCH = 400
_POLL_S = 60.0
_POLL_AFTER_FAILURE_S = 1.0
_ATTEMPTS = 3

_log = structlog.get_logger(__name__)


async def consume(
    database: Database,
    event_log: EventLog,
    handlers: Handlers,
    *,
    on_batch: Callable[[int], Awaitable[bool]] | None = None,
) -> None:
    """Consume for ever, as a member of the group named like the service's schema.

    on_batch is called after each poll with the number of records, for health and metrics, and
    returns whether all is well: then the next look waits for records, or for a minute. A fault
    (network, database) propagates: what was not committed comes again.
    """
    topics = topics_of(handlers)
    async with event_log.subscribe(group=database.schema, topics=topics) as subscription:
        timeout_s = _POLL_AFTER_FAILURE_S
        while True:
            received = await subscription.poll(max_records=_BATCH, timeout_s=timeout_s)
            if received:
                await apply(database, handlers, received)
                await subscription.commit(received)
            is_well = on_batch is None or await on_batch(len(received))
            timeout_s = _POLL_S if is_well else _POLL_AFTER_FAILURE_S


async def count_waiting(database: Database, event_log: EventLog, handlers: Handlers) -> int:
    """Return how many records the service has not consumed yet, in all its processes."""
    return await event_log.lag(group=database.schema, topics=topics_of(handlers))


async def apply(database: Database, handlers: Handlers, received: Sequence[Received]) -> None:
    """Apply a batch; when it fails, event by event.

    An event that fails three times is parked, one that cannot be read at once.
    """
    delivered, unreadable = await parse(handlers, received)
    for unreadable_record in unreadable:
        await _park(
            database,
            unreadable_record.id,
            unreadable_record.record,
            unreadable_record.error,
            attempts=1,
        )
    try:
        await _apply_once(database, handlers, delivered)
    except Exception as error:
        if is_fault(error):
            raise
        _log.warning(
            "batch failed, trying one by one",
            error=type(error).__name__,
            constraint=violated_constraint(error),
        )
        for event in delivered:
            await _apply_or_park(database, handlers, event)


async def _apply_or_park(database: Database, handlers: Handlers, delivered: Delivered) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            await _apply_once(database, handlers, [delivered])
        except Exception as error:
            if is_fault(error):
                raise
            if attempt == _ATTEMPTS:
                await _park(
                    database, delivered.id, delivered.record, describe(error), attempts=attempt
                )
        else:
            return


async def _apply_once(
    database: Database, handlers: Handlers, delivered: Sequence[Delivered]
) -> None:
    if not delivered:
        return
    async with database.transaction() as session:
        # One batch may hold an event twice, after a relay that was killed between two steps.
        events_by_id = {delivery.id: delivery.event for delivery in delivered}
        fresh = await _claim(session, list(events_by_id))
        events = [event for event_id, event in events_by_id.items() if event_id in fresh]
        await dispatch(session, handlers, events)


async def _claim(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Enter ids in the inbox; return those that were not there."""
    claim = (
        insert(inbox)
        .from_select(["event_id"], select(func.unnest(literal(sorted(ids), ARRAY(Uuid)))))
        .on_conflict_do_nothing()
        .returning(inbox.c.event_id)
    )
    return set((await session.execute(claim)).scalars())


async def _park(
    database: Database, event_id: UUID, record: Received, error: str, *, attempts: int
) -> None:
    async with database.transaction() as session:
        if await _claim(session, [event_id]):
            await parking.park(session, event_id, record, error, attempts=attempts)
    _log.error("event parked", type=record.headers.get("type"), event_id=str(event_id))
