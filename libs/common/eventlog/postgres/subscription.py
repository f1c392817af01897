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

SHARED_ANEW = "members"
"""The message of a notification when members or partitions come or go."""

_LOOKED_AGAIN_AFTER_S = 1.0
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
        self._shared: frozenset[Partition] = frozenset()  # between all members
        self._wanted: frozenset[Partition] = frozenset()  # our share of them
        self._shared_at_s = float("-inf")
        self._woken = asyncio.Event()

    def hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        if payload == SHARED_ANEW:
            self._shared_at_s = float("-inf")
        self._woken.set()

    def wake(self, _connection: object) -> None:
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
            if await self._may_be_wanted():
                rest_s = min(rest_s, _LOOKED_AGAIN_AFTER_S)
            try:
                async with asyncio.timeout(rest_s):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def commit(self, received: Sequence[Received]) -> None:
        """Mark these as processed. Partitions change hands only inside poll, so all are ours."""
        next_offsets: dict[Partition, int] = {}
        for record in received:
            place = (record.topic, record.partition)
            next_offsets[place] = max(next_offsets.get(place, 0), record.offset + 1)
        own_partitions = sorted(place for place in next_offsets if place in self._positions)
        await self._connection.execute(
            "SELECT commit($1, $2::text[], $3::integer[], $4::bigint[])",
            self._group,
            [topic for topic, _ in own_partitions],
            [partition for _, partition in own_partitions],
            [next_offsets[place] for place in own_partitions],
        )

    async def leave(self) -> None:
        """Give the partitions to the others at once."""
        await self._connection.execute("SELECT leave($1, $2)", self._group, self._id)
        await self._release(list(self._positions))
        await self._notify_others()

    async def _may_be_wanted(self) -> bool:
        """Return whether partitions may come to us without a notification.

        A killed member notifies nobody. It matters while its records wait: then we check whether it
        lives. We also look while another member still holds our partitions.
        """
        if self._wanted != self._positions.keys():
            return True
        other_partitions = self._shared - self._wanted
        if not other_partitions:
            return False
        waits: bool = await self._connection.fetchval(
            _WAITS,
            self._group,
            [topic for topic, _ in other_partitions],
            [partition for _, partition in other_partitions],
        )
        return waits

    async def _share_partitions(self) -> None:
        if time.monotonic() - self._shared_at_s < _LOOKED_AGAIN_AFTER_S:
            return
        self._shared_at_s = time.monotonic()
        members = await self._living_members()
        if self._id not in members:
            await self._join()
            members = await self._living_members()
        partitions = await self._connection.fetch(
            "SELECT topic, partition FROM partition WHERE topic = ANY ($1) ORDER BY 1, 2",
            self._topics,
        )
        shared = [(row["topic"], row["partition"]) for row in partitions]
        self._shared = frozenset(shared)
        self._wanted = frozenset(shared[members.index(self._id) :: len(members)])
        await self._release(
            [partition for partition in self._positions if partition not in self._wanted]
        )
        await self._acquire(sorted(self._wanted - self._positions.keys()))

    async def _living_members(self) -> list[UUID]:
        """Return the members in the order that shares the partitions."""
        rows = await self._connection.fetch(_LIVING, self._group, self._topics)
        return [row["id"] for row in rows]

    async def _join(self) -> None:
        """Become a member, for the first time or after being dropped; drop killed members."""
        # Before others can see us: a member without a lock counts as dead.
        await self._connection.execute(
            "SELECT pg_advisory_lock(hashtextextended($1::text, 0))", str(self._id)
        )
        async with self._connection.transaction():
            await self._connection.execute(
                "SELECT enter($1, $2, $3)", self._group, self._id, self._topics
            )
            await self._notify_others()

    async def _notify_others(self) -> None:
        await self._connection.execute("SELECT pg_notify('eventlog', $1)", SHARED_ANEW)

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
        if partitions:
            await self._notify_others()

    def _lock_name(self, partition: Partition) -> str:
        return json.dumps([self._group, *partition])

    async def _committed(self, partitions: Iterable[Partition]) -> dict[Partition, int]:
        rows = await self._connection.fetch(
            """SELECT topic, partition, next_offset FROM progress WHERE "group" = $1""",
            self._group,
        )
        offsets = {(row["topic"], row["partition"]): row["next_offset"] for row in rows}
        return {partition: offsets.get(partition, 0) for partition in partitions}

    async def _fetch(self, max_records: int) -> list[Received]:
        if not self._positions:
            return []
        rows = await self._connection.fetch(
            "SELECT * FROM read($1, $2, $3, $4, $5)",
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


# In the order that shares the partitions.
_LIVING = 'SELECT id FROM alive WHERE "group" = $1 AND topics = $2 ORDER BY id'

_WAITS = """
    SELECT EXISTS (
        SELECT FROM unnest($2::text[], $3::integer[]) AS held (topic, partition)
        JOIN partition USING (topic, partition)
        LEFT JOIN progress
          ON progress.topic = partition.topic
         AND progress.partition = partition.partition AND progress."group" = $1
        WHERE partition.next_offset > greatest(first_offset, coalesce(progress.next_offset, 0))
    )
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
