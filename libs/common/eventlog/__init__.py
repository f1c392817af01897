"""The event log: an append-only, partitioned record of events; Kafka, or PostgreSQL alone.

Both adapters pass one contract suite (tests/contracts): records with one key stay in order, a
group's members share the partitions, a record is delivered again until it is committed.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """A record to append: headers carry the CloudEvents attributes id, type and time."""

    topic: str
    key: str
    value: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Received(Record):
    """A record and its place on the log; offsets grow within a partition, perhaps with gaps."""

    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class OffsetRange:
    """Records of a partition, from an offset up to but not including another one."""

    topic: str
    partition: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LogRights:
    """The rights of a service's user on the log: what its code does, and no more."""

    user: str
    group: str
    appends: Sequence[str]
    reads: Sequence[str]


@dataclass(frozen=True, slots=True)
class TopicRetention:
    """The months for which a topic keeps a record; None: until its key has a newer one."""

    topic: str
    months: int | None


class Subscription(Protocol):
    """One member of a consumer group."""

    async def poll(self, *, max_records: int, timeout_s: float) -> Sequence[Received]:
        """Return records not yet handed to this member, in order per partition; maybe none.

        A partition that was taken away and given back starts at its committed offset. A member
        reads from the beginning if its group never committed.
        """
        ...

    async def commit(self, received: Sequence[Received]) -> None:
        """Mark these records as processed.

        If a partition has moved to another member meanwhile, its records are silently left to
        that member, who will see them again.
        """
        ...


class EventLog(Protocol):
    """A durable log; opened by ``open_event_log``."""

    async def ask(self) -> None:
        """Return when it answers; nothing is asked where the log is in the platform's database.

        Raises whatever its client raises.
        """
        ...

    async def append(self, records: Sequence[Record]) -> None:
        """Append in order; when it returns, they are durable. A retry inside does not duplicate."""
        ...

    def subscribe(
        self, *, group: str, topics: Sequence[str]
    ) -> AbstractAsyncContextManager[Subscription]:
        """Join a consumer group for as long as the context lasts."""
        ...

    async def create_topics(self, topics: Sequence[str]) -> None:
        """Create those that do not exist; return when all of them accept records.

        Called by the deployment, never by accident.
        """
        ...

    async def grant(self, rights: Sequence[LogRights]) -> None:
        """Give these users these rights on the topics and groups, and no others on them.

        Called by the deployment. Where nobody logs in, everybody may do everything.
        """
        ...

    async def retain(self, retentions: Sequence[TopicRetention]) -> None:
        """Make these topics keep their records for this long, and no longer.

        Called by the deployment.
        """
        ...

    async def purge(self, topics: Sequence[str]) -> bool:
        """Delete some expired records of these topics; return whether there are more.

        Does nothing where the log itself deletes them.
        """
        ...

    async def lag(self, *, group: str, topics: Sequence[str]) -> int:
        """Return the number of records that the group has not committed yet."""
        ...

    async def find_unconsumed(
        self, rights: Sequence[LogRights], *, states: Collection[str] = ()
    ) -> Sequence[OffsetRange]:
        """Return the records that a copy of the platform's database lacks.

        They are those that one of these groups has not committed yet, and all that the topics of
        states have, for a group to come; none if the log itself is in that database.
        """
        ...

    def read(self, ranges: Sequence[OffsetRange]) -> AsyncIterator[Sequence[Received]]:
        """Yield the records of these ranges that are still there, in order per partition."""
        ...

    async def clear(self, rights: Sequence[LogRights]) -> None:
        """Delete all records of the topics that these services use, and start their groups anew.

        For a platform whose database is that of a backup: what was told after it must not be heard
        again. Does nothing if the log itself is in that database. ``retain`` and ``grant``
        afterwards. Raises GroupInUse.
        """
        ...


class GroupInUse(Exception):  # noqa: N818 - read by people as a sentence
    """A service reads the log."""

    def __init__(self, group: str) -> None:
        super().__init__(f"{group} still reads the event log. Stop the services first.")
