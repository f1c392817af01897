"""One member of a group of the log in PostgreSQL, and the partitions it holds."""

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import asyncpg
import structlog

from libs.common.eventlog import Received

Partition: TypeAlias = tuple[str, int]

_HEARTBEAT_S = 1.0
_MEMBER_LIFE_S = 3.0
_FORGOTTEN_AFTER_S = 3600.0
_POLL_BYTES = 32 * 1024 * 1024

_log = structlog.get_logger(__name__)


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
        # Members that were killed could not say that they left.
        await self._connection.execute(
            """
            DELETE FROM member WHERE "group" = $1 AND seen_at < now() - make_interval(secs => $2)
            """,
            self._group,
            _FORGOTTEN_AFTER_S,
        )
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
            _FETCH,
            [topic for topic, _ in self._positions],
            [partition for _, partition in self._positions],
            list(self._positions.values()),
            max_records,
            _POLL_BYTES,
        )
        received = [_received(row) for row in rows]
        for record in received:
            self._positions[record.topic, record.partition] = record.offset + 1
        return received


# Merges the partitions by age, keeping the order inside each whatever the clock did. Only the
# records that are handed out have their values read; one of any size is, or it would never be.
_FETCH = """
    WITH next AS (
        SELECT record.*,
            max(appended_at) OVER (PARTITION BY topic, partition ORDER BY "offset") AS age
        FROM unnest($1::text[], $2::integer[], $3::bigint[])
            AS held (held_topic, held_partition, position),
        LATERAL (
            SELECT topic, partition, "offset", appended_at, octet_length(value) AS bytes
            FROM record
            WHERE topic = held_topic AND partition = held_partition AND "offset" >= position
            ORDER BY "offset" LIMIT $4
        ) AS record
    ), queue AS (
        SELECT topic, partition, "offset", row_number() OVER oldest AS number,
            sum(bytes) OVER (oldest ROWS UNBOUNDED PRECEDING) - bytes AS bytes_before
        FROM next WINDOW oldest AS (ORDER BY age, topic, partition, "offset")
    )
    SELECT record.* FROM queue JOIN record USING (topic, partition, "offset")
    WHERE number <= $4 AND bytes_before < $5 ORDER BY number
"""


def _received(row: asyncpg.Record) -> Received:
    return Received(
        topic=row["topic"],
        key=row["key"],
        value=row["value"],
        headers=json.loads(row["headers"]),
        partition=row["partition"],
        offset=row["offset"],
    )
