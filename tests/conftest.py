"""Fixtures for all tests: a PostgreSQL, and the whole platform running on it."""

import os
import secrets
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from libs.common.embedded_postgres import EmbeddedPostgres
from libs.common.scratch import scratch_database
from tests.support.platform import ROOT, Platform, all_services

pytest_plugins = [
    "tests.support.collecting",
    "tests.support.kafka",
    "tests.support.nightly",
    "tests.support.pdfa",
    "tests.support.time_zones",
]

# Properties are about results, not about how busy the machine is.
settings.register_profile("elocoop", deadline=None, max_examples=50)
settings.load_profile("elocoop")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The gate has all that tests need: there, a test that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session", autouse=True)
def _only_loopback() -> None:
    """Tests reach this machine and nothing else."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
async def database_url() -> AsyncIterator[str]:
    """An empty database with its roles: on the server of DATABASE_URL, else on an embedded one."""
    server_url = os.environ.get("DATABASE_URL", "")
    if server_url.startswith("postgresql://"):
        async with scratch_database(server_url) as url:
            yield url
    else:
        for url in _embedded_server():
            yield url


def _embedded_server() -> Iterator[str]:
    folder = ROOT / "data" / f"test-{os.getpid()}"
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder)
        for name in ("lock", "users"):
            folder.with_name(f"{folder.name}.{name}").unlink()


@pytest.fixture
def clone_folder() -> Iterator[Path]:
    """A folder inside the clone: where the clone is, the user that runs the server may pass."""
    folder = ROOT / "data" / f"t{secrets.token_hex(3)}"
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
async def platform(database_url: str) -> AsyncIterator[Platform]:
    """All four services, running for the tests."""
    async with all_services(database_url=database_url) as platform:
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
