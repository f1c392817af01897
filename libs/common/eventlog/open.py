"""Opens the event log that a URL names."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from libs.common.eventlog import EventLog
from libs.common.eventlog.kafka import open_kafka_event_log
from libs.common.eventlog.postgres import open_postgres_event_log


@asynccontextmanager
async def open_event_log(
    url: str, *, database_url: str, topics: Sequence[str], partitions: int
) -> AsyncIterator[EventLog]:
    """Open ``kafka://host:port,…``, or ``database:`` for a log in the platform's PostgreSQL."""
    if url == "database:":
        async with open_postgres_event_log(
            database_url, topics=topics, partitions=partitions
        ) as postgres_log:
            yield postgres_log
    elif url.startswith("kafka://"):
        async with open_kafka_event_log(url, partitions=partitions) as kafka_log:
            yield kafka_log
    else:
        scheme = url.partition(":")[0]
        message = f"EVENT_LOG_URL must be kafka://… or database:, not {scheme}:…"
        raise ValueError(message)
