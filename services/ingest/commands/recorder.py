"""Record deliveries one after the other, and read the next file meanwhile."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.decryption_keys import DecryptionKey
from libs.common.file_store import FileStore
from libs.common.messaging.consumer import is_fault
from services.ingest.commands import deliveries
from services.ingest.commands.reading import Reading, read_delivery
from services.ingest.commands.recording import record_delivery
from services.ingest.store import deliveries as store

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Ahead:
    """A file that is being read before its turn to be recorded."""

    delivery_id: UUID
    task: "asyncio.Task[Reading]"


@dataclass
class Recorder:
    """A round records the delivery that waits longest; see ``__call__``.

    Reading a file uses one core, and recording it another one for most of its time, PostgreSQL's.
    """

    files: FileStore
    keys: tuple[DecryptionKey, ...] = ()
    _ahead: _Ahead | None = field(default=None, init=False)

    async def __call__(self, database: Database) -> bool:
        """Record the delivery that waits longest; whatever kills us before the end leaves it so.

        One process at a time does this for the whole service: of two files about one point the one
        that came last must win, so they are recorded in the order in which they came.
        """
        try:
            async with database.transaction() as session:
                if await store.try_lock_recording(session):
                    return await self._record_oldest(database, session)
        except BaseException:
            await self._forget(database)
            raise
        await self._forget(database)
        return False

    async def _record_oldest(self, database: Database, session: AsyncSession) -> bool:
        waiting = await store.list_oldest_waiting(session, limit=2)
        if not waiting:
            return False
        delivery_id, *others = waiting
        if self._ahead is None or self._ahead.delivery_id != delivery_id:
            await self._forget(database)
            if not await self._begin(database, delivery_id):
                return True
        assert self._ahead is not None
        task, self._ahead = self._ahead.task, None
        try:
            await self._record(database, session, delivery_id, task, others)
        except Exception as error:
            if is_fault(error):
                await _take_attempt_back(database, delivery_id)
                raise
            # A file on which our code stumbles must not stop those that come after it.
            _log.exception("delivery not recorded", delivery_id=str(delivery_id))
            await deliveries.note_failure(session, delivery_id, error)
        return True

    async def _record(
        self,
        database: Database,
        session: AsyncSession,
        delivery_id: UUID,
        task: "asyncio.Task[Reading]",
        others: list[UUID],
    ) -> None:
        reading = await task
        try:
            # Whatever killed us before must not be counted against the file that comes after it.
            if (await store.get_delivery(session, delivery_id)).attempts == 1:
                for other in others:
                    await self._begin(database, other)
            async with session.begin_nested():
                await record_delivery(session, delivery_id, reading)
        finally:
            reading.close()

    async def _begin(self, database: Database, delivery_id: UUID) -> bool:
        """Have a file read; False if it killed us too often."""
        # In a transaction of its own: a file that kills the process must not do so for ever.
        async with database.transaction() as session:
            if not await deliveries.begin_attempt(session, delivery_id):
                return False
        reading = asyncio.create_task(self._read(database, delivery_id))
        self._ahead = _Ahead(delivery_id, reading)
        return True

    async def _read(self, database: Database, delivery_id: UUID) -> Reading:
        async with database.transaction() as session:
            return await read_delivery(session, self.files, delivery_id, keys=self.keys)

    async def _forget(self, database: Database) -> None:
        """What was read ahead is not recorded next: its turn comes later, or another process's."""
        if self._ahead is None:
            return
        ahead, self._ahead = self._ahead, None
        ahead.task.cancel()
        await asyncio.wait([ahead.task])
        if not ahead.task.cancelled() and ahead.task.exception() is None:
            ahead.task.result().close()
        await _take_attempt_back(database, ahead.delivery_id)


async def _take_attempt_back(database: Database, delivery_id: UUID) -> None:
    """The network, the database or its turn is to blame, not the file."""
    async with database.transaction() as session:
        await deliveries.take_attempt_back(session, delivery_id)
