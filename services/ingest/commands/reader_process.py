"""The process that reads files for a recorder: bytes come in, a spool goes out.

It has no settings, no database and none of the service's secrets but the keys that an order brings.
It ends when its recorder's does, however that ends. See docs/adr/0018.
"""

import os
import select
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from threading import Thread
from traceback import format_exception
from types import TracebackType
from typing import BinaryIO

import structlog

from libs.common.errors import Problem
from libs.common.logging import configure_logging
from libs.common.memory import keep_freed_memory
from services.ingest.commands.spool import Spool
from services.ingest.domain.texts import one_line
from services.ingest.formats import Decryption, parse_parts

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Order:
    """Read a file, whose descriptor comes next; what does not stay in memory goes to a folder."""

    decryption: Decryption
    folder: Path


@dataclass(frozen=True)
class Refusal:
    """Why nothing of a file can be read."""

    detail: str


Answer = Spool | Refusal | Exception


def main() -> None:
    """Answer one order after the other, by the socket whose descriptor is our argument."""
    descriptor = int(sys.argv[1])
    configure_logging(log_format="json", level="WARNING")
    sys.excepthook = _tell_fall
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends us
    keep_freed_memory()
    # A descriptor of its own: it must not see ours closed when we fall, before that is told.
    Thread(target=_end_with_recorder, args=[os.dup(descriptor)], daemon=True).start()
    with Connection(descriptor) as connection:
        while True:
            order: Order = connection.recv()
            with os.fdopen(recv_handle(connection), "rb") as file:
                answer = read(file, order)
            _send(connection, answer)


def read(file: BinaryIO, order: Order) -> Answer:
    """All of a file: what makes it unreadable may be at its end."""
    spool = Spool(order.folder)
    try:
        for part in parse_parts(file, order.decryption):
            spool.add(part)
    except Problem as refusal:
        return Refusal(one_line(refusal.detail))
    except Exception as error:  # noqa: BLE001 - raised again by whoever asked
        return error
    return spool


def _send(connection: "Connection[Answer, Order]", answer: Answer) -> None:
    if isinstance(answer, Exception):
        answer.add_note("".join(format_exception(answer)))  # no traceback travels
    connection.send(answer)


def _tell_fall(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """What Python itself would write of it may name a point."""
    _log.critical("reader fell", exc_info=(kind, error, traceback))


def _end_with_recorder(descriptor: int) -> None:
    """Even in the middle of a file: nobody waits for what is in it any more."""
    closed = select.poll()
    closed.register(descriptor, 0)  # nothing but the end of the other side
    closed.poll()
    os._exit(0)
