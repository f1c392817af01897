"""The platform embedded in a folder, as a process that stays up until it is interrupted."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import httpx

from libs.common.outgoing import shared_tls
from libs.common.ports import free_port
from tests.support.commands import COMMAND, without_servers
from tests.support.places import ROOT
from tests.support.waiting import ended, until


@contextmanager
def stays_up_until_it_is_interrupted(
    folder: Path, command: str, *, status: int = 0, begin_at: datetime | None = None
) -> Iterator[tuple[int, Path]]:
    """Yields its port and the file of its output; interrupts it at the end.

    begin_at: what it takes for the time at which it starts; by default, that of this machine.
    """
    port = free_port()
    with _started(folder, [*_elocoop(begin_at), command], port) as (process, output):
        _wait_for("Ctrl-C stops it", process, output)

        url = f"http://127.0.0.1:{port}/health"
        health = httpx.get(url, timeout=60, verify=shared_tls())
        assert health.status_code == 200, health.text
        metrics = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=60, verify=shared_tls())
        assert metrics.status_code == 404  # L4: of anybody who comes through a proxy, too
        yield port, output
        assert process.poll() is None

        process.send_signal(signal.SIGINT)
        assert ended(process, "the end of Ctrl-C") == status, output.read_text()

    assert "Traceback" not in output.read_text()
    assert "\x1b" not in output.read_text()  # no colours in a file
    assert not (folder / "data/postgres/postmaster.pid").exists()


def _elocoop(begin_at: datetime | None) -> list[str]:
    if begin_at is None:
        return [COMMAND]
    script = ROOT / "tests" / "support" / "elocoop_at.py"
    # -P: the modules beside the script are not for all to import; one is named `platform`.
    return [sys.executable, "-P", str(script), begin_at.isoformat()]


@contextmanager
def _started(
    folder: Path, command: list[str], port: int
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    output = folder / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=folder,
            env=without_servers() | {"PYTHONUNBUFFERED": "1"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process, output
    finally:
        process.kill()
        process.wait()


def _wait_for(words: str, process: subprocess.Popen[bytes], output: Path) -> None:
    async def said() -> str:
        assert process.poll() is None, output.read_text()
        return output.read_text()

    asyncio.run(until(words, said, lambda text: words in text))
