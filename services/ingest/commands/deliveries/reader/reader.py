"""Have files read in a process of its own, so that the service keeps a core for the rest."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from services.ingest.commands.deliveries.reader.limits import ReaderLimits
from services.ingest.commands.deliveries.reader.messages import (
    AnswerUnreadable,
    Order,
    ReaderAnswer,
    ReaderFailure,
    Refusal,
    receive,
    send_order,
    unpacked,
)
from services.ingest.commands.deliveries.reader.process import NO_MEMORY
from services.ingest.commands.deliveries.spool import Spool

LIMITS = ReaderLimits()

_ROOT = Path(__file__).parents[5]
_ENVIRONMENT = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
"""The variables that the reading process needs of ours; any other may hold a secret."""

_PROGRAM = "from services.ingest.commands.deliveries.reader.process import main; main()"
_END_S = 10.0
"""How long a process may take to end after it has closed its socket, before it is killed."""


class ReaderDied(Exception):  # noqa: N818 - it says what happened
    """The reading process ended within a file, or gave an answer that ours never gives."""


class LimitReached(Exception):  # noqa: N818 - it says what happened
    """A file takes more than the reading process may use; the message is for the file's sender."""


class ReadingFailed(Exception):  # noqa: N818 - it says what happened
    """Our code failed on a file. kind: the name of what it raised there."""

    def __init__(self, failure: ReaderFailure) -> None:
        super().__init__(f"{failure.kind}: {failure.message}")
        self.kind = failure.kind


@dataclass(frozen=True)
class _Child:
    process: subprocess.Popen[bytes]
    connection: socket.socket
    limits: ReaderLimits
    asking: Lock = field(default_factory=Lock)

    @classmethod
    def start(cls, limits: ReaderLimits) -> "_Child":
        ours, its = socket.socketpair()
        ours.settimeout(limits.silence_s)
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        arguments = map(str, (its.fileno(), *astuple(limits)))
        with its:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", _PROGRAM, *arguments],
                env=environment | {"PYTHONPATH": str(_ROOT)},
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        return cls(process, ours, limits)

    def ask(self, file: BinaryIO, order: Order) -> ReaderAnswer:
        """Have a file read, and return the answer. Raises ReaderDied, LimitReached."""
        try:
            with self.asking:
                send_order(self.connection, order, file)
                return unpacked(receive(self.connection), order.folder)
        except (AnswerUnreadable, TimeoutError) as error:
            raise ReaderDied from error
        except (EOFError, OSError) as error:
            raise self._death() from error

    def _death(self) -> ReaderDied | LimitReached:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_END_S)
        match self.process.returncode:
            # The exit code of Python, which notices the lack of memory, or the abort of Rust, which
            # does not.
            case code if code in (NO_MEMORY, -signal.SIGABRT):
                return LimitReached(f"more than {self.limits.memory_mib} MiB of memory")
            case code if code == -signal.SIGXCPU:
                return LimitReached(f"more than {self.limits.processor_s} s of a processor")
            case _:
                return ReaderDied()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        with self.asking:  # whoever asks sees the process end, and is done with the socket
            self.connection.close()


class FileReader:
    """Reads one file after the other.

    Its process starts with the first, and again after it has ended. The owner closes it.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._alone = asyncio.Lock()

    def start(self) -> None:
        """Start the process now, as it takes a second to be ready; do nothing if it runs."""
        if self._child is not None and self._child.process.poll() is not None:
            self.close()
        if self._child is None:
            self._child = _Child.start(LIMITS)

    async def read(self, file: BinaryIO, order: Order) -> Spool | Refusal:
        """Read a file; it must be one of the operating system's.

        Raises ReaderDied, LimitReached, ReadingFailed, and OSError for faults of the reader itself.
        """
        async with self._alone:
            self.start()
            assert self._child is not None
            try:
                answer = await asyncio.to_thread(self._child.ask, file, order)
            except BaseException:
                # Its answer would be taken for the answer to the next order.
                self.close()
                raise
        if isinstance(answer, ReaderFailure):
            raise _raised(answer)
        if isinstance(answer, Spool) and answer.is_on_disk:
            self.close()  # a large file's memory is needed to record it
        return answer

    def close(self) -> None:
        """End the process, whatever it is doing: an unfinished file is read again."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _raised(failure: ReaderFailure) -> Exception:
    """Return the failure as an exception, its traceback as a note: no object is transferred."""
    error: Exception = ReadingFailed(failure)
    if failure.error_number is not None:
        error = OSError(failure.error_number, failure.message)
    error.add_note(failure.traceback)
    return error
