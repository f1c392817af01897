"""Files stored as received, outside the database, each under the hash of its content.

A file is written to a draft first and kept afterwards: a kept file is whole and durable, and
keeping the same content again changes nothing.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, ClassVar, NamedTuple, Protocol

from libs.common.errors import Problem
from libs.common.settings import Settings


class FilesUnavailable(Problem):
    status: ClassVar = 503
    slug: ClassVar = "files-unavailable"
    title: ClassVar = "Files cannot be kept at the moment"
    example_detail = "The store of files does not answer: send the file again in a minute."


class FileLost(Exception):  # noqa: N818 - it says what happened
    """A file that was kept is no longer there; only sending it again brings it back."""


class KeptFile(NamedTuple):
    """A file and the room that it is kept in; empty: the store itself."""

    room: str
    sha256: str


class IncomingFile:
    """An incoming file, on disk; hashed as it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.byte_count = 0
        self._hash = hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        """Write a piece. Raises FilesUnavailable if the disk is full."""
        try:
            self.file.write(chunk)
        except OSError as error:
            raise unavailable() from error
        self._hash.update(chunk)
        self.byte_count += len(chunk)

    def flush(self) -> None:
        """Raises FilesUnavailable if the disk is full."""
        try:
            self.file.flush()
        except OSError as error:
            raise unavailable() from error

    @property
    def sha256(self) -> str:
        """Hash of what has been written so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()


def unavailable() -> FilesUnavailable:
    return FilesUnavailable("Nothing was kept. Send the file again in some minutes.")


class FileStore(Protocol):
    """The store of files; ``file_store`` opens it."""

    async def ask(self) -> None:
        """Return when the store answers; a folder takes a file, too. Raises FilesUnavailable."""
        ...

    def draft(self) -> AbstractContextManager[IncomingFile]:
        """Yield a file to write to, which is deleted at the end of the context unless it was kept.

        Raises FilesUnavailable.
        """
        ...

    async def keep(self, draft: IncomingFile) -> None:
        """Keep a draft under its hash; when this returns, it is durable.

        Raises FilesUnavailable.
        """
        ...

    def reading(self, sha256: str) -> AbstractAsyncContextManager[BinaryIO]:
        """Yield a kept file, open for reading and seekable.

        Raises FileLost, OSError when the store cannot be reached.
        """
        ...

    async def has(self, sha256: str) -> bool:
        """Return whether a file is kept. Raises FilesUnavailable."""
        ...

    async def remove(self, sha256: str) -> None:
        """Delete a file; nothing happens if it is not there.

        Raises OSError when the store cannot be reached.
        """
        ...

    def list_kept(self) -> AsyncIterator[KeptFile]:
        """Yield every file of this store and of its rooms, in no order.

        Raises OSError when the store cannot be reached.
        """
        ...


def file_store(settings: Settings, room: str = "") -> FileStore:
    """Return the store that the settings name, or a room of it; one per process.

    room: for files that live longer or shorter than others. Removing a file from one room leaves
    the same content in another one.
    """
    return _open(
        "/".join(name for name in (settings.file_store_url, room) if name),
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=settings.s3_secret_access_key.get_secret_value(),
    )


@lru_cache
def _open(
    url: str, *, endpoint: str, region: str, access_key_id: str, secret_access_key: str
) -> FileStore:
    from libs.common.file_store.folder import FolderStore  # noqa: PLC0415 - it knows this module

    if url.startswith("folder:"):
        return FolderStore(Path(url.removeprefix("folder:")))
    if url.startswith("s3://"):
        if find_spec("obstore") is None:
            message = "FILE_STORE_URL is a bucket, which needs obstore: uv sync --all-extras"
            raise ValueError(message)
        from libs.common.file_store.bucket import open_bucket  # noqa: PLC0415 - it needs obstore

        return open_bucket(
            url,
            endpoint=endpoint,
            region=region,
            access_key_id=access_key_id,
            secret_access_key=secret_access_key,
        )
    message = "FILE_STORE_URL is neither folder:PATH nor s3://bucket/prefix"
    raise ValueError(message)
