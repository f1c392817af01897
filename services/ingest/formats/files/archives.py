"""The documents inside what a sender sends: a zip, a gzip, one in the other, or the document.

Whatever the archives claim, no more than ``MAX_BYTES`` are ever decompressed. One document at a
time is unpacked: in memory if it is small, else to a temporary file without a name. No member's
name is ever used as a path; one that would lead out of the archive is refused all the same.
"""

import gzip
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO

from services.ingest.formats.files import utf_16
from services.ingest.formats.problems import FileTooLarge

MAX_BYTES = 2 * 1024**3
MAX_DEPTH = 3  # of archives in archives; a feed of the DSO has one or two
MAX_MEMBERS = 10_000  # of all archives in one file
HEAD_BYTES = 4096

IN_MEMORY_BYTES = 16 * 1024**2
READ_AT_ONCE_BYTES = 1024**2
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b\x08"  # with its only method: two bytes alone may begin an encrypted file
_LEADS_OUT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")
_NAME_REFUSED = (
    "The member's name leads out of the archive (.., /, \\ or a drive): it is not read. "
    "Send it under a plain name."
)
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
class DeliveredDocument:
    """A file that is not an archive, or an archive that cannot be opened."""

    member: str  # its path inside the archives, empty when it came by itself
    head: bytes  # its first HEAD_BYTES
    file: IO[bytes]  # from its start, until the next document; the head if only heads were asked
    damage: str = ""  # the sentence that says why there is no content


def documents(file: IO[bytes], *, only_heads: bool = False) -> Iterator[DeliveredDocument]:
    """Yield every document in ``file``, which is seekable, in the order of the archives.

    Raises FileTooLarge as soon as the documents read so far exceed MAX_BYTES.
    """
    return _Reading(only_heads=only_heads).documents(file, "", depth=0)


def is_archive(head: bytes) -> bool:
    return head.startswith(_ZIP) or head.startswith(_GZIP)


def is_zip(head: bytes) -> bool:
    return head.startswith(_ZIP)


def is_whole_zip(file: IO[bytes]) -> bool:
    """Return whether what begins as a zip ends with a list of its members."""
    try:
        zipfile.ZipFile(file).close()
    except _DAMAGE:
        return False
    return True


@dataclass
class _Reading:
    """One pass through an archive, and what it has cost so far."""

    only_heads: bool
    bytes_read: int = 0
    members: int = 0

    def documents(self, file: IO[bytes], member: str, *, depth: int) -> Iterator[DeliveredDocument]:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        if codec := utf_16.codec_of(head):
            yield from self._as_utf_8(file, codec, member)
        elif not is_archive(head):
            yield DeliveredDocument(member, head, file)
        elif depth == MAX_DEPTH:
            yield _damaged(member, f"Archives are nested more than {MAX_DEPTH} deep.")
        elif head.startswith(_GZIP):
            yield from self._gunzipped(file, member, depth=depth + 1)
        else:
            yield from self._unzipped(file, member, depth=depth + 1)

    def _as_utf_8(self, file: IO[bytes], codec: str, member: str) -> Iterator[DeliveredDocument]:
        with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as inner:
            if self.only_heads:
                file = BytesIO(file.read(HEAD_BYTES))
            utf_16.write_as_utf_8(file, codec, inner)
            head = inner.read(HEAD_BYTES)
            inner.seek(0)
            yield DeliveredDocument(member, head, inner)

    def _gunzipped(
        self, file: IO[bytes], member: str, *, depth: int
    ) -> Iterator[DeliveredDocument]:
        with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as inner:
            try:
                with gzip.GzipFile(fileobj=file, mode="rb") as stream:
                    self._unpack(stream, inner)
            except _DAMAGE as error:
                yield _damaged(member, f"The gzip file is damaged: {error}.")
                return
            yield from self.documents(inner, member, depth=depth)

    def _unzipped(self, file: IO[bytes], member: str, *, depth: int) -> Iterator[DeliveredDocument]:
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            yield _damaged(member, f"The zip file is damaged: {error}.")
            return
        entries = [entry for entry in archive.infolist() if not _is_clutter(entry)]
        self.members += len(entries)
        if self.members > MAX_MEMBERS:
            raise FileTooLarge(f"The archive has more than {MAX_MEMBERS} members.")
        for entry in entries:
            path = f"{member}/{entry.filename}" if member else entry.filename
            if _LEADS_OUT.search(entry.filename):
                yield _damaged(path, _NAME_REFUSED)
                continue
            with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as inner:
                try:
                    with archive.open(entry) as stream:
                        self._unpack(stream, inner)
                except _DAMAGE as error:
                    yield _damaged(path, f"The archive's member cannot be read: {error}.")
                    continue
                yield from self.documents(inner, path, depth=depth)

    def _unpack(self, stream: IO[bytes] | gzip.GzipFile, inner: IO[bytes]) -> None:
        """Unpack a stream, or only its head if that is enough; never more than the limit allows."""
        piece = stream.read(HEAD_BYTES)
        is_enough = self.only_heads and not is_archive(piece)
        while piece:
            self._count(len(piece))
            inner.write(piece)
            piece = b"" if is_enough else stream.read(READ_AT_ONCE_BYTES)
        inner.seek(0)

    def _count(self, byte_count: int) -> None:
        self.bytes_read += byte_count
        if self.bytes_read > MAX_BYTES:
            limit_mib = MAX_BYTES // 1024**2
            raise FileTooLarge(
                f"The archive holds more than {limit_mib} MiB: send it in parts.",
                limit_bytes=MAX_BYTES,
            )


def _damaged(member: str, damage: str) -> DeliveredDocument:
    return DeliveredDocument(member, b"", BytesIO(), damage)


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    """Return whether the entry is a folder, or one of those that macOS adds to zips."""
    # Not is_dir(), which fails on a member without a name.
    return entry.filename.endswith("/") or entry.filename.startswith("__MACOSX/")
