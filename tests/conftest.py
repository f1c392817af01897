"""Fixtures for all tests: a PostgreSQL, and the whole platform running on it."""

import os
import secrets
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from pytest_socket import socket_allow_hosts
from sqlalchemy import make_url

from libs.common.embedded_postgres import EmbeddedPostgres
from tests.support import platform as running
from tests.support.platform import ROOT, Platform

pytest_plugins = ["tests.support.kafka"]

_ROLES_SQL = ROOT / "deploy" / "postgres.sql"


@pytest.fixture(scope="session", autouse=True)
def _only_loopback() -> None:
    """Tests reach this machine and nothing else."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
async def database_url() -> AsyncIterator[str]:
    """An empty database with its roles: on the server of DATABASE_URL, else on an embedded one."""
    server_url = os.environ.get("DATABASE_URL", "")
    if server_url.startswith("postgresql://"):
        async for url in _fresh_database(server_url):
            yield url
    else:
        for url in _embedded_server():
            yield url


async def _fresh_database(server_url: str) -> AsyncIterator[str]:
    name = f"elocoop_test_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
        url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
        subprocess.run(["psql", url, "-X", "-q", "-f", str(_ROLES_SQL)], check=True)  # noqa: S607, ASYNC221
        yield url
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


def _embedded_server() -> Iterator[str]:
    folder = ROOT / "data" / f"test-{os.getpid()}"
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder)
        Path(f"{folder}.lock").unlink()


@pytest.fixture(scope="session")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    """All four services: four processes when EVENT_LOG_URL names a Kafka, else one."""
    event_log_url = os.environ.get("EVENT_LOG_URL", "")
    starting = (
        running.four_processes(database_url=database_url, event_log_url=event_log_url)
        if event_log_url.startswith("kafka://")
        else running.one_process(database_url=database_url)
    )
    async with starting as platform:
        yield platform


@pytest.fixture
async def operator(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client logged in as the co-op's staff."""
    async with platform.client(await platform.operator_token()) as client:
        yield client


@pytest.fixture
async def anonymous(platform: Platform) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client without a token."""
    async with platform.client() as client:
        yield client
