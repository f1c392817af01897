"""The event log in PostgreSQL itself: for the embedded mode, with Kafka's guarantees.

A record's offset is taken under its partition's row lock, so offsets appear in order. A member of
a group lives by a session advisory lock, and owns a partition by another one: they go with the
connection, however the process ends. Readers are woken by NOTIFY, of records and of members.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from libs.common.database import Database
from libs.common.eventlog import Record, Rights
from libs.common.eventlog.postgres.subscription import (
    SHARED_ANEW,
    Partition,
    PostgresSubscription,
)
from libs.common.known_types import KnowingConnection
from libs.common.migrations import migrate

_SCHEMA = "eventlog"
_MIGRATIONS = Path(__file__).parents[1] / "migrations"


class PostgresEventLog:
    """Opened by ``open_postgres_event_log``."""

    def __init__(self, url: str, pool: asyncpg.Pool, *, partitions: int) -> None:
        self._url = url
        self._pool = pool
        self._partitions = partitions
        self._partition_counts: dict[str, int] = {}

    async def append(self, records: Sequence[Record]) -> None:
        """Append in order, in one transaction. Raises LookupError for a topic never created."""
        placed: dict[Partition, list[Record]] = defaultdict(list)
        for record in records:
            placed[await self._place(record)].append(record)
        async with self._pool.acquire() as connection, connection.transaction():
            for (topic, partition), there in sorted(placed.items(), key=lambda item: item[0]):
                await _append_to(connection, topic, partition, there)
            await connection.execute("SELECT pg_notify('eventlog', '')")

    @asynccontextmanager
    async def subscribe(
        self, *, group: str, topics: Sequence[str]
    ) -> AsyncIterator[PostgresSubscription]:
        """Join a group. The member's connection is its life: losing it gives all partitions up."""
        connection = await asyncpg.connect(
            self._url, connection_class=KnowingConnection, server_settings=_server_settings()
        )
        try:
            subscription = PostgresSubscription(connection, group=group, topics=topics)
            await connection.add_listener("eventlog", subscription.hear)
            connection.add_termination_listener(subscription.wake)
            yield subscription
            await subscription.leave()
        finally:
            await connection.close()

    async def create_topics(self, topics: Sequence[str]) -> None:
        """Create those that do not exist."""
        await self._pool.execute(
            f"""
            WITH created AS (
                INSERT INTO partition (topic, partition)
                SELECT topic, number
                FROM unnest($1::text[]) AS topic, generate_series(0, $2 - 1) AS number
                ON CONFLICT DO NOTHING RETURNING 1
            )
            SELECT pg_notify('eventlog', '{SHARED_ANEW}') FROM created LIMIT 1
            """,  # noqa: S608 - a word of ours
            list(topics),
            self._partitions,
        )

    async def grant(self, rights: Sequence[Rights]) -> None:
        """Nothing: who is let in may do everything."""

    async def lag(self, *, group: str, topics: Sequence[str]) -> int:
        """How many records the group has not committed yet."""
        lag: int = await self._pool.fetchval(
            """
            SELECT coalesce(sum(partition.next_offset - coalesce(progress.next_offset, 0)), 0)
            FROM partition LEFT JOIN progress
              ON progress.topic = partition.topic
             AND progress.partition = partition.partition AND progress."group" = $1
            WHERE partition.topic = ANY ($2)
            """,
            group,
            list(topics),
        )
        return int(lag)

    async def _place(self, record: Record) -> Partition:
        topic = record.topic
        if topic not in self._partition_counts:
            count = await self._pool.fetchval(
                "SELECT count(*) FROM partition WHERE topic = $1", topic
            )
            if not count:
                message = f"topic {topic!r} does not exist: run `elocoop migrate`"
                raise LookupError(message)
            self._partition_counts[topic] = count
        return topic, zlib.crc32(record.key.encode()) % self._partition_counts[topic]


@asynccontextmanager
async def open_postgres_event_log(
    url: str, *, topics: Sequence[str], partitions: int
) -> AsyncIterator[PostgresEventLog]:
    """Migrate the log's schema, create the topics, and open the log."""
    database = Database(url, schema=_SCHEMA, pool_size=2)
    try:
        await migrate(database, [_MIGRATIONS])
    finally:
        await database.close()
    async with asyncpg.create_pool(
        url,
        min_size=1,
        max_size=8,
        connection_class=KnowingConnection,
        server_settings=_server_settings(),
    ) as pool:
        event_log = PostgresEventLog(url, pool, partitions=partitions)
        await event_log.create_topics(topics)
        yield event_log


def _server_settings() -> dict[str, str]:
    return {"role": _SCHEMA, "search_path": _SCHEMA, "application_name": "elocoop event log"}


async def _append_to(
    connection: Any,  # noqa: ANN401 - a pool's proxy of a connection, which has no public type
    topic: str,
    partition: int,
    records: Sequence[Record],
) -> None:
    next_offset = await connection.fetchval(
        """
        UPDATE partition SET next_offset = next_offset + $3
        WHERE topic = $1 AND partition = $2 RETURNING next_offset
        """,
        topic,
        partition,
        len(records),
    )
    first = next_offset - len(records)
    await connection.executemany(
        """
        INSERT INTO record (topic, partition, "offset", key, value, headers)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
            (
                topic,
                partition,
                first + i,
                record.key,
                record.value,
                json.dumps(dict(record.headers)),
            )
            for i, record in enumerate(records)
        ],
    )
