"""The documents inside what a sender sends: a zip, a gzip, one in the other, or the document.

Nothing is written to disk. Whatever the archives claim, no more than ``MAX_BYTES`` are ever
decompressed, and one document at a time is held in memory.
"""

import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from services.ingest.formats.problems import FileTooLarge

MAX_BYTES = 512 * 1024**2
MAX_DEPTH = 3  # archives in archives; a feed of the DSO has one or two
MAX_MEMBERS = 10_000  # of all archives in one file
HEAD_BYTES = 4096

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b\x08"  # with its one method: two bytes alone may begin an encrypted file
_DAMAGE = (
    EOFError,
    IndexError,
    NotImplementedError,  # a compression or encryption that Python does not know
    OSError,
    OverflowError,
    RuntimeError,  # an encrypted member
    UnicodeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Document:
    """A file that is not an archive, or an archive that cannot be opened."""

    member: str  # its path inside the archives, empty when it came by itself
    content: bytes  # only its first HEAD_BYTES if only heads were asked for
    damage: str = ""  # the sentence that says why there is no content


def documents(content: bytes, *, only_heads: bool = False) -> Iterator[Document]:
    """Every document in ``content``, in the order of the archives.

    Raises FileTooLarge as soon as the documents read so far exceed MAX_BYTES.
    """
    return _Reading(only_heads=only_heads).documents(content, "", depth=0)


def is_archive(head: bytes) -> bool:
    return head.startswith(_ZIP) or head.startswith(_GZIP)


def is_whole_zip(content: bytes) -> bool:
    """Whether it begins as a zip, and ends with a list of its members."""
    if not content.startswith(_ZIP):
        return False
    try:
        zipfile.ZipFile(BytesIO(content)).close()
    except _DAMAGE:
        return False
    return True


@dataclass
class _Reading:
    """One pass through an archive, and what it has cost so far."""

    only_heads: bool
    bytes_read: int = 0
    members: int = 0

    def documents(self, content: bytes, member: str, *, depth: int) -> Iterator[Document]:
        if not is_archive(content):
            yield Document(member, content)
        elif depth == MAX_DEPTH:
            yield Document(member, b"", f"Archives are nested more than {MAX_DEPTH} deep.")
        elif content.startswith(_GZIP):
            yield from self._gunzipped(content, member, depth=depth + 1)
        else:
            yield from self._unzipped(content, member, depth=depth + 1)

    def _gunzipped(self, content: bytes, member: str, *, depth: int) -> Iterator[Document]:
        try:
            with gzip.GzipFile(fileobj=BytesIO(content)) as stream:
                inner = self._read(stream)
        except _DAMAGE as error:
            yield Document(member, b"", f"The gzip file is damaged: {error}.")
            return
        yield from self.documents(inner, member, depth=depth)

    def _unzipped(self, content: bytes, member: str, *, depth: int) -> Iterator[Document]:
        try:
            archive = zipfile.ZipFile(BytesIO(content))
        except _DAMAGE as error:
            yield Document(member, b"", f"The zip file is damaged: {error}.")
            return
        entries = [entry for entry in archive.infolist() if not _is_clutter(entry)]
        self.members += len(entries)
        if self.members > MAX_MEMBERS:
            raise FileTooLarge(f"The archive has more than {MAX_MEMBERS} members.")
        for entry in entries:
            path = f"{member}/{entry.filename}" if member else entry.filename
            try:
                with archive.open(entry) as stream:
                    inner = self._read(stream)
            except _DAMAGE as error:
                yield Document(path, b"", f"The archive's member cannot be read: {error}.")
                continue
            yield from self.documents(inner, path, depth=depth)

    def _read(self, stream: IO[bytes] | gzip.GzipFile) -> bytes:
        """All of a stream, or its head if that is enough; never more than what is left."""
        one_too_many = MAX_BYTES - self.bytes_read + 1
        content = stream.read(HEAD_BYTES if self.only_heads else one_too_many)
        if self.only_heads and is_archive(content):
            content += stream.read(one_too_many)
        self.bytes_read += len(content)
        if self.bytes_read > MAX_BYTES:
            limit_mib = MAX_BYTES // 1024**2
            raise FileTooLarge(
                f"The archive holds more than {limit_mib} MiB: send it in parts.",
                limit_bytes=MAX_BYTES,
            )
        return content


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS adds to zips."""
    # Not is_dir(): it stumbles over a member without a name.
    return entry.filename.endswith("/") or entry.filename.startswith("__MACOSX/")
