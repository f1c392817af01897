"""What the process that reads files may use, whatever is in them; see docs/adr/0018."""

import ctypes
import math
import resource
import sys
from dataclasses import dataclass

_PR_SET_NO_NEW_PRIVS = 38  # prctl.h


@dataclass(frozen=True)
class Limits:
    """A file of 1 GB takes a third of this memory, one of 2 GB six minutes at the slowest."""

    memory_mib: int = 4096  # addresses, which are more than what is in memory
    processor_s: int = 3600  # for one file
    open_files: int = 64
    silence_s: int = 4 * 3600  # then whoever waits for it gives it up


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


def begin_file(limits: Limits) -> None:
    """From now on processor time counts for the next file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until_s = math.ceil(used.ru_utime + used.ru_stime) + limits.processor_s
    _, most_s = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_least(until_s, most_s), most_s))


def _lower(kind: int, limit: int) -> None:
    least = _least(limit, resource.getrlimit(kind)[1])
    resource.setrlimit(kind, (least, least))


def _least(limit: int, most: int) -> int:
    return limit if most == resource.RLIM_INFINITY else min(limit, most)
