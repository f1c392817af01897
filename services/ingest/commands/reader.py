"""Whoever has files read by a process of its own, so that the service has a core for the rest."""

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

from services.ingest.commands.reader_limits import Limits
from services.ingest.commands.reader_messages import (
    Answer,
    AnswerUnreadable,
    Failure,
    Order,
    Refusal,
    receive,
    send_order,
    unpacked,
)
from services.ingest.commands.reader_process import NO_MEMORY
from services.ingest.commands.spool import Spool

LIMITS = Limits()

_ROOT = Path(__file__).parents[3]
_ENVIRONMENT = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
"""What its process needs of ours; all else may be a secret."""

_PROGRAM = "from services.ingest.commands.reader_process import main; main()"
_END_S = 10.0
"""A process that has closed its socket is gone by then, or is killed."""


class ReaderDied(Exception):  # noqa: N818 - it says what happened
    """The reading process ended in the middle of a file, or does not say what ours would."""


class LimitReached(Exception):  # noqa: N818 - it says what happened
    """A file takes more than the reading process has; in words for whoever sent it."""


class ReadingFailed(Exception):  # noqa: N818 - it says what happened
    """Our code stumbled over a file; kind: what it raised there."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.kind}: {failure.message}")
        self.kind = failure.kind


@dataclass(frozen=True)
class _Child:
    process: subprocess.Popen[bytes]
    connection: socket.socket
    limits: Limits
    asking: Lock = field(default_factory=Lock)

    @classmethod
    def start(cls, limits: Limits) -> "_Child":
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

    def ask(self, file: BinaryIO, order: Order) -> Answer:
        """Raises ReaderDied, LimitReached."""
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
            # By Python where it notices, by Rust's own hand elsewhere.
            case code if code in (NO_MEMORY, -signal.SIGABRT):
                return LimitReached(f"more than {self.limits.memory_mib} MiB of memory")
            case code if code == -signal.SIGXCPU:
                return LimitReached(f"more than {self.limits.processor_s} s of a processor")
            case _:
                return ReaderDied()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        with self.asking:  # whoever asks hears the end of it, and has done with the socket
            self.connection.close()


class Reader:
    """One file after the other. Its process starts with the first of them, and again once it ended.

    Whoever has it closes it.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._alone = asyncio.Lock()

    def start(self) -> None:
        """At once; to be ready takes a second. Nothing happens if it runs."""
        if self._child is not None and self._child.process.poll() is not None:
            self.close()
        if self._child is None:
            self._child = _Child.start(LIMITS)

    async def read(self, file: BinaryIO, order: Order) -> Spool | Refusal:
        """file: one of the operating system's.

        Raises ReaderDied, LimitReached, ReadingFailed, and OSError for faults of the reader's own.
        """
        async with self._alone:
            self.start()
            assert self._child is not None
            try:
                answer = await asyncio.to_thread(self._child.ask, file, order)
            except BaseException:
                # Its answer would be taken for the next one's.
                self.close()
                raise
        if isinstance(answer, Failure):
            raise _raised(answer)
        if isinstance(answer, Spool) and answer.is_on_disk:
            self.close()  # a large file's memory is wanted for recording it
        return answer

    def close(self) -> None:
        """Whatever it is doing: files are read again."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _raised(failure: Failure) -> Exception:
    """With the traceback as a note: no object travels."""
    error: Exception = ReadingFailed(failure)
    if failure.error_number is not None:
        error = OSError(failure.error_number, failure.message)
    error.add_note(failure.traceback)
    return error
