"""A service's handlers of the events that it consumes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.events.base import Event

Handler: TypeAlias = Callable[[AsyncSession, Sequence[Any]], Awaitable[None]]
"""Applies consecutive events of one type; called again with fewer of them when it raises.

It rings for the work that it leaves to the service's rounds, as a route does.
"""

Handlers: TypeAlias = Mapping[type[Event], Handler]
"""By event class. Within a batch, topics are taken in the order in which they appear here."""


async def dispatch(session: AsyncSession, handlers: Handlers, events: Sequence[Event]) -> None:
    """Hand events to their handlers: topic by topic, then runs of one type, in log order."""
    topics = topics_of(handlers)
    ordered = sorted(events, key=lambda event: topics.index(event.topic))
    for event_class, run in groupby(ordered, key=type):
        await handlers[event_class](session, list(run))


def topics_of(handlers: Handlers) -> list[str]:
    """Return the topics that a service reads, in the order in which their events are taken."""
    return list(dict.fromkeys(event_class.topic for event_class in handlers))


def find_event_class(handlers: Handlers, event_type: str | None) -> type[Event] | None:
    """Return None for a type that this service does not consume."""
    return next((event_class for event_class in handlers if event_class.type == event_type), None)
