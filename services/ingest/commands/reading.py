"""Read a delivery's file, before anything of it is recorded."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.decryption_keys import DecryptionKey
from libs.common.errors import Problem
from libs.common.file_store import FileStore
from services.ingest.commands.deliveries import kept_file
from services.ingest.commands.spool import Spool
from services.ingest.domain.texts import one_line
from services.ingest.formats import Decryption, parse_parts
from services.ingest.formats.publication import of_name
from services.ingest.store import deliveries as delivery_store
from services.ingest.tables import DeliveryRow


@dataclass
class ReadFile:
    """What a file says: documents, or why nothing of it can be read. Whoever has it discards it."""

    spool: Spool
    refusal: str | None = None
    parsing_ms: int = 0
    _folder: TemporaryDirectory[str] = field(kw_only=True)

    def discard(self) -> None:
        self._folder.cleanup()


async def read_file(
    session: AsyncSession,
    files: FileStore,
    delivery: DeliveryRow,
    *,
    keys: tuple[DecryptionKey, ...] = (),
) -> ReadFile:
    """Read all of a delivery's file: what makes it unreadable may be at its end.

    Raises FileLost, and OSError when the store cannot be reached.
    """
    read_at = delivery.first_read_at or await delivery_store.get_clock(session)
    decryption = Decryption(keys, of_name(delivery.file_name) or read_at)
    begun_s = time.perf_counter()
    folder = TemporaryDirectory()
    read = ReadFile(Spool(Path(folder.name)), _folder=folder)
    try:
        async with kept_file(session, files, delivery) as file:
            await asyncio.to_thread(_read, file, decryption, read.spool)
    except Problem as refusal:
        read.refusal = one_line(refusal.detail)
    except BaseException:
        read.discard()
        raise
    read.parsing_ms = ms_since(begun_s)
    return read


def _read(file: BinaryIO, decryption: Decryption, spool: Spool) -> None:
    for part in parse_parts(file, decryption):
        spool.add(part)


def ms_since(begun_s: float) -> int:
    return round((time.perf_counter() - begun_s) * 1000)
