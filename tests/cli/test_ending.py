"""What a command started ends with it."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.commands import COMMAND
from tests.support.platform import ROOT

_LONGEST_S = 120


def _services(pid: int) -> set[int]:
    """Those of its children that serve HTTP."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(one) for one in children if b"uvicorn" in Path(f"/proc/{one}/cmdline").read_bytes()}


@pytest.mark.system
def test_a_bench_that_is_asked_to_end_leaves_no_service_behind() -> None:
    options = ("bench", "--community", "--operations", "3", "--points", "4", "--requests", "100000")
    bench = subprocess.Popen([COMMAND, *options], cwd=ROOT, stderr=subprocess.DEVNULL)
    until_s = time.monotonic() + _LONGEST_S
    while not (services := _services(bench.pid)):
        assert time.monotonic() < until_s
        time.sleep(0.1)

    bench.terminate()

    assert bench.wait(_LONGEST_S) == 128 + signal.SIGTERM
    assert [pid for pid in services if Path(f"/proc/{pid}").exists()] == []
