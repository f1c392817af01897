"""Files stored in a folder, which may be a volume that several machines share."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from libs.common.file_store import FileLost, IncomingFile, KeptFile, unavailable

_ABANDONED_AFTER_S = 24 * 3600.0


class FolderStore:
    """``ab/abcd…``: a file's name is its hash, in a folder of its first two digits.

    Drafts are written in the folder ``incoming`` beside them, so keeping one means renaming it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    async def ask(self) -> None:
        await asyncio.to_thread(self._try_draft)

    def _try_draft(self) -> None:
        with self.draft() as draft:
            draft.write(b"?")
            draft.flush()

    @contextmanager
    def draft(self) -> Iterator[IncomingFile]:
        file = self._new_file()
        try:
            yield IncomingFile(file)
        finally:
            with suppress(OSError):  # a full disk was reported at the write already
                file.close()
            with suppress(FileNotFoundError):  # it was kept
                Path(file.name).unlink()

    def _new_file(self) -> BinaryIO:
        try:
            self._incoming.mkdir(parents=True, exist_ok=True)
            self._remove_abandoned()
            file = NamedTemporaryFile(dir=self._incoming, delete=False)  # noqa: SIM115 - draft's
        except OSError as error:
            raise unavailable() from error
        return cast("BinaryIO", file)

    async def keep(self, draft: IncomingFile) -> None:
        try:
            await asyncio.to_thread(self._keep, draft)
        except OSError as error:
            raise unavailable() from error

    @asynccontextmanager
    async def reading(self, sha256: str) -> AsyncIterator[BinaryIO]:
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise FileLost(sha256) from error
        with file:
            yield file

    async def has(self, sha256: str) -> bool:
        try:
            return await asyncio.to_thread(self._path(sha256).exists)
        except OSError as error:
            raise unavailable() from error

    async def remove(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    async def list_kept(self) -> AsyncIterator[KeptFile]:
        for path in await asyncio.to_thread(self._paths):
            room = path.parent.parent.relative_to(self._folder)
            yield KeptFile("" if room == Path() else str(room), path.name)

    def _paths(self) -> list[Path]:
        return [path for path in self._folder.rglob("*") if path.name[:2] == path.parent.name]

    def _keep(self, draft: IncomingFile) -> None:
        """Sync the file to disk, then rename it: nobody sees half a file, even after a crash."""
        draft.file.flush()
        os.fsync(draft.file.fileno())
        path = self._path(draft.sha256)
        if not path.parent.exists():
            path.parent.mkdir(exist_ok=True)
            _sync_folder(self._folder)
        # Replaces an existing file: it is equal, or a disk has damaged it.
        Path(draft.file.name).replace(path)
        _sync_folder(path.parent)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _remove_abandoned(self) -> None:
        """Delete the drafts of processes that were killed."""
        oldest_s = time.time() - _ABANDONED_AFTER_S
        for draft in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if draft.stat().st_mtime < oldest_s:
                    draft.unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
