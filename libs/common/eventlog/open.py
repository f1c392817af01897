"""Opens the event log that the settings name."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Literal

from libs.common.eventlog import EventLog, LogRights, TopicRetention
from libs.common.eventlog.kafka import open_kafka_event_log
from libs.common.eventlog.postgres import (
    may_own_event_log,
    migrate_postgres_event_log,
    open_postgres_event_log,
)
from libs.common.eventlog.prefixed import PrefixedEventLog
from libs.common.events.topics import ALL_TOPICS, LETTERS, STATES
from libs.common.settings import Settings
from libs.common.settings.retention import RetentionSettings

_IN_POSTGRESQL = "database:"
_LETTERS_MONTHS = 1
"""They contain names, and an erasure may take a month at most (GDPR, art. 12(3))."""


def events_in(settings: Settings) -> Literal["database", "kafka"]:
    """Return where the log is: a copy of the database has it, or not."""
    return "database" if settings.event_log_url == _IN_POSTGRESQL else "kafka"


@asynccontextmanager
async def open_event_log(
    settings: Settings, *, database_url: str, service: str | None = None
) -> AsyncIterator[EventLog]:
    """Open ``database:``, a log in the platform's PostgreSQL, or ``kafka://host:port,…[/prefix]``.

    With a prefix, topics and groups are named ``prefix.…``, so that several platforms share one
    Kafka. service: whose rights apply in PostgreSQL; without it, the owner's. In Kafka the log-in
    has its own.
    """
    url, partitions = settings.event_log_url, settings.event_log_partitions
    if url == _IN_POSTGRESQL:
        async with open_postgres_event_log(
            database_url, role=service, partitions=partitions
        ) as postgres_log:
            yield postgres_log
    elif url.startswith("kafka://"):
        servers, _, prefix = url.removeprefix("kafka://").partition("/")
        async with open_kafka_event_log(
            f"kafka://{servers}", settings.kafka_access, partitions=partitions
        ) as kafka_log:
            yield PrefixedEventLog(kafka_log, prefix) if prefix else kafka_log
    else:
        scheme = url.partition(":")[0]
        message = f"EVENT_LOG_URL must be kafka://… or database:, not {scheme}:…"
        raise ValueError(message)


async def prepare_event_log(
    settings: Settings, *, database_url: str, rights: Sequence[LogRights]
) -> None:
    """Create missing topics, set their retention, and give each service its rights and no more.

    The deployment's task, never a service's.
    """
    if settings.event_log_url == _IN_POSTGRESQL:
        await migrate_postgres_event_log(database_url)
    async with open_event_log(settings, database_url=database_url) as event_log:
        await event_log.create_topics(ALL_TOPICS)
        await event_log.retain(retentions(settings))
        await event_log.grant(rights)


async def prepare_own_event_log(
    settings: Settings, *, database_url: str, rights: Sequence[LogRights]
) -> None:
    """Like ``prepare_event_log``, without deployment: in a PostgreSQL that lets us do anything."""
    if settings.event_log_url == _IN_POSTGRESQL and await may_own_event_log(database_url):
        await prepare_event_log(settings, database_url=database_url, rights=rights)


def retentions(settings: RetentionSettings) -> list[TopicRetention]:
    """Return how long each topic keeps its records."""
    return [TopicRetention(topic, _months(topic, settings)) for topic in ALL_TOPICS]


def _months(topic: str, settings: RetentionSettings) -> int | None:
    if topic in STATES:
        return None
    return _LETTERS_MONTHS if topic in LETTERS else settings.retention_curves_months
