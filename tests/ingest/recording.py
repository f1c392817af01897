"""To record a delivery without the recorder, in a transaction that the test ends as it likes."""

from typing import BinaryIO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.file_store import FileStore
from services.ingest.commands.deliveries.reader import process
from services.ingest.commands.deliveries.reader.messages import (
    Order,
    ReaderFailure,
    Refusal,
    unpacked,
)
from services.ingest.commands.deliveries.reader.reader import FileReader
from services.ingest.commands.deliveries.reading import read_file
from services.ingest.commands.deliveries.recording import record_read
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.store.deliveries.deliveries import get_delivery


class _ReaderHere(FileReader):
    """Reads in the process of the test, which can make what is large smaller there."""

    async def read(self, file: BinaryIO, order: Order) -> Spool | Refusal:
        answer = unpacked(list(process.read(file, order)), order.folder)
        assert not isinstance(answer, ReaderFailure)
        return answer


async def record_delivery(session: AsyncSession, files: FileStore, delivery_id: UUID) -> None:
    delivery = await get_delivery(session, delivery_id)
    read = await read_file(files, delivery, reader=_ReaderHere())
    try:
        await record_read(session, delivery_id, read)
    finally:
        read.discard()
