"""What the process that reads files may use, whatever is in them; see docs/adr/0018."""

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
"""What its threads use while they wait is far less."""


@dataclass(frozen=True)
class Limits:
    """A file of 1 GB takes a third of this memory, one of 2 GB six minutes at the slowest."""

    memory_mib: int = 4096  # addresses, which are more than what is in memory
    processor_s: int = 3600  # for one file
    open_files: int = 64
    silence_s: int = 4 * 3600  # then whoever waits for it gives it up
    stalled_s: int = 60  # without a processor, in the middle of a file; seen within twice that


def keep_to(limits: Limits) -> None:
    """For good: nothing that this process does lifts them, and it leaves no picture of its memory.

    Other systems than Linux count no addresses, and know no other privileges than they begin with.
    """
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, limits.memory_mib * 1024**2)
        if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError("the reader can gain privileges")


class Progress:
    """Whether a file is read, and still is."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._file: int | None = None
        self._seen: tuple[int | None, float] = (None, 0.0)

    def begin_file(self) -> None:
        self._file = next(self._numbers)

    def end_file(self) -> None:
        self._file = None

    def is_stalled(self) -> bool:
        """The file is the same as when it was last asked, and no processor was used since."""
        (file, used_s), self._seen = self._seen, (self._file, _processor_s())
        if self._seen[0] is None or self._seen[0] != file:
            return False
        return self._seen[1] - used_s < _LEAST_PROGRESS_S


def is_memory_used_up(limits: Limits) -> bool:
    """Whether it has had as good as all that it may; never where addresses are not counted."""
    if sys.platform != "linux":
        return False
    [peak] = [line for line in _STATUS.read_text().splitlines() if line.startswith("VmPeak:")]
    return int(peak.split()[1]) >= _AS_GOOD_AS_ALL * limits.memory_mib * 1024


def begin_file(limits: Limits) -> None:
    """From now on processor time counts for the next file."""
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
