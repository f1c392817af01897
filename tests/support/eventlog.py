"""Sending and reading numbered records in tests of the event log."""

from collections import defaultdict
from collections.abc import Iterable

from libs.common.eventlog import Received, Record, Subscription
from tests.support.waiting import patience


def records(topic: str, *, count: int, first: int = 0, keys: int = 7) -> list[Record]:
    """Records first, first + 1, …, taking their keys in turn."""
    return [
        Record(topic=topic, key=f"key-{i % keys}", value=str(i).encode(), headers={"id": str(i)})
        for i in range(first, first + count)
    ]


def values(records: Iterable[Record]) -> list[int]:
    """The numbers of records that were made by ``records``, sorted."""
    return sorted(int(record.value) for record in records)


def by_key(records: Iterable[Record]) -> dict[str, list[bytes]]:
    """Their values, in order."""
    by_key = defaultdict(list)
    for record in records:
        by_key[record.key].append(record.value)
    return by_key


async def read(subscription: Subscription, count: int, *, max_records: int = 500) -> list[Received]:
    """Poll until there are ``count`` records."""
    received: list[Received] = []
    async with patience(f"{count} records", seen=lambda: f"; {len(received)} came"):
        while len(received) < count:
            batch = await subscription.poll(max_records=max_records, timeout_s=1)
            assert len(batch) <= max_records
            received += batch
    return received
