"""Read a delivery's file, before any of it is recorded."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from libs.common.encryption.decryption_keys import DecryptionKey
from libs.common.file_store import FileStore
from services.ingest.commands.deliveries.reader.messages import Order, Refusal
from services.ingest.commands.deliveries.reader.reader import FileReader
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.formats import Decryption
from services.ingest.formats.publication import of_name
from services.ingest.tables import DeliveryRow


@dataclass(frozen=True)
class ReadFile:
    """The content of a file: documents, or the reason why none can be read.

    Its owner discards it.
    """

    spool: Spool
    refusal: str | None
    parsing_ms: int
    _folder: TemporaryDirectory[str] = field(kw_only=True)

    def discard(self) -> None:
        self._folder.cleanup()


async def read_file(
    files: FileStore,
    delivery: DeliveryRow,
    *,
    reader: FileReader,
    keys: tuple[DecryptionKey, ...] = (),
) -> ReadFile:
    """Read all of a delivery's file: what makes it unreadable may be at its end.

    Raises FileLost, ReaderDied, and OSError when the store cannot be reached.
    """
    decryption = Decryption(keys, of_name(delivery.file_name) or delivery.received_at)
    begun_s = time.perf_counter()
    folder = TemporaryDirectory()
    try:
        async with files.reading(delivery.sha256) as file:
            answer = await reader.read(file, Order(decryption, Path(folder.name)))
    except BaseException:
        folder.cleanup()
        raise
    parsing_ms = ms_since(begun_s)
    if isinstance(answer, Refusal):
        return ReadFile(Spool(Path(folder.name)), answer.detail, parsing_ms, _folder=folder)
    return ReadFile(answer, None, parsing_ms, _folder=folder)


def ms_since(begun_s: float) -> int:
    return round((time.perf_counter() - begun_s) * 1000)
