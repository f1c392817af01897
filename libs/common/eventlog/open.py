"""Opens the event log that a URL names."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from libs.common.eventlog import EventLog
from libs.common.eventlog.kafka import open_kafka_event_log
from libs.common.eventlog.postgres import open_postgres_event_log
from libs.common.eventlog.prefixed import PrefixedEventLog


@asynccontextmanager
async def open_event_log(
    url: str, *, database_url: str, topics: Sequence[str], partitions: int
) -> AsyncIterator[EventLog]:
    """Open ``database:``, a log in the platform's PostgreSQL, or ``kafka://host:port,…[/prefix]``.

    With a prefix, topics and groups are named ``prefix.…``: several platforms share one Kafka.
    """
    if url == "database:":
        async with open_postgres_event_log(
            database_url, topics=topics, partitions=partitions
        ) as postgres_log:
            yield postgres_log
    elif url.startswith("kafka://"):
        servers, _, prefix = url.removeprefix("kafka://").partition("/")
        async with open_kafka_event_log(f"kafka://{servers}", partitions=partitions) as kafka_log:
            yield PrefixedEventLog(kafka_log, prefix) if prefix else kafka_log
    else:
        scheme = url.partition(":")[0]
        message = f"EVENT_LOG_URL must be kafka://… or database:, not {scheme}:…"
        raise ValueError(message)


async def create_topics(
    url: str, *, database_url: str, topics: Sequence[str], partitions: int
) -> None:
    """Create the topics that are missing; the deployment's task, never a service's."""
    async with open_event_log(
        url, database_url=database_url, topics=topics, partitions=partitions
    ) as event_log:
        await event_log.create_topics(topics)
