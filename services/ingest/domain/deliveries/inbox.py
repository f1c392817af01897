"""The files of the inbox that are taken: those that nobody is writing any more."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

_UNFINISHED = (".part", ".tmp", ".filepart")
"""The endings that SFTP clients give a file's name until its last byte has come."""
PROBLEM = ".problem.json"
_NAME_BYTES = 255 - len(PROBLEM)  # usual file systems allow 255
_SUFFIX_CHARS = 10


@dataclass(frozen=True)
class FileState:
    """The properties of a file that change as long as it is being written."""

    inode: int
    size_bytes: int
    changed_ns: int


@dataclass(frozen=True)
class Look:
    """A file's state, and since when it has had it, by a clock that never goes back."""

    state: FileState
    since_s: float


def is_finished(name: str) -> bool:
    """Return whether a file's name says that it is complete; hidden files are left alone."""
    return not name.startswith(".") and not name.lower().endswith(_UNFINISHED)


def look_again(
    looks: Mapping[str, Look], states: Mapping[str, FileState], *, now_s: float
) -> dict[str, Look]:
    """Return the looks after one more at the whole folder; by name."""
    return {
        name: looks[name] if name in looks and looks[name].state == state else Look(state, now_s)
        for name, state in states.items()
    }


def settled(looks: Mapping[str, Look], *, now_s: float, settle_s: float) -> list[str]:
    """Return the files that have not changed for so long, the first written first."""
    names = [name for name, look in looks.items() if now_s - look.since_s >= settle_s]
    return sorted(names, key=lambda name: (looks[name].state.changed_ns, name))


def may_keep_name(name: str) -> bool:
    """Return whether a rejected file may keep its name, with its problem's file beside it.

    A name that ends like a problem's may not be kept: a problem may need it.
    """
    is_short = len(os.fsencode(name)) <= _NAME_BYTES
    return is_short and not name.lower().endswith(PROBLEM)


def with_tag(name: str, tag: str) -> str:
    """Return another name for a file: ``a.csv`` becomes ``a.<tag>.csv``; a long name is cut."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, which may be no text
    ending = f".{tag}{suffix}" if len(suffix) <= _SUFFIX_CHARS else f".{tag}"
    room_bytes = _NAME_BYTES - len(os.fsencode(ending))
    return os.fsdecode(os.fsencode(stem)[:room_bytes]) + ending
