"""Records of the log parsed to events, or to the reason why they cannot be."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from libs.common.eventlog import Received
from libs.common.events.base import Event
from libs.common.messaging.handlers import Handlers, find_event_class

# Parsing more takes long enough to be felt by the requests that wait for the event loop.
_LARGE_BYTES = 256 * 1024
_NAMESPACE = uuid5(NAMESPACE_URL, "https://elocoop.coop/records")


@dataclass(frozen=True, slots=True)
class Delivered:
    """An event as delivered by the log."""

    id: UUID
    event: Event
    record: Received


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that is no applicable event, under an id by which it is parked once."""

    id: UUID
    error: str
    record: Received


async def parse(
    handlers: Handlers, received: Sequence[Received]
) -> tuple[list[Delivered], list[Unreadable]]:
    """Parse the records with a handler, or without a type; in log order."""
    if sum(len(record.value) for record in received) > _LARGE_BYTES:
        parsed = await asyncio.to_thread(_parse_all, handlers, received)
    else:
        parsed = _parse_all(handlers, received)
    delivered = [outcome for outcome in parsed if isinstance(outcome, Delivered)]
    unreadable = [outcome for outcome in parsed if isinstance(outcome, Unreadable)]
    return delivered, unreadable


def describe(error: Exception) -> str:
    """Describe an error for ops staff, without pydantic's values, which may be PRMs or powers."""
    if isinstance(error, ValidationError):
        return "; ".join(
            f"{_path(problem['loc'])}: {problem['msg']}"
            for problem in error.errors(
                include_input=False, include_url=False, include_context=False
            )
        )[:2000]
    return f"{type(error).__name__}: {error}"[:2000]


def _parse_all(
    handlers: Handlers, received: Sequence[Received]
) -> list[Delivered | Unreadable | None]:
    return [_parse_one(handlers, record) for record in received]


def _parse_one(handlers: Handlers, record: Received) -> Delivered | Unreadable | None:
    event_type = record.headers.get("type")
    if not event_type:
        return Unreadable(_place_id(record), "has no type", record)
    event_class = find_event_class(handlers, event_type)
    if event_class is None:
        return None
    try:
        event_id = UUID(record.headers.get("id", ""))
    except ValueError:
        return Unreadable(_place_id(record), "its id is not a UUID", record)
    try:
        return Delivered(event_id, event_class.model_validate_json(record.value), record)
    except ValidationError as error:
        return Unreadable(event_id, f"does not fit its contract: {describe(error)}", record)


def _place_id(record: Received) -> UUID:
    """Return an id for a record without one: the same each time the log delivers it."""
    return uuid5(_NAMESPACE, f"{record.topic}/{record.partition}/{record.offset}")


def _path(location: tuple[int | str, ...]) -> str:
    # A part that is no field name is a key of a mapping, such as a PRM.
    parts = [str(step) if str(step).isidentifier() else "*" for step in location]
    return ".".join(parts) or "event"
