"""The event log in PostgreSQL itself: for the embedded mode, with Kafka's guarantees.

Its tables belong to a role of their own. A service connects under its own role, and only uses
functions that know its rights and what has expired (libs/common/eventlog/migrations).

A record's offset is taken under its partition's row lock, so offsets appear in order. A member of
a group lives by a session advisory lock, and owns a partition by another one: both disappear with
the connection, however the process ends. NOTIFY wakes readers, for records and for members.
"""

import json
import zlib
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg

from libs.common.database import Database
from libs.common.database.known_types import KnowingConnection
from libs.common.database.migrations import migrate
from libs.common.eventlog import LogRights, OffsetRange, Received, Record, TopicRetention
from libs.common.eventlog.postgres.subscription import (
    SHARED_ANEW,
    Partition,
    PostgresSubscription,
)

_SCHEMA = "eventlog"
_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_PURGED_AT_ONCE = 1_000


class PostgresEventLog:
    """Opened by ``open_postgres_event_log``."""

    def __init__(self, url: str, pool: asyncpg.Pool, *, role: str, partitions: int) -> None:
        self._url = url
        self._role = role
        self._pool = pool
        self._partitions = partitions
        self._partition_counts: dict[str, int] = {}

    async def ask(self) -> None:
        """Do nothing: it answers when the platform's database does."""

    async def append(self, records: Sequence[Record]) -> None:
        """Append in order, in one transaction. Raises LookupError for a topic never created."""
        places = [await self._place(record) for record in records]
        await self._pool.execute(
            "SELECT append($1, $2, $3, $4, $5)",
            [topic for topic, _ in places],
            [partition for _, partition in places],
            [record.key for record in records],
            [record.value for record in records],
            [json.dumps(dict(record.headers)) for record in records],
        )

    @asynccontextmanager
    async def subscribe(
        self, *, group: str, topics: Sequence[str]
    ) -> AsyncIterator[PostgresSubscription]:
        """Join a group. Losing the member's connection gives up all its partitions."""
        connection = await asyncpg.connect(
            self._url,
            connection_class=KnowingConnection,
            server_settings=_settings_of(self._role),
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

    async def grant(self, rights: Sequence[LogRights]) -> None:
        """Like ``EventLog.grant``; a group always belongs to the service of its name."""
        allowed = [
            *(
                (service_rights.user, topic, "append")
                for service_rights in rights
                for topic in service_rights.appends
            ),
            *(
                (service_rights.user, topic, "read")
                for service_rights in rights
                for topic in service_rights.reads
            ),
        ]
        columns = [[row[i] for row in allowed] for i in range(3)]
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                """
                DELETE FROM permission WHERE service = ANY ($4) AND (service, topic, action)
                    NOT IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))
                """,
                *columns,
                [service_rights.user for service_rights in rights],
            )
            await connection.execute(
                """
                INSERT INTO permission (service, topic, action)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING
                """,
                *columns,
            )

    async def retain(self, retentions: Sequence[TopicRetention]) -> None:
        """Like ``EventLog.retain``."""
        await self._pool.execute(
            """
            INSERT INTO retention (topic, months) SELECT * FROM unnest($1::text[], $2::integer[])
            ON CONFLICT (topic) DO UPDATE SET months = excluded.months
            """,
            [retention.topic for retention in retentions],
            [retention.months for retention in retentions],
        )

    async def purge(self, topics: Sequence[str]) -> bool:
        """Delete some expired records that all readers have read; return whether there are more."""
        more: bool = await self._pool.fetchval(
            "SELECT purge($1, $2)", list(topics), _PURGED_AT_ONCE
        )
        return more

    async def lag(self, *, group: str, topics: Sequence[str]) -> int:
        """Return the number of records that the group has not committed yet."""
        lag: int = await self._pool.fetchval(
            """
            SELECT coalesce(sum(partition.next_offset
                - greatest(first_offset, coalesce(progress.next_offset, 0))), 0)
            FROM partition LEFT JOIN progress
              ON progress.topic = partition.topic
             AND progress.partition = partition.partition AND progress."group" = $1
            WHERE partition.topic = ANY ($2)
            """,
            group,
            list(topics),
        )
        return int(lag)

    async def find_unconsumed(
        self,
        rights: Sequence[LogRights],  # noqa: ARG002
        *,
        states: Collection[str] = (),  # noqa: ARG002
    ) -> Sequence[OffsetRange]:
        """Return none: a copy of this database has the log, and how far each group is."""
        return []

    async def read(self, _ranges: Sequence[OffsetRange]) -> AsyncIterator[Sequence[Received]]:
        """Yield nothing, see ``find_unconsumed``."""
        nothing: Sequence[Sequence[Received]] = ()
        for received in nothing:
            yield received

    async def clear(self, _rights: Sequence[LogRights]) -> None:
        """Do nothing: the log came with the database."""

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
    url: str, *, role: str | None = None, partitions: int
) -> AsyncIterator[PostgresEventLog]:
    """Open the log as the service of this role; or as the owner, who may do everything."""
    role = role or _SCHEMA
    async with asyncpg.create_pool(
        url,
        min_size=0,
        max_size=4,
        connection_class=KnowingConnection,
        server_settings=_settings_of(role),
    ) as pool:
        yield PostgresEventLog(url, pool, role=role, partitions=partitions)


async def migrate_postgres_event_log(url: str) -> None:
    """Bring the log's schema up to date, as its owner."""
    database = Database(url, schema=_SCHEMA, pool_size=2)
    try:
        await migrate(database, [_MIGRATIONS])
    finally:
        await database.close()


async def may_own_event_log(url: str) -> bool:
    """Return whether the URL's role may act as the log's owner: a superuser without deployment."""
    connection = await asyncpg.connect(url)
    try:
        may: bool = await connection.fetchval("SELECT pg_has_role($1, 'MEMBER')", _SCHEMA)
        return may
    finally:
        await connection.close()


def _settings_of(role: str) -> dict[str, str]:
    return {"role": role, "search_path": _SCHEMA, "application_name": "elocoop event log"}
