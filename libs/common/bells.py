"""The bells of a service: whoever commits work for its rounds rings them, in all its processes.

Those of the same process are rung at once. To the others PostgreSQL carries the ring: a NOTIFY of
the same transaction, so nobody hears it before the work can be seen, nor of work that is undone.
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
    """What a transaction leaves to do."""

    EVENTS = "events"
    """In the outbox, for the relay; most transactions leave nothing else."""
    OTHER = "other"
    """For any other round."""


class Bells:
    """Those of one service in one process. channel: of the service's processes, in its database."""

    def __init__(self, url: str, *, schema: str) -> None:
        self._url = url
        self.channel = f"work of {schema}"
        self.sign = str(uuid4())
        """Of our own rings, which we have heard already when the server tells of them."""
        self.listening = asyncio.Event()
        """Set once other processes are heard."""
        self._bells: dict[Work, set[asyncio.Event]] = {work: set() for work in Work}

    def ring(self, works: Iterable[Work]) -> None:
        for work in works:
            for bell in self._bells[work]:
                bell.set()

    @contextmanager
    def bell(self, work: Work) -> Iterator[asyncio.Event]:
        """Yield an event that is set when such work was committed.

        Clear it, look for work, then wait: nothing is missed.
        """
        bell = asyncio.Event()
        self._bells[work].add(bell)
        try:
            yield bell
        finally:
            self._bells[work].discard(bell)

    def message(self, works: Iterable[Work]) -> str:
        """What the server tells the other processes."""
        return " ".join([self.sign, *works])

    async def listen(self, on_life: Callable[[], None]) -> None:
        """Ring when another process does, for as long as the connection to the server lives.

        on_life is called as long as it does. Raises OSError when it is lost.
        """
        async with self._connection() as connection:
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _connection: lost.set())
            await connection.add_listener(self.channel, self._hear)
            self.listening.set()
            self.ring(Work)  # what was rung before we listened, nobody told us
            while not lost.is_set():
                # A server that is gone without a word would be waited for, for ever.
                await connection.execute("SELECT 1")
                on_life()
                await wait_for_ring(lost, _ASKED_EVERY_S)
        raise ConnectionResetError("nobody listens for the work of other processes")

    def _hear(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        sign, *names = str(payload).split(" ")
        if sign != self.sign:
            # Who rings by hand names nothing.
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
    """Return once it is set, or after so long."""
    try:
        async with asyncio.timeout(longest_s):
            await event.wait()
    except TimeoutError:
        return
