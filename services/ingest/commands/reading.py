"""Read a delivery's file, before anything of it is recorded."""

import asyncio
import shutil
import time
import weakref
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.decryption_keys import DecryptionKey
from libs.common.errors import Problem
from libs.common.file_store import FileStore
from services.ingest.commands.deliveries import kept_file
from services.ingest.commands.spool import Spool
from services.ingest.formats import Decryption, parse_parts
from services.ingest.formats.publication import of_name
from services.ingest.store import deliveries as delivery_store


@dataclass(frozen=True)
class Reading:
    """What a file says, until ``close``; or the problem why nothing of it can be read."""

    spool: Spool
    read_at: datetime  # for the first time
    parsing_ms: int
    refusal: Problem | None
    folder: "Folder"

    def close(self) -> None:
        self.folder.remove()


class Folder:
    """A temporary one, removed when nobody holds it any more at the latest."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp())
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


async def read_delivery(
    session: AsyncSession,
    files: FileStore,
    delivery_id: UUID,
    *,
    keys: tuple[DecryptionKey, ...] = (),
) -> Reading:
    """Read a delivery's file, which an attempt at recording was begun of."""
    delivery = await delivery_store.get_delivery(session, delivery_id)
    read_at = delivery.first_read_at or await delivery_store.get_clock(session)
    decryption = Decryption(keys, of_name(delivery.file_name) or read_at)
    begun_s = time.perf_counter()
    folder = Folder()
    spool, refusal = Spool(folder.path), None
    try:
        async with kept_file(session, files, delivery) as file:
            await asyncio.to_thread(_read, file, decryption, spool)
    except Problem as problem:
        refusal = problem
    parsing_ms = round((time.perf_counter() - begun_s) * 1000)
    return Reading(spool, read_at, parsing_ms, refusal, folder)


def _read(file: BinaryIO, decryption: Decryption, spool: Spool) -> None:
    for part in parse_parts(file, decryption):
        spool.add(part)
