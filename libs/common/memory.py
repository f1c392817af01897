"""What a process does with memory that it has freed: it keeps some, so as not to ask anew."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def lasting_objects() -> Iterator[None]:
    """What there is now is not looked through for garbage until the end of the context."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
