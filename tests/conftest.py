"""Fixtures for all tests: a PostgreSQL, and the whole platform running on it."""

import os
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvloop
from hypothesis import settings
from pytest_socket import socket_allow_hosts

from libs.common.calendar import PARIS
from tests.support.clock import CLOCK
from tests.support.databases import database_server, forget_databases, migrated_database
from tests.support.places import new_place
from tests.support.platform import Platform, all_services, world_scope

pytest_plugins = [
    "tests.support.collecting",
    "tests.support.costs.plugin",
    "tests.support.deployed",
    "tests.support.kafka",
    "tests.support.nightly",
    "tests.support.passwords",
    "tests.support.pdfa",
    "tests.support.time_zones",
    "tests.support.workers",
]

# Properties are about results, not about how busy the machine is.
settings.register_profile("elocoop", deadline=None, max_examples=50)
settings.load_profile("elocoop")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--begin-at",
        type=_instant_of_paris,
        help="what the services take for the beginning of the run: 2027-12-31T23:50, in Paris",
    )


def _instant_of_paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def pytest_configure(config: pytest.Config) -> None:
    if (instant := config.getoption("--begin-at")) is not None:
        CLOCK.set(instant)


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], AbstractEventLoop]]:
    return {"as the product's": uvloop.new_event_loop}


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        forget_databases()


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
def server_url() -> Iterator[str]:
    """A PostgreSQL on which databases may be made."""
    with database_server() as url:
        yield url


@pytest.fixture(scope="session")
async def database_url(server_url: str) -> AsyncIterator[str]:
    """The database of this process, and the server for others: migrated, without a row."""
    async with migrated_database(server_url) as url:
        yield url


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A folder in which commands may start a server."""
    with new_place() as folder:
        yield folder


@pytest.fixture(scope=world_scope)
async def platform(server_url: str) -> AsyncIterator[Platform]:
    """All four services, running for the tests."""
    async with (
        migrated_database(server_url) as url,
        all_services(database_url=url) as platform,
    ):
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
