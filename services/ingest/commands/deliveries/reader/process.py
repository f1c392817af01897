"""The process that reads files for a recorder: bytes come in, a spool goes out.

It has no settings, no database and none of the service's secrets but the keys that an order brings.
It ends when its recorder ends, however that happens. See docs/adr/0018.
"""

import os
import select
import signal
import socket
import sys
from threading import Thread
from traceback import format_exception
from types import TracebackType
from typing import BinaryIO

import structlog

from libs.common.errors import Problem
from libs.common.logs.logging import configure_logging
from libs.common.memory import keep_freed_memory
from services.ingest.commands.deliveries.reader.limits import (
    Progress,
    ReaderLimits,
    begin_file,
    is_memory_used_up,
    keep_to,
)
from services.ingest.commands.deliveries.reader.messages import (
    Order,
    Pieces,
    ReaderFailure,
    Refusal,
    packed,
    receive_order,
    send,
)
from services.ingest.commands.deliveries.spool import Spool
from services.ingest.domain.texts import one_line
from services.ingest.formats import parse_parts

NO_MEMORY, STALLED = 75, 76
"""Exit codes: a file took more memory than there is; the reading of a file stalled."""

_log = structlog.get_logger(__name__)


def main() -> None:
    """Answer one order after the other, on the socket whose descriptor is the first argument."""
    descriptor, *figures = map(int, sys.argv[1:])
    limits = ReaderLimits(*figures)
    configure_logging(log_format="json", level="WARNING")
    sys.excepthook = _log_crash
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends us
    keep_freed_memory()
    keep_to(limits)
    progress = Progress()
    # A descriptor of its own: it must stay open until a crash has been logged.
    watched = os.dup(descriptor)
    Thread(target=_watch, args=[watched, limits, progress], daemon=True).start()
    with socket.socket(fileno=descriptor) as connection:
        while True:
            order, file_descriptor = receive_order(connection)
            begin_file(limits)
            with os.fdopen(file_descriptor, "rb") as file:
                progress.begin_file()
                answer = read(file, order)
                progress.end_file()
            send(connection, answer)


def read(file: BinaryIO, order: Order) -> Pieces:
    """Read all of a file, and pack the answer: what makes a file unreadable may be at its end."""
    try:
        spool = Spool(order.folder)
        for document_part in parse_parts(file, order.decryption):
            spool.add(document_part)
        return packed(spool)
    except Problem as refusal:
        return packed(Refusal(one_line(refusal.detail)))
    except MemoryError:
        os._exit(NO_MEMORY)  # nothing can be relied on any more, not even that threads end
    except Exception as error:  # noqa: BLE001 - raised again in the recorder
        return packed(_failure(error))


def _failure(error: Exception) -> ReaderFailure:
    kind, traceback = type(error).__name__, "".join(format_exception(error))
    if isinstance(error, OSError):
        return ReaderFailure(kind, error.strerror or str(error), error.errno, traceback)
    return ReaderFailure(kind, str(error), None, traceback)


def _log_crash(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Log a crash without Python's own message, which may name a point."""
    _log.critical("reader fell", exc_info=(kind, error, traceback))


def _watch(descriptor: int, limits: ReaderLimits, progress: Progress) -> None:
    """End with the recorder, even in the middle of a file, whose content nobody needs any more.

    End also when the reading stalls: a thread of polars that gets no memory may never return.
    """
    closed = select.poll()
    closed.register(descriptor, 0)  # reports only that the other side has closed
    while not closed.poll(limits.stalled_s * 1000):
        if progress.is_stalled():
            os._exit(NO_MEMORY if is_memory_used_up(limits) else STALLED)
    os._exit(0)
