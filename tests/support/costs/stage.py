"""A stage of the gate: a command, and the processor seconds of all that it starts."""

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.costs.processor import descendants, read_processes
from tests.support.costs.record import keep_stage

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def run_stage(name: str, command: Sequence[str], record: Path) -> int:
    """Run it to its end; returns its status.

    Servers that leave their parent (a PostgreSQL) become children of this process, so that their
    seconds are counted too: once they have ended, or as they stand.
    """
    _adopt_orphans()
    start_s = time.monotonic()
    environment = {**os.environ, "ELOCOOP_COSTS": str(record), "ELOCOOP_STAGE": name}
    process = subprocess.Popen(command, env=environment)
    while (ended := os.wait())[0] != process.pid:
        pass
    _reap()
    running_s = sum(child.seconds for child in descendants(read_processes(), os.getpid()))
    ended_s = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor_s = ended_s.ru_utime + ended_s.ru_stime + running_s
    clock_s = time.monotonic() - start_s
    keep_stage(record, name, processor_s=processor_s, clock_s=clock_s)
    print(f"== {name}: {processor_s:,.0f} s of processor in {clock_s:,.0f} s", flush=True)  # noqa: T201
    return os.waitstatus_to_exitcode(ended[1])


def _adopt_orphans() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap() -> None:
    """All that have ended by now."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return
