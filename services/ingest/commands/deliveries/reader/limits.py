"""The limits of the process that reads files, whatever they hold; see docs/adr/0018."""

import ctypes
import math
import resource
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_PR_SET_NO_NEW_PRIVS = 38  # prctl.h
_STATUS = Path("/proc/self/status")
_AS_GOOD_AS_ALL = 0.95
_LEAST_PROGRESS_S = 0.05
"""The threads use far less than this while they wait."""


@dataclass(frozen=True)
class ReaderLimits:
    """A file of 1 GB takes a third of this memory, one of 2 GB six minutes at the slowest."""

    memory_mib: int = 4096  # of address space, which exceeds the memory in use
    processor_s: int = 3600  # for one file
    open_files: int = 64
    silence_s: int = 4 * 3600  # after that, its recorder gives it up
    stalled_s: int = 60  # without processor time, within a file; noticed within twice that


def keep_to(limits: ReaderLimits) -> None:
    """Apply the limits for good: this process cannot lift them, and leaves no core dump.

    Only Linux limits the address space and can forbid new privileges.
    """
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, limits.memory_mib * 1024**2)
        if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError("the reader can gain privileges")


class Progress:
    """Knows whether a file is being read, and whether the reading advances."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._file: int | None = None
        self._seen: tuple[int | None, float] = (None, 0.0)

    def begin_file(self) -> None:
        self._file = next(self._numbers)

    def end_file(self) -> None:
        self._file = None

    def is_stalled(self) -> bool:
        """Return whether no processor time was used since the last call, within one file."""
        (file, used_s), self._seen = self._seen, (self._file, _processor_s())
        if self._seen[0] is None or self._seen[0] != file:
            return False
        return self._seen[1] - used_s < _LEAST_PROGRESS_S


def is_memory_used_up(limits: ReaderLimits) -> bool:
    """Return whether nearly all of the allowed memory was in use; False where it is not limited."""
    if sys.platform != "linux":
        return False
    [peak] = [line for line in _STATUS.read_text().splitlines() if line.startswith("VmPeak:")]
    return int(peak.split()[1]) >= _AS_GOOD_AS_ALL * limits.memory_mib * 1024


def begin_file(limits: ReaderLimits) -> None:
    """Start the count of processor time for the next file."""
    until_s = math.ceil(_processor_s()) + limits.processor_s
    _, most_s = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_least(until_s, most_s), most_s))


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _lower(kind: int, limit: int) -> None:
    least = _least(limit, resource.getrlimit(kind)[1])
    resource.setrlimit(kind, (least, least))


def _least(limit: int, most: int) -> int:
    return limit if most == resource.RLIM_INFINITY else min(limit, most)
