"""The reading processes of this process, and of the services that it started."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from services.ingest.commands.deliveries.reader.reader import FileReader


def pid_of(reader: FileReader) -> int:
    """Of its process, which runs; those of other platforms come and go."""
    assert reader._child is not None
    assert is_reader(reader._child.process.pid)
    return reader._child.process.pid


def kill_readers() -> None:
    """All of them, as other platforms have some."""
    for pid in readers():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def readers() -> list[int]:
    """Those that run, of this process and of the services that it started."""
    return [pid for pid in _descendants(os.getpid()) if is_reader(pid)]


def _descendants(pid: int) -> Iterator[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from _descendants(child)


def is_reader(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return b"deliveries.reader.process" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
