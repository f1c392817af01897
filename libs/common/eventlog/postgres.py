"""The event log in PostgreSQL itself: for the embedded mode, with Kafka's guarantees.

A record's offset is taken under its partition's row lock, so offsets appear in order. A member of
a group owns a partition by a session advisory lock: it goes with the connection, however the
process ends. Readers are woken by NOTIFY.
"""

import asyncio
import heapq
import json
import time
import zlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import asyncpg
import structlog
from sqlalchemy import make_url

from libs.common.database import Database
from libs.common.eventlog import Received, Record
from libs.common.migrations import migrate

Partition: TypeAlias = tuple[str, int]

_SCHEMA = "eventlog"
_MIGRATIONS = Path(__file__).parent / "migrations"
_HEARTBEAT_S = 1.0
_MEMBER_LIFE_S = 3.0

_log = structlog.get_logger(__name__)


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
    ) -> AsyncIterator["PostgresSubscription"]:
        """Join a group. The member's connection is its life: losing it gives all partitions up."""
        connection = await asyncpg.connect(self._url, server_settings=_server_settings())
        try:
            subscription = PostgresSubscription(connection, group=group, topics=topics)
            await connection.add_listener("eventlog", subscription.wake)
            yield subscription
            await subscription.leave()
        finally:
            await connection.close()

    async def create_topics(self, topics: Sequence[str]) -> None:
        """Create those that do not exist."""
        await self._pool.executemany(
            "INSERT INTO partition (topic, partition) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            [(topic, number) for topic in topics for number in range(self._partitions)],
        )

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


class PostgresSubscription:
    """One member of a group; see libs.common.eventlog.Subscription."""

    def __init__(
        self, connection: "asyncpg.Connection[Any]", *, group: str, topics: Sequence[str]
    ) -> None:
        self._connection = connection
        self._group = group
        self._topics = sorted(topics)
        self._id = uuid4()
        self._positions: dict[Partition, int] = {}
        self._assigned_at_s = float("-inf")
        self._woken = asyncio.Event()

    def wake(self, *_notification: object) -> None:
        self._woken.set()

    async def poll(self, *, max_records: int, timeout_s: float) -> Sequence[Received]:
        """Return what is new in the partitions held, waiting up to the timeout for some."""
        deadline = time.monotonic() + timeout_s
        while True:
            self._woken.clear()
            await self._share_partitions()
            received = await self._fetch(max_records)
            rest_s = deadline - time.monotonic()
            if received or rest_s <= 0:
                return received
            try:
                async with asyncio.timeout(min(rest_s, _HEARTBEAT_S)):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def commit(self, received: Sequence[Received]) -> None:
        """Say that these are done. Partitions change hands only inside poll, so all are ours."""
        done: dict[Partition, int] = {}
        for record in received:
            place = (record.topic, record.partition)
            done[place] = max(done.get(place, 0), record.offset + 1)
        await self._connection.executemany(
            """
            INSERT INTO progress ("group", topic, partition, next_offset) VALUES ($1, $2, $3, $4)
            ON CONFLICT ("group", topic, partition) DO UPDATE SET next_offset = excluded.next_offset
            """,
            [
                (self._group, *place, next_offset)
                for place, next_offset in sorted(done.items())
                if place in self._positions
            ],
        )

    async def rewind(self) -> None:
        """Go back to the committed offsets."""
        self._positions = await self._committed(self._positions)

    async def leave(self) -> None:
        """Give the partitions to the others at once, rather than after a few seconds."""
        await self._release(list(self._positions))
        await self._connection.execute(
            """DELETE FROM member WHERE "group" = $1 AND id = $2""", self._group, self._id
        )

    async def _share_partitions(self) -> None:
        if time.monotonic() - self._assigned_at_s < _HEARTBEAT_S:
            return
        self._assigned_at_s = time.monotonic()
        members = await self._live_members()
        partitions = await self._connection.fetch(
            "SELECT topic, partition FROM partition WHERE topic = ANY ($1) ORDER BY 1, 2",
            self._topics,
        )
        place, count = members.index(self._id), len(members)
        wanted = {
            (row["topic"], row["partition"])
            for number, row in enumerate(partitions)
            if number % count == place
        }
        await self._release([held for held in self._positions if held not in wanted])
        await self._acquire(sorted(wanted - self._positions.keys()))

    async def _live_members(self) -> list[UUID]:
        """Say that we live, and return all who do, in the order that shares the partitions."""
        await self._connection.execute(
            """
            INSERT INTO member ("group", id, topics) VALUES ($1, $2, $3)
            ON CONFLICT ("group", id) DO UPDATE SET seen_at = now()
            """,
            self._group,
            self._id,
            self._topics,
        )
        rows = await self._connection.fetch(
            """
            SELECT id FROM member
            WHERE "group" = $1 AND topics = $2 AND seen_at > now() - make_interval(secs => $3)
            ORDER BY id
            """,
            self._group,
            self._topics,
            _MEMBER_LIFE_S,
        )
        return [row["id"] for row in rows]

    async def _acquire(self, partitions: Sequence[Partition]) -> None:
        gained = {
            partition: 0
            for partition in partitions
            if await self._connection.fetchval(
                "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", self._lock_name(partition)
            )
        }
        self._positions |= await self._committed(gained)
        if gained:
            _log.debug("partitions gained", group=self._group, count=len(gained))

    async def _release(self, partitions: Sequence[Partition]) -> None:
        for partition in partitions:
            await self._connection.execute(
                "SELECT pg_advisory_unlock(hashtextextended($1, 0))", self._lock_name(partition)
            )
            del self._positions[partition]

    def _lock_name(self, partition: Partition) -> str:
        return json.dumps([self._group, *partition])

    async def _committed(self, partitions: Iterable[Partition]) -> dict[Partition, int]:
        rows = await self._connection.fetch(
            """SELECT topic, partition, next_offset FROM progress WHERE "group" = $1""",
            self._group,
        )
        known = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
        return {partition: known.get(partition, 0) for partition in partitions}

    async def _fetch(self, max_records: int) -> list[Received]:
        if not self._positions:
            return []
        rows = await self._connection.fetch(
            """
            SELECT record.* FROM unnest($1::text[], $2::integer[], $3::bigint[])
                AS held (topic, partition, position),
            LATERAL (
                SELECT * FROM record
                WHERE record.topic = held.topic AND record.partition = held.partition
                  AND record."offset" >= held.position
                ORDER BY record."offset" LIMIT $4
            ) AS record
            ORDER BY record.topic, record.partition, record."offset"
            """,
            [topic for topic, _ in self._positions],
            [partition for _, partition in self._positions],
            list(self._positions.values()),
            max_records,
        )
        received = _oldest_first(rows)[:max_records]
        for record in received:
            self._positions[record.topic, record.partition] = record.offset + 1
        return received


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
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with asyncpg.create_pool(
        dsn, min_size=1, max_size=8, server_settings=_server_settings()
    ) as pool:
        event_log = PostgresEventLog(dsn, pool, partitions=partitions)
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


def _oldest_first(rows: Sequence[asyncpg.Record]) -> list[Received]:
    """Merge the partitions by age, keeping the order inside each whatever the clock did."""
    by_partition: dict[Partition, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        by_partition[row["topic"], row["partition"]].append(row)
    merged = heapq.merge(*by_partition.values(), key=lambda row: row["appended_at"])
    return [
        Received(
            topic=row["topic"],
            key=row["key"],
            value=row["value"],
            headers=json.loads(row["headers"]),
            partition=row["partition"],
            offset=row["offset"],
        )
        for row in merged
    ]
