"""The file of a backup: a tar of the database, the kept files and the events that it lacks.

Its last member is the manifest, with the hashes of the others: a file without it is not whole.
A kept file has its own hash for a name, after its room.
"""

import hashlib
import io
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, Self, cast

from pydantic import BaseModel, ValidationError

DATABASE = "database.sql.gz"
EVENTS = "events.jsonl.gz"
MANIFEST = "manifest.json"
_FILES = "files"
_FILE_NAME = re.compile(r"files/([a-z-]+/)?[0-9a-f]{64}")
_CHUNK_BYTES = 1024 * 1024


class BackupDamaged(Exception):  # noqa: N818 - read by people as a sentence
    """The reason why the file is not a whole backup."""


class Manifest(BaseModel):
    """The content of a backup, and its platform."""

    version: Literal[1] = 1
    elocoop_version: str
    made_at: datetime
    events_in: Literal["database", "kafka"]
    """Where the platform had its event log."""
    revisions: Mapping[str, list[str]]
    """By service: the migrations that its schema was at."""
    key_names: list[str]
    """Of the SECRET_KEYS of then, newest first; they say nothing about the keys."""
    hashes: Mapping[str, str]
    """By member, except the kept files: SHA-256."""
    file_count: int
    damaged_files: list[str]
    """Kept files that were not what their names say; they are left out."""
    event_count: int


class BackupWriter:
    """Writes the members one after another; the stream need not be seekable."""

    def __init__(self, stream: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=stream, mode="w|")  # noqa: SIM115 - closed by `finish`
        self.hashes: dict[str, str] = {}
        self.damaged_files: list[str] = []
        self._file_names: set[str] = set()

    @property
    def file_count(self) -> int:
        return len(self._file_names)

    def add(self, name: str, file: BinaryIO) -> None:
        self.hashes[name] = self._add(name, file)

    def add_kept_file(self, room: str, sha256: str, file: BinaryIO) -> None:
        """Add a kept file, once; leave one out that its disk has changed."""
        name = str(PurePosixPath(_FILES, room, sha256))
        if name in self._file_names:
            return
        if _hash(file) != sha256:
            self.damaged_files.append(name)
            return
        self._add(name, file)
        self._file_names.add(name)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest; only now is the backup whole."""
        self._add(MANIFEST, io.BytesIO(manifest.model_dump_json(indent=2).encode()))
        self._tar.close()

    def _add(self, name: str, file: BinaryIO) -> str:
        member = tarfile.TarInfo(name)
        member.mode = 0o600
        member.size = file.seek(0, io.SEEK_END)
        file.seek(0)
        hashed = _Hashed(file)
        self._tar.addfile(member, hashed)
        return hashed.sha256


class BackupReader:
    """A backup whose members have the hashes of its manifest. Made by ``open``."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Read the whole file once. Raises BackupDamaged, OSError."""
        try:
            with tarfile.open(path, "r:") as tar:
                yield cls(tar, _check(tar))
        except tarfile.TarError as error:
            message = f"{path} is no backup, or was cut off"
            raise BackupDamaged(message) from error

    @contextmanager
    def member(self, name: str) -> Iterator[BinaryIO]:
        with _content(self._tar, name) as content:
            yield content

    def kept_files(self) -> Iterator[tuple[str, str, BinaryIO]]:
        """Yield the room, the hash and the content of each kept file."""
        for member in self._tar:
            if member.name.startswith(f"{_FILES}/"):
                path = PurePosixPath(member.name)
                room = str(path.parent.relative_to(_FILES)).removeprefix(".")
                with _content(self._tar, member) as content:
                    yield room, path.name, content


class _Hashed(io.RawIOBase):
    """Hashes what is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._hash.update(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def _check(tar: tarfile.TarFile) -> Manifest:
    hashes = {member.name: _hash_of(tar, member) for member in tar}
    if MANIFEST not in hashes:
        message = "it has no manifest, so it was cut off, or is no backup"
        raise BackupDamaged(message)
    try:
        with _content(tar, MANIFEST) as content:
            manifest = Manifest.model_validate_json(content.read())
    except ValidationError as error:
        message = "its manifest is of another version of Elocoop, or no manifest"
        raise BackupDamaged(message) from error
    files = {name for name in hashes if name.startswith(f"{_FILES}/")}
    expected = {
        **manifest.hashes,
        **{name: PurePosixPath(name).name for name in files},
        MANIFEST: hashes[MANIFEST],
    }
    if any(_FILE_NAME.fullmatch(name) is None for name in files):
        message = "it has a file under a name that Elocoop gives none"
        raise BackupDamaged(message)
    damaged = sorted(name for name in hashes | expected if hashes.get(name) != expected.get(name))
    if damaged:
        message = f"changed or missing: {', '.join(damaged[:5])} ({len(damaged)} in all)"
        raise BackupDamaged(message)
    if len(files) != manifest.file_count:
        message = f"it has {len(files)} of {manifest.file_count} kept files"
        raise BackupDamaged(message)
    return manifest


def _hash_of(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    with _content(tar, member) as content:
        return _hash(content)


def _hash(file: BinaryIO) -> str:
    """Return the SHA-256 of all that is left to read."""
    hashed = _Hashed(file)
    while hashed.read(_CHUNK_BYTES):
        pass
    return hashed.sha256


@contextmanager
def _content(tar: tarfile.TarFile, member: str | tarfile.TarInfo) -> Iterator[BinaryIO]:
    content = tar.extractfile(member)
    if content is None:
        message = f"{member} is no file"
        raise BackupDamaged(message)
    with content:
        yield cast("BinaryIO", content)
