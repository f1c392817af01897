"""What a process does with memory: it keeps some that it has freed, and seldom looks for cycles."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MIB = 1024**2
# Of malloc.h. By default, glibc gives pieces of a large file back as soon as each is read, and the
# kernel empties every page of the next ones: a fifth of ingest's processor time.
_LIMITS = {
    -3: 16 * _MIB,  # M_MMAP_THRESHOLD: what is larger is given back at once
    -1: 32 * _MIB,  # M_TRIM_THRESHOLD: so much is kept
    -8: 2,  # M_ARENA_MAX: in two places, not in one for each thread
}


def keep_freed_memory() -> None:
    """Up to a limit, from now on; does nothing where the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for parameter, value in _LIMITS.items():
            mallopt(parameter, value)


def give_freed_memory_back() -> None:
    """All of what is kept, once: after something that took more than usual.

    What only cycles hold is part of it: 40 MiB after a file of 300 MB was recorded.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


# Held by the application whose objects last; one that runs inside it adds none.
_outermost = Lock()


@contextmanager
def lasting_imports() -> Iterator[None]:
    """What is imported meanwhile stays; to look for garbage in it takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def lasting_objects() -> Iterator[None]:
    """What there is now is never looked through for garbage again, nor when the process ends.

    A context inside another one leaves it at that: to go through all takes a second or more.
    """
    is_outermost = _outermost.acquire(blocking=False)
    if is_outermost:
        gc.collect()
        gc.freeze()
    try:
        yield
    finally:
        if is_outermost:
            _outermost.release()
