"""Which files of the inbox are taken: those that nobody writes any more."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

_UNFINISHED = (".part", ".tmp", ".filepart")
"""How clients of SFTP name a file until its last byte has come."""
PROBLEM = ".problem.json"
_NAME_BYTES = 255 - len(PROBLEM)  # of 255, which the usual file systems allow
_SUFFIX_CHARS = 10


@dataclass(frozen=True)
class State:
    """What changes as long as a file is written."""

    inode: int
    size_bytes: int
    changed_ns: int


@dataclass(frozen=True)
class Look:
    """A file as it has been since a moment of a clock that never goes back."""

    state: State
    since_s: float


def is_finished(name: str) -> bool:
    """Whether a file's name says that it is complete; hidden files are nobody's."""
    return not name.startswith(".") and not name.lower().endswith(_UNFINISHED)


def look_again(
    looks: Mapping[str, Look], states: Mapping[str, State], *, now_s: float
) -> dict[str, Look]:
    """The looks after one more at the whole folder; by name."""
    return {
        name: looks[name] if name in looks and looks[name].state == state else Look(state, now_s)
        for name, state in states.items()
    }


def settled(looks: Mapping[str, Look], *, now_s: float, settle_s: float) -> list[str]:
    """The files that have not changed for so long, the one that was written first first."""
    names = [name for name, look in looks.items() if now_s - look.since_s >= settle_s]
    return sorted(names, key=lambda name: (looks[name].state.changed_ns, name))


def may_keep_name(name: str) -> bool:
    """Whether a rejected file may have its own name, with its problem's beside it.

    What ends like a problem may not: a problem may need that name.
    """
    is_short = len(os.fsencode(name)) <= _NAME_BYTES
    return is_short and not name.lower().endswith(PROBLEM)


def with_tag(name: str, tag: str) -> str:
    """Another name for a file: ``a.csv`` becomes ``a.<tag>.csv``; a long one loses its end."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, which may be no text
    ending = f".{tag}{suffix}" if len(suffix) <= _SUFFIX_CHARS else f".{tag}"
    room_bytes = _NAME_BYTES - len(os.fsencode(ending))
    return os.fsdecode(os.fsencode(stem)[:room_bytes]) + ending
