import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from libs.common.embedded_postgres import EmbeddedPostgres
from tests.support.platform import ROOT


@pytest.fixture
def folder() -> Path:
    return ROOT / "data" / f"test-{uuid4().hex[:8]}"


async def answer(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        number: int = await connection.fetchval("SELECT 42")
        return number
    finally:
        await connection.close()


def remove(folder: Path) -> None:
    shutil.rmtree(folder)
    for name in ("lock", "users"):
        folder.with_name(f"{folder.name}.{name}").unlink()


async def test_the_last_one_out_stops_the_server(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder), EmbeddedPostgres(folder)
    await asyncio.to_thread(first.start)
    await asyncio.to_thread(second.start)

    await asyncio.to_thread(first.stop)
    assert await answer(second.url) == 42

    await asyncio.to_thread(second.stop)
    with pytest.raises(OSError):  # noqa: PT011 - no server, whatever the words
        await answer(second.url)
    remove(folder)


async def test_only_its_owner_can_reach_it(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    await asyncio.to_thread(server.start)

    assert folder.stat().st_mode & 0o077 == 0
    connection = await asyncpg.connect(server.url)
    assert await connection.fetchval("SHOW listen_addresses") == ""
    await connection.close()

    await asyncio.to_thread(server.stop)
    remove(folder)


def test_a_path_too_long_for_a_socket_is_refused_in_words() -> None:
    with pytest.raises(OSError, match="too long a path"):
        EmbeddedPostgres(Path("/") / ("x" * 100)).start()


def test_an_interrupted_creation_is_begun_anew(folder: Path) -> None:
    code = f"""
from pathlib import Path
from libs.common.embedded_postgres import EmbeddedPostgres
EmbeddedPostgres(Path({str(folder)!r})).start()
"""
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, start_new_session=True)
    deadline = time.monotonic() + 30
    while not list(folder.parent.glob(f"{folder.name}*/PG_VERSION")):  # the first file of initdb
        assert time.monotonic() < deadline
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    server = EmbeddedPostgres(folder)
    server.start()

    assert asyncio.run(answer(server.url)) == 42
    server.stop()
    remove(folder)


async def test_its_log_does_not_tell_the_values_of_a_refused_row(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    await asyncio.to_thread(server.start)
    connection = await asyncpg.connect(server.url)
    await connection.execute("CREATE TABLE point (prm text PRIMARY KEY)")
    for _ in range(2):
        with contextlib.suppress(asyncpg.UniqueViolationError):
            await connection.execute("INSERT INTO point VALUES ('99000000000001')")
    await connection.close()
    await asyncio.to_thread(server.stop)

    log = (folder / "server.log").read_text()
    assert "point_pkey" in log
    assert "99000000000001" not in log
    remove(folder)
