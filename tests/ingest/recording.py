"""To record a delivery without the recorder, in a transaction that the test ends as it likes."""

from contextlib import closing
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.file_store import FileStore
from services.ingest.commands.deliveries.reader.reader import FileReader
from services.ingest.commands.deliveries.reading import read_file
from services.ingest.commands.deliveries.recording import record_read
from services.ingest.store.deliveries.deliveries import get_delivery


async def record_delivery(session: AsyncSession, files: FileStore, delivery_id: UUID) -> None:
    delivery = await get_delivery(session, delivery_id)
    with closing(FileReader()) as reader:
        read = await read_file(files, delivery, reader=reader)
    try:
        await record_read(session, delivery_id, read)
    finally:
        read.discard()
