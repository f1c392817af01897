"""The inbox: a folder in which files appear, and which we empty.

A file is claimed by a move into a folder of its own, ``.taking/CLAIM/``, and ends in
``archive/YYYY-MM-DD/`` or ``rejected/``. All are on one file system, so that each move happens
completely or not at all; anything under ``.taking/`` was claimed by a process that has ended.
"""

import errno
import json
import os
import secrets
import stat
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services.ingest.domain.deliveries import inbox
from services.ingest.domain.deliveries.inbox import (
    PROBLEM,
    FileState,
    Look,
    is_finished,
    may_keep_name,
    with_tag,
)
from services.ingest.domain.problems import DeliveryTooLarge, InboxFileUnreadable

_TAKING, _ARCHIVE, _REJECTED = ".taking", "archive", "rejected"
_COPIED_AT_ONCE_BYTES = 1024**2


@dataclass(frozen=True)
class Claim:
    """A file that is ours: ``.taking/ID/NAME``."""

    id: str
    name: str


class Inbox:
    """One inbox as one process sees it; only one process at a time may use it.

    Methods raise OSError where the file system refuses.
    """

    def __init__(
        self, folder: Path, *, settle_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._settle_s = settle_s
        self._clock = clock
        self._looks: dict[str, Look] = {}

    def is_empty(self) -> bool:
        """Return whether there is nothing to take, now or once it has settled."""
        with os.scandir(self._folder) as entries:
            if any(
                is_finished(entry.name) and entry.is_file(follow_symlinks=False)
                for entry in entries
            ):
                return False
        taking = self._folder / _TAKING
        return not taking.exists() or not any(taking.iterdir())

    def list_claims(self) -> list[Claim]:
        """Return the files that were claimed and are still there, the longest claimed first."""
        taking = self._made(self._folder / _TAKING)
        folders = sorted(
            taking.iterdir(),
            key=lambda claim_folder: (claim_folder.lstat().st_mtime_ns, claim_folder.name),
        )
        return [
            Claim(claim_folder.name, name)
            for claim_folder in folders
            for name in _names_or_remove(claim_folder)
        ]

    def list_settled(self) -> list[str]:
        """Return the files that have not changed since a look ``settle_s`` ago or earlier."""
        states = {}
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if is_finished(entry.name) and entry.is_file(follow_symlinks=False):
                    states[entry.name] = _state(entry.stat(follow_symlinks=False))
        now_s = self._clock()
        self._looks = inbox.look_again(self._looks, states, now_s=now_s)
        return inbox.settled(self._looks, now_s=now_s, settle_s=self._settle_s)

    def claim(self, name: str) -> Claim | None:
        """Claim a file; None if it is gone."""
        claim = Claim(secrets.token_hex(8), name)
        folder = self._made(self._folder / _TAKING / claim.id)
        try:
            (self._folder / name).rename(folder / name)
        except FileNotFoundError:
            folder.rmdir()
            return None
        return claim

    def copy(self, claim: Claim, write: Callable[[bytes], None], *, max_bytes: int) -> bool:
        """Pass the bytes of a file to ``write``, piece by piece.

        Returns False if it was written to meanwhile: it is not complete.
        Raises DeliveryTooLarge, InboxFileUnreadable.
        """
        descriptor = _opened(self._path(claim))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            initial_stat = os.fstat(descriptor)
            if initial_stat.st_size > max_bytes:
                raise DeliveryTooLarge(
                    f"A delivery has at most {max_bytes} bytes: send it in parts.",
                    limit_bytes=max_bytes,
                )
            copied_bytes = 0
            while copied_bytes <= initial_stat.st_size and (
                piece := file.read(_COPIED_AT_ONCE_BYTES)
            ):
                write(piece)
                copied_bytes += len(piece)
            is_same = _state(initial_stat) == _state(os.fstat(descriptor))
            return is_same and copied_bytes == initial_stat.st_size

    def archive(self, claim: Claim, day: date) -> None:
        """Archive a file that has become a delivery."""
        folder = self._made(self._made(self._folder / _ARCHIVE) / day.isoformat())
        self._move(claim, folder / _free_name(folder, claim))

    def reject(self, claim: Claim, problem: Mapping[str, object]) -> None:
        """Keep a rejected file beside the problem that gives the reason."""
        folder = self._made(self._folder / _REJECTED)
        name = _free_name(folder, claim)
        unfinished = folder / f".{claim.id}{PROBLEM}"
        unfinished.write_text(json.dumps(problem, indent=2) + "\n")
        # Before the file: if we are stopped in between, it is written again under the same name.
        unfinished.replace(folder / f"{name}{PROBLEM}")
        self._move(claim, folder / name)

    def _move(self, claim: Claim, target: Path) -> None:
        path = self._path(claim)
        path.rename(target)
        with suppress(OSError):  # list_claims removes it too
            path.parent.rmdir()

    def _path(self, claim: Claim) -> Path:
        return self._folder / _TAKING / claim.id / claim.name

    def _made(self, folder: Path) -> Path:
        """Return the folder, made if need be, but in no inbox that is not mounted yet."""
        folder.mkdir(exist_ok=True)
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "a folder of the inbox is a link")
        return folder


def _opened(path: Path) -> int:
    """Return a descriptor. Raises InboxFileUnreadable."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise InboxFileUnreadable("It is a folder, a link or a pipe: send the file itself.")
    try:
        # In case it has just been replaced: follow no link, and do not wait for the end of a pipe.
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except PermissionError as error:
        why = "It cannot be opened: give the service's user the right to read it."
        raise InboxFileUnreadable(why) from error


def _names_or_remove(folder: Path) -> list[str]:
    """Return what a claim's folder holds; remove an empty one, left by a process that died."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    names = os.listdir(folder)  # noqa: PTH208 - names that may be no text, not paths
    if not names:
        folder.rmdir()
    return names


def _free_name(folder: Path, claim: Claim) -> str:
    """Return the file's name if it is free, else one with the claim's id, which always is."""
    if may_keep_name(claim.name) and not os.path.lexists(folder / claim.name):
        return claim.name
    return with_tag(claim.name, claim.id)


def _state(stated: os.stat_result) -> FileState:
    return FileState(stated.st_ino, stated.st_size, stated.st_mtime_ns)
