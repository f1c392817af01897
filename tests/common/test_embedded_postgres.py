import asyncio
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
    import shutil  # noqa: PLC0415 - a test's broom

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
