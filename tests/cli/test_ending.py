"""What a command started ends with it."""

import asyncio
import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import COMMAND
from tests.support.places import ROOT
from tests.support.waiting import ended, until


async def _services(pid: int) -> set[int]:
    """Those of its children that serve HTTP."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {
        int(child)
        for child in children
        if b"uvicorn" in Path(f"/proc/{child}/cmdline").read_bytes()
    }


@pytest.mark.system
def test_a_bench_that_is_asked_to_end_leaves_no_service_behind() -> None:
    options = ("bench", "--community", "--operations", "3", "--points", "4", "--requests", "100000")
    bench = subprocess.Popen([COMMAND, *options], cwd=ROOT, stderr=subprocess.DEVNULL)
    what = "the bench has started its services"
    services = asyncio.run(until(what, lambda: _services(bench.pid)))

    bench.terminate()

    assert ended(bench, "the bench ends") == 128 + signal.SIGTERM
    assert [pid for pid in services if Path(f"/proc/{pid}").exists()] == []
