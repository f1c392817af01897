import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from libs.common.database.embedded_postgres import EmbeddedPostgres
from tests.support.places import ROOT
from tests.support.waiting import until


@pytest.fixture(params=["short", "long"])
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder inside the clone; a long path has no room for a socket."""
    top = ROOT / "data" / f"test-{uuid4().hex[:8]}"
    top.mkdir(parents=True)
    yield top / "postgres" if request.param == "short" else _long(top)
    shutil.rmtree(top)


def _long(top: Path) -> Path:
    return top / "a folder with a long name, é" / ("x" * 80) / "postgres"


async def answer(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        number: int = await connection.fetchval("SELECT 42")
        return number
    finally:
        await connection.close()


async def test_the_last_one_out_stops_the_server(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder), EmbeddedPostgres(folder)
    await asyncio.to_thread(first.start)
    await asyncio.to_thread(second.start)

    await asyncio.to_thread(first.stop)
    assert await answer(second.url) == 42

    await asyncio.to_thread(second.stop)
    with pytest.raises(OSError):  # noqa: PT011 - no server, whatever the words
        await answer(second.url)


async def test_only_its_owner_can_reach_it(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    await asyncio.to_thread(server.start)

    assert folder.stat().st_mode & 0o077 == 0
    connection = await asyncpg.connect(server.url)
    listens = await connection.fetchval("SHOW listen_addresses")
    await connection.close()
    assert listens in {"", "127.0.0.1"}
    if listens:
        assert (folder / "password").stat().st_mode & 0o077 == 0
        place = server.url.rpartition("@")[2]
        for guess in ("postgres", "postgres:postgres", "ingest"):
            with pytest.raises(asyncpg.InvalidPasswordError):
                await answer(f"postgresql://{guess}@{place}")

    await asyncio.to_thread(server.stop)


async def test_a_folder_may_be_moved_to_a_longer_path_and_back() -> None:
    top = ROOT / "data" / f"test-{uuid4().hex[:8]}"
    short, long = top / "postgres", _long(top)
    await _run_once(short, "CREATE TABLE kept AS SELECT 42 AS number")

    long.parent.mkdir(parents=True)
    short.rename(long)
    for _ in range(2):
        await _run_once(long, "UPDATE kept SET number = number + 1")

    long.rename(short)
    assert await _run_once(short, "SELECT number FROM kept") == 44
    shutil.rmtree(top)


async def test_two_platforms_with_long_paths_run_at_once() -> None:
    top = ROOT / "data" / f"test-{uuid4().hex[:8]}"
    servers = [EmbeddedPostgres(_long(top / name)) for name in ("one", "other")]
    await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))

    assert [await answer(server.url) for server in servers] == [42, 42]

    for server in servers:
        await asyncio.to_thread(server.stop)
    shutil.rmtree(top)


async def _run_once(folder: Path, statement: str) -> object:
    server = EmbeddedPostgres(folder)
    await asyncio.to_thread(server.start)
    connection = await asyncpg.connect(server.url)
    value: object = await connection.fetchval(statement)
    await connection.close()
    await asyncio.to_thread(server.stop)
    return value


def test_an_interrupted_creation_is_begun_anew(folder: Path) -> None:
    code = f"""
from pathlib import Path
from libs.common.database.embedded_postgres import EmbeddedPostgres
EmbeddedPostgres(Path({str(folder)!r})).start()
"""
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, start_new_session=True)

    async def first_file() -> list[Path]:
        return list(folder.parent.glob(f"{folder.name}*/PG_VERSION"))

    asyncio.run(until("initdb has written its first file", first_file))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    server = EmbeddedPostgres(folder)
    server.start()

    assert asyncio.run(answer(server.url)) == 42
    server.stop()


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
