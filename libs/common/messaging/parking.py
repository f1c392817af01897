"""Parked events: those that failed again and again, kept with their error until replayed."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.eventlog import Received
from libs.common.events.base import Event
from libs.common.messaging.handlers import Handlers, find_event_class
from libs.common.messaging.parsing import describe
from libs.common.messaging.tables import parked
from libs.common.rounds.attempts import attempt

_log = structlog.get_logger(__name__)


class ParkedEvent(NamedTuple):
    """A parked event; the fields are in the order of the table."""

    event_id: UUID
    type: str
    topic: str
    key: str
    value: bytes
    error: str
    attempts: int
    parked_at: datetime


class ParkedEventUnknown(Problem):
    status, slug, title = 404, "parked-event-unknown", "No such event is parked"
    example_detail = "No event 0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10 is parked: perhaps it is done."


class EventFailsAgain(Problem):
    status, slug, title = 409, "event-fails-again", "The event cannot be applied yet"
    example_detail = "It failed again (ValidationError), and stays parked: mend the cause first."
    example_facts: ClassVar = {"failure": "ValidationError"}


async def park(
    session: AsyncSession, event_id: UUID, record: Received, error: str, *, attempts: int
) -> None:
    await session.execute(
        insert(parked).values(
            event_id=event_id,
            type=_storable(record.headers.get("type", "")),
            topic=record.topic,
            key=_storable(record.key),
            value=record.value,
            error=_storable(error),
            attempts=attempts,
        )
    )


async def count_parked(session: AsyncSession) -> int:
    return (await session.execute(select(func.count()).select_from(parked))).scalar_one()


async def list_parked(session: AsyncSession, *, limit: int | None = None) -> list[ParkedEvent]:
    """Oldest first; limit: so many of them, None for all."""
    oldest = select(parked).order_by(parked.c.parked_at)
    return [ParkedEvent(*row) for row in await session.execute(oldest.limit(limit))]


async def replay(database: Database, handlers: Handlers) -> tuple[int, int]:
    """Hand every parked event to its handler again, oldest first; return (done, still parked).

    Their ids are in the inbox already, so the log cannot deliver them a second time. A fault of the
    world ends it: what is done stays done, and the rest is parked still.
    """
    async with database.transaction() as session:
        rows = await list_parked(session)
    replayed = 0
    for row in rows:
        async with attempt() as replaying:
            replayed += await _replay_one(database, handlers, row)
        if replaying.error is not None:
            _log_failure("event still fails", row.event_id, replaying.error)
    return replayed, len(rows) - replayed


async def replay_event(session: AsyncSession, handlers: Handlers, event_id: UUID) -> None:
    """Hand one parked event to its handler again, in the caller's transaction.

    Raises ParkedEventUnknown, EventFailsAgain.
    """
    event = await _take(session, event_id)
    if event is None:
        raise ParkedEventUnknown(f"No event {event_id} is parked: perhaps it is done.")
    event_class = find_event_class(handlers, event.type)
    if event_class is None:
        raise EventFailsAgain("This service takes no such events: it stays.", failure="no handler")
    async with attempt(session) as applying:
        await _apply(session, handlers, event, event_class)
    if applying.error is not None:
        # Its text may hold what the event holds; the log of a bug has it.
        failure = type(applying.error).__name__
        _log_failure("event fails again", event_id, applying.error)
        raise EventFailsAgain(
            f"It failed again ({failure}), and stays parked: mend the cause first.", failure=failure
        )


def _log_failure(message: str, event_id: UUID, error: Exception) -> None:
    """Log it with its trace, but for pydantic's, which has the event's values."""
    trace = None if isinstance(error, ValidationError) else error
    _log.error(message, event_id=str(event_id), error=describe(error), exc_info=trace)


async def forget_parked(session: AsyncSession, topic: str, keys: Collection[str]) -> None:
    """Delete parked events of these keys: a later event states everything about each key."""
    conditions = (parked.c.topic == topic, parked.c.key.in_(keys))
    await session.execute(delete(parked).where(*conditions))


def _storable(text: str) -> str:
    # PostgreSQL's text holds all characters but this one.
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


async def _replay_one(database: Database, handlers: Handlers, event: ParkedEvent) -> int:
    event_class = find_event_class(handlers, event.type)
    if event_class is None:
        return 0
    async with database.transaction() as session:
        if await _take(session, event.event_id) is None:
            return 0
        await _apply(session, handlers, event, event_class)
    return 1


async def _take(session: AsyncSession, event_id: UUID) -> ParkedEvent | None:
    """Remove an event, and return it; None if somebody else has."""
    removal = delete(parked).where(parked.c.event_id == event_id).returning(parked)
    row = (await session.execute(removal)).first()
    return None if row is None else ParkedEvent(*row)


async def _apply(
    session: AsyncSession, handlers: Handlers, event: ParkedEvent, event_class: type[Event]
) -> None:
    await handlers[event_class](session, [event_class.model_validate_json(event.value)])
