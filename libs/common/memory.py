"""A process's use of memory: it keeps some freed memory, and seldom looks for cycles."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MIB = 1024**2
# Of malloc.h. By default, glibc gives pieces of a large file back as soon as each is read, and the
# kernel empties every page of the next ones: a fifth of ingest's processor time.
_LIMITS = {
    -3: 16 * _MIB,  # larger pieces are given back at once
    -1: 32 * _MIB,  # this much is kept
    -8: 2,  # in two places, not one per thread
}


def keep_freed_memory() -> None:
    """Keep freed memory up to a limit from now on; does nothing if the C library is not glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for parameter, value in _LIMITS.items():
            mallopt(parameter, value)


def give_freed_memory_back() -> None:
    """Give all kept memory back once, after something that took more than usual.

    Includes memory held by cycles only: 40 MiB after a file of 300 MB was recorded.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


# Held by the application whose objects last; one that runs inside it adds none.
_outermost = Lock()


@contextmanager
def lasting_imports() -> Iterator[None]:
    """Exclude imports within from garbage collection: searching them takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def lasting_objects() -> Iterator[None]:
    """Exclude existing objects from garbage collection for good, even when the process ends.

    A context inside another one changes nothing: going through all objects takes a second or more.
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
