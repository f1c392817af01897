"""Consuming: a batch of events is one transaction, each event takes effect once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import ARRAY, Uuid, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.eventlog import EventLog, Received
from libs.common.events.base import Event
from libs.common.messaging import parking
from libs.common.messaging.handlers import Handlers, dispatch, find_event_class
from libs.common.messaging.tables import inbox

_BATCH = 400
_POLL_S = 1.0
_ATTEMPTS = 3

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """An event as it came off the log."""

    id: UUID
    event: Event


async def consume(
    database: Database,
    event_log: EventLog,
    handlers: Handlers,
    *,
    on_batch: Callable[[int], None] = lambda _count: None,
) -> None:
    """Consume for ever, as a member of the group named like the service's schema.

    on_batch is called after each poll with the number of records it brought, for health and
    metrics. A fault (network, database) is left to rise: what was not committed comes again.
    """
    topics = list(dict.fromkeys(event_class.topic for event_class in handlers))
    async with event_log.subscribe(group=database.schema, topics=topics) as subscription:
        while True:
            received = await subscription.poll(max_records=_BATCH, timeout_s=_POLL_S)
            if received:
                await apply(database, handlers, received)
                await subscription.commit(received)
            on_batch(len(received))


async def apply(database: Database, handlers: Handlers, received: Sequence[Received]) -> None:
    """Apply a batch; when it fails, event by event; an event that fails three times is parked."""
    delivered = []
    for record in received:
        event_class = find_event_class(handlers, record.headers.get("type"))
        if event_class is None:
            continue
        try:
            event = event_class.model_validate_json(record.value)
        except ValidationError as error:
            await _park(database, record, f"does not fit its contract: {error}", attempts=1)
        else:
            delivered.append((Delivered(UUID(record.headers["id"]), event), record))
    try:
        await _apply_once(database, handlers, [one for one, _ in delivered])
    except Exception as error:
        if is_fault(error):
            raise
        _log.warning("batch failed, trying one by one", error=type(error).__name__)
        for one, record in delivered:
            await _apply_or_park(database, handlers, one, record)


async def _apply_or_park(
    database: Database, handlers: Handlers, one: Delivered, record: Received
) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            await _apply_once(database, handlers, [one])
        except Exception as error:
            if is_fault(error):
                raise
            if attempt == _ATTEMPTS:
                await _park(database, record, _describe(error), attempts=attempt)
        else:
            return


async def _apply_once(
    database: Database, handlers: Handlers, delivered: Sequence[Delivered]
) -> None:
    if not delivered:
        return
    async with database.transaction() as session:
        # One batch may hold an event twice, after a relay that was killed between two steps.
        by_id = {one.id: one.event for one in delivered}
        fresh = await _claim(session, list(by_id))
        events = [event for event_id, event in by_id.items() if event_id in fresh]
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


async def _park(database: Database, record: Received, error: str, *, attempts: int) -> None:
    async with database.transaction() as session:
        if await _claim(session, [UUID(record.headers["id"])]):
            await parking.park(session, record, error, attempts=attempts)
    _log.error("event parked", type=record.headers["type"], event_id=record.headers["id"])


def is_fault(error: Exception) -> bool:
    """Whether the world is to blame (network, deadlock, restart) rather than the event."""
    if isinstance(error, OSError | InterfaceError | OperationalError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    sqlstate = str(getattr(error.orig, "sqlstate", None) or "")
    # Classes of SQLSTATE: connection, rollback for concurrency, resources, operator, system.
    return error.connection_invalidated or sqlstate[:2] in {"08", "40", "53", "57", "58"}


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]
