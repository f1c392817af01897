"""Whoever has files read by a process of its own, so that the service has a core for the rest."""

import asyncio
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import BinaryIO

from services.ingest.commands.reader_process import Answer, Order, Refusal
from services.ingest.commands.spool import Spool

_ROOT = Path(__file__).parents[3]
_ENVIRONMENT = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "TZ")
"""What its process needs of ours; all else may be a secret."""

# Not with -m: classes of a main module have another name there than here, and do not travel.
_PROGRAM = "from services.ingest.commands.reader_process import main; main()"


class ReaderDied(Exception):  # noqa: N818 - it says what happened
    """The reading process ended in the middle of a file."""


@dataclass(frozen=True)
class _Child:
    process: subprocess.Popen[bytes]
    connection: "Connection[Order, Answer]"

    @classmethod
    def start(cls) -> "_Child":
        ours, its = socket.socketpair()
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        with its:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-c", _PROGRAM, str(its.fileno())],
                env=environment | {"PYTHONPATH": str(_ROOT)},
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        return cls(process, Connection(ours.detach()))

    def ask(self, file: BinaryIO, order: Order) -> Answer:
        """Raises ReaderDied."""
        try:
            self.connection.send(order)
            send_handle(self.connection, file.fileno(), self.process.pid)
            return self.connection.recv()
        except (EOFError, OSError) as error:
            raise ReaderDied from error

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Reader:
    """One file after the other. Its process starts with the first of them, and again once it ended.

    Whoever has it closes it.
    """

    def __init__(self) -> None:
        self._child: _Child | None = None
        self._alone = asyncio.Lock()

    def start(self) -> None:
        """At once; to be ready takes a second. Nothing happens if it runs."""
        if self._child is None or self._child.process.poll() is not None:
            self._child = _Child.start()

    async def read(self, file: BinaryIO, order: Order) -> Spool | Refusal:
        """file: one of the operating system's.

        Raises ReaderDied, and whatever our code raises over the file.
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
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Spool) and answer.is_on_disk:
            self.close()  # a large file's memory is wanted for recording it
        return answer

    def close(self) -> None:
        """Whatever it is doing: files are read again."""
        child, self._child = self._child, None
        if child is not None:
            child.end()
