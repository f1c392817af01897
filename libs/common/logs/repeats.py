"""Limits how often a process writes the same warning, as it would thousands of times an hour."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

_MOST_ALIKE = 5
_WINDOW_S = 60.0
_MOST_KINDS = 1_000
"""Then all counts begin anew: messages may hold what differs each time."""


@dataclass
class _Count:
    since_s: float
    written: int = 0
    left_out: int = 0


_OURS = ("libs.", "services.")
_STORMS = {
    "loop failed",
    "database at fault",
    "at fault",
    "given up: the database does not answer",
    "waits for the database",
    "issuer unreachable, its former keys stay in use",
    "left without a good-bye",
    "not measured",
}
"""Our own messages that an outage repeats. Others, such as who was refused, are always written."""
_TELLING = ("loop", "error", "service")


class RepeatLimit(logging.Filter):
    """Lets five warnings of one kind pass in a minute: those of libraries, and of our own storms.

    The first one of a later minute tells how many were left out. A kind is a logger and a message,
    without what is filled in. Lines below warnings, and our own with a traceback, all pass.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._counts: dict[tuple[str, str], _Count] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING or not _may_storm(record):
            return True
        count = self._count_of(record.name, _kind_of(record))
        if self._clock() - count.since_s >= _WINDOW_S:
            _tell(record, count.left_out)
            count.since_s, count.written, count.left_out = self._clock(), 0, 0
        passes = count.written < _MOST_ALIKE
        count.written += passes
        count.left_out += not passes
        return passes

    def _count_of(self, logger: str, kind: str) -> _Count:
        if (logger, kind) not in self._counts and len(self._counts) >= _MOST_KINDS:
            self._counts.clear()
        return self._counts.setdefault((logger, kind), _Count(self._clock()))


def _may_storm(record: logging.LogRecord) -> bool:
    if not record.name.startswith(_OURS):
        return not record.name.startswith("uvicorn")  # whose errors are ours
    facts = record.msg
    if record.exc_info or not isinstance(facts, dict):
        return False
    return facts["event"] in _STORMS and "exception" not in facts


def _kind_of(record: logging.LogRecord) -> str:
    """Our own records are structlog's facts, others a template."""
    if not isinstance(record.msg, dict):
        return str(record.msg)
    return " ".join([record.msg["event"], *(str(record.msg.get(name)) for name in _TELLING)])


def _tell(record: logging.LogRecord, left_out: int) -> None:
    if not left_out:
        return
    if isinstance(record.msg, dict):
        record.msg["left_out_before"] = left_out
    else:
        record.msg = f"{record.getMessage()} ({left_out} like it were left out before)"
        record.args = ()
