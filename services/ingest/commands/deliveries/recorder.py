"""Record deliveries one after the other, in the order they came, reading the next one meanwhile."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.encryption.decryption_keys import DecryptionKey
from libs.common.faults import is_fault
from libs.common.file_store import FileStore
from libs.common.memory import give_freed_memory_back
from libs.common.rounds.rest import NO_REST, SHORT_REST, UNTIL_RUNG, Rest
from services.ingest.commands.deliveries import receiving as deliveries
from services.ingest.commands.deliveries.reader.reader import (
    FileReader,
    LimitReached,
    ReaderDied,
    ReadingFailed,
)
from services.ingest.commands.deliveries.reading import ReadFile, read_file
from services.ingest.commands.deliveries.recording import record_read
from services.ingest.store.deliveries import deliveries as store

_AHEAD_BYTES = 16 * 1024 * 1024
"""A larger file is read when its turn comes: that takes both cores, and seconds."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Ahead:
    """A file that is being read before its turn."""

    delivery_id: UUID
    reading: asyncio.Task[ReadFile]

    async def take(self) -> ReadFile:
        """Return the file once it has been read; discard it if the caller is cancelled."""
        try:
            return await self.reading
        except asyncio.CancelledError:
            await self.discard()
            raise

    async def discard(self) -> None:
        """Discard the file, whether it has been read or not."""
        self.reading.cancel()
        await asyncio.wait([self.reading])
        if not self.reading.cancelled() and self.reading.exception() is None:
            self.reading.result().discard()


class Recorder:
    """Records deliveries; one process at a time does this for the whole service.

    Of two files about one point, the one that came last must win, so deliveries are recorded in the
    order in which they came.
    """

    def __init__(self, files: FileStore, keys: tuple[DecryptionKey, ...] = ()) -> None:
        self._files = files
        self._keys = keys
        self._ahead: _Ahead | None = None
        self._reader = FileReader()

    def close(self) -> None:
        """End what was begun, as the service stops."""
        self._reader.close()

    async def __call__(self, database: Database) -> Rest:
        """Record the delivery that waits longest; if the process dies, it still waits."""
        try:
            async with database.transaction() as session:
                is_alone = await store.try_lock_recording(session)
                waiting = await store.list_oldest_waiting(session, limit=2) if is_alone else []
                if not waiting:
                    await self._forget_ahead()
                    return UNTIL_RUNG if is_alone else SHORT_REST
                await self._record_first(session, database, waiting)
        except BaseException:
            await self._forget_ahead()
            raise
        return NO_REST

    async def _record_first(
        self, session: AsyncSession, database: Database, waiting: Sequence[store.WaitingDelivery]
    ) -> None:
        delivery_id = waiting[0].id
        # In a transaction of its own: a file that kills the process must not do so for ever.
        async with database.transaction() as counting:
            if not await deliveries.begin_attempt(counting, delivery_id):
                return
        try:
            async with session.begin_nested():
                await self._read_and_record(session, database, waiting)
        except ReaderDied:
            # The same as if this process had died on it: it is tried again, ten times at most.
            _log.warning("reader died", delivery_id=str(delivery_id))
        except LimitReached as limit:
            _log.warning("reader reached a limit", delivery_id=str(delivery_id), takes=str(limit))
            problem = f"To read this file takes {limit}: send it in parts. It has been kept."
            await deliveries.note_failure(session, delivery_id, problem)
        except Exception as error:
            if is_fault(error):
                async with database.transaction() as counting:
                    await deliveries.take_attempt_back(counting, delivery_id)
                raise
            # A file on which our code fails must not stop those that come after it.
            _log.exception("delivery not recorded", delivery_id=str(delivery_id))
            kind = error.kind if isinstance(error, ReadingFailed) else type(error).__name__
            problem = f"Our mistake, which has been logged ({kind})."
            await deliveries.note_failure(session, delivery_id, problem)

    async def _read_and_record(
        self, session: AsyncSession, database: Database, waiting: Sequence[store.WaitingDelivery]
    ) -> None:
        first, *later_deliveries = waiting
        file = await self._take(session, first.id)
        try:
            if later_deliveries and _may_be_read_ahead(first, later_deliveries[0]):
                self._ahead = self._begin_reading(database, later_deliveries[0].id)
            await record_read(session, first.id, file)
        finally:
            file.discard()
        if file.spool.is_on_disk:
            # The next file's reader may need the memory that a large file took.
            await asyncio.to_thread(give_freed_memory_back)

    async def _take(self, session: AsyncSession, delivery_id: UUID) -> ReadFile:
        """Return what was read ahead if it is of this delivery; otherwise read the file now."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.delivery_id == delivery_id:
            return await ahead.take()
        if ahead is not None:
            await ahead.discard()
        return await self._read(session, delivery_id)

    def _begin_reading(self, database: Database, delivery_id: UUID) -> _Ahead:
        async def read() -> ReadFile:
            with ExitStack() as if_stopped:
                async with database.transaction() as session:
                    file = await self._read(session, delivery_id)
                    # This may still be stopped until its transaction has ended.
                    if_stopped.callback(file.discard)
                if_stopped.pop_all()
            return file

        return _Ahead(delivery_id, asyncio.create_task(read()))

    async def _read(self, session: AsyncSession, delivery_id: UUID) -> ReadFile:
        delivery = await store.get_delivery(session, delivery_id)
        keys = () if delivery.organiser else self._keys
        return await read_file(self._files, delivery, reader=self._reader, keys=keys)

    async def _forget_ahead(self) -> None:
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            await ahead.discard()


def _may_be_read_ahead(first: store.WaitingDelivery, following: store.WaitingDelivery) -> bool:
    """Return False if either was tried before: after a death, each file must be tried by itself."""
    is_new = not first.attempts and not following.attempts
    return is_new and following.byte_count <= _AHEAD_BYTES
