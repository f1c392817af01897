"""A whole service while its PostgreSQL hangs, is away, and comes back."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import pytest

from libs.common.app import create_app
from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.outgoing import open_client
from libs.common.ports import bound_socket, port_of
from services.cli.running import running
from services.community.main import service
from tests.support.clock import CLOCK
from tests.support.platform import settings_for_tests
from tests.support.waiting import until

_LONG_S = 30.0
"""More than any answer takes, also on a busy machine, and a tenth of what a statement may."""


@pytest.fixture
def server(server_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of this test alone, as nobody else may feel what happens to it."""
    postgres = EmbeddedPostgres(server_folder / "postgres", durable=False)
    postgres.start()
    yield postgres
    postgres.stop()


async def test_while_the_server_hangs_requests_are_503_and_health_names_it(
    server: EmbeddedPostgres, server_folder: Path
) -> None:
    async with _community(server.url) as client:
        assert (await _log_in(client)).status_code == 401
        assert (await client.get("/ready")).status_code == 200

        with _stopped(_processes(server_folder / "postgres")):
            answer = await _log_in(client)
            health, ready = await client.get("/health"), await client.get("/ready")
            live = await client.get("/live")

        await until("health", lambda: client.get("/health"), lambda answer: answer.is_success)
        assert (await _log_in(client)).status_code == 401

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["type"] == "/problems/overloaded"
    assert health.status_code == 503
    assert "database: no answer" in health.json()["services"]["community"]["problems"]
    assert (ready.status_code, live.status_code) == (503, 200)


async def test_while_the_server_is_away_requests_are_503_and_health_names_it(
    server: EmbeddedPostgres,
) -> None:
    url = server.url
    async with _community(url) as client:
        assert (await _log_in(client)).status_code == 401

        server.stop()
        answers = [await _log_in(client) for _ in range(3)]
        health = await until(
            "health names it",
            lambda: client.get("/health"),
            lambda answer: "database: " in answer.text,
        )

        server.start()
        await until("health", lambda: client.get("/health"), lambda answer: answer.is_success)
        assert (await _log_in(client)).status_code == 401

    assert {answer.status_code for answer in answers} == {503}
    assert all(answer.headers["Retry-After"] for answer in answers)
    assert health.status_code == 503


async def test_a_process_that_starts_first_waits_for_the_server(server: EmbeddedPostgres) -> None:
    url = server.url
    server.stop()
    starting = asyncio.create_task(_first_log_in(url))
    started, _ = await asyncio.wait([starting], timeout=2)
    server.start()

    assert not started
    assert (await starting).status_code == 401


async def _first_log_in(url: str) -> httpx.Response:
    async with _community(url) as client:
        return await _log_in(client)


async def _log_in(client: httpx.AsyncClient) -> httpx.Response:
    nobody = {"username": "nobody@example.org", "password": "not a password"}
    return await client.post("/community/token", data=nobody)


@asynccontextmanager
async def _community(url: str) -> AsyncIterator[httpx.AsyncClient]:
    listener = bound_socket()
    settings = settings_for_tests(database_url=url, event_log_url="database:").model_copy(
        update={"auth_jwks_url": f"http://127.0.0.1:{port_of(listener)}/community/jwks.json"}
    )
    app = create_app(service, settings=settings, clock=CLOCK)
    async with (
        running(app, listener) as port,
        open_client(base_url=f"http://127.0.0.1:{port}", silence_s=_LONG_S) as client,
    ):
        yield client


@contextmanager
def _stopped(pids: list[int]) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _processes(folder: Path) -> list[int]:
    """The server's first process, so that nobody new is let in, and all that it has begun."""
    first = int((folder / "postmaster.pid").read_text().splitlines()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return [first, *map(int, children)]
