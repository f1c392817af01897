"""Folders: the clone, and where servers that tests start keep their files."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MEMORY = Path("/dev/shm")  # noqa: S108 - folders with random names in it
_MEMORY_BYTES = 3 * 2**30


def place_of_servers() -> Path:
    """A folder that PostgreSQL's user may pass: in memory, if there is enough; else in the clone.

    A database is 1,200 files. To copy them takes 0.8 s of processor on a disk, here 0.1 s.
    """
    if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _MEMORY_BYTES:
        return _MEMORY
    return ROOT / "data"


@contextmanager
def new_place() -> Iterator[Path]:
    """A folder for a server, with a short name: its socket's path has a limit."""
    folder = place_of_servers() / f"t{secrets.token_hex(3)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
