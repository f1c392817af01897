"""The bells of a service: committing work for its rounds rings them, in all its processes.

Bells of the same process ring at once. PostgreSQL carries the ring to the others: a NOTIFY in the
same transaction, so nobody hears it before the work is visible, nor for work that is rolled back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import StrEnum
from uuid import uuid4

import asyncpg

_ASKED_EVERY_S = 30.0
_TIMEOUT_S = 10.0


class Work(StrEnum):
    """The work that a transaction leaves."""

    EVENTS = "events"
    """Events in the outbox, for the relay; most transactions leave nothing else."""
    OTHER = "other"
    """For any other round."""


class Bells:
    """The bells of one service in one process. channel: its processes' channel in the database."""

    def __init__(self, url: str, *, schema: str) -> None:
        self._url = url
        self.channel = f"work of {schema}"
        self.sign = str(uuid4())
        """Marks our own rings, which have been heard already when the server delivers them."""
        self.listening = asyncio.Event()
        """Set once rings of other processes are heard."""
        self._bells: dict[Work, set[asyncio.Event]] = {work: set() for work in Work}

    def ring(self, works: Iterable[Work]) -> None:
        for work in works:
            for bell in self._bells[work]:
                bell.set()

    @contextmanager
    def bell(self, work: Work) -> Iterator[asyncio.Event]:
        """Yield an event that is set when such work is committed.

        Clear it, look for work, then wait: nothing is missed.
        """
        bell = asyncio.Event()
        self._bells[work].add(bell)
        try:
            yield bell
        finally:
            self._bells[work].discard(bell)

    def message(self, works: Iterable[Work]) -> str:
        """Return the message that the server delivers to the other processes."""
        return " ".join([self.sign, *works])

    async def listen(self, on_life: Callable[[], None]) -> None:
        """Ring when another process does, for as long as the connection to the server lives.

        on_life is called while it lives. Raises OSError when it is lost.
        """
        async with self._connection() as connection:
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _connection: lost.set())
            await connection.add_listener(self.channel, self._hear)
            self.listening.set()
            self.ring(Work)  # rings from before we listened were not delivered
            while not lost.is_set():
                # Otherwise a server that vanished silently would be waited for indefinitely.
                await connection.execute("SELECT 1")
                on_life()
                await wait_for_ring(lost, _ASKED_EVERY_S)
        raise ConnectionResetError("nobody listens for the work of other processes")

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        sign, *names = str(payload).split(" ")
        if sign != self.sign:
            # A manual ring names no work.
            self.ring([work for work in Work if work in names] or Work)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        connection = await asyncpg.connect(
            self._url,
            timeout=_TIMEOUT_S,
            command_timeout=_TIMEOUT_S,
            server_settings={"application_name": f"elocoop {self.channel}"},
        )
        try:
            yield connection
        finally:
            await connection.close(timeout=_TIMEOUT_S)


async def wait_for_ring(event: asyncio.Event, longest_s: float) -> None:
    """Return once the event is set, or after this time."""
    try:
        async with asyncio.timeout(longest_s):
            await event.wait()
    except TimeoutError:
        return
