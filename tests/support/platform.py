"""The whole platform, running for the tests: one process embedded, or four on real servers."""

import atexit
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Literal
from weakref import WeakKeyDictionary

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from libs.common.clock import Clock
from libs.common.database import Database, ring_after_commit
from libs.common.database.scratch import scratch_event_log_url
from libs.common.eventlog.open import prepare_event_log
from libs.common.outgoing import open_client
from libs.common.ports import bound_socket, port_of
from libs.common.settings import Settings
from services.cli.processes import NAMES, ServiceProcess, running_processes
from services.cli.running import running
from services.community.credentials import hash_password
from tests.support.applications import application
from tests.support.clock import CLOCK
from tests.support.databases import opened_database
from tests.support.forms import FormTransport

_FILES = mkdtemp(prefix="elocoop-tests-")
atexit.register(rmtree, _FILES, ignore_errors=True)
FILE_STORE_URL = f"folder:{_FILES}"
"""Where deliveries are kept; one for all platforms, for a file's name is its content."""
MAILS = Path(_FILES) / "mails"
"""Where e-mails are put; one for all platforms, for a file's name is its message."""
OPERATOR_PASSWORD = "the operator of the tests"
PROXIES = "127.0.0.1"
"""Whose X-Forwarded-For is believed: that of tests which come from several addresses."""
SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


_PLATFORMS: WeakKeyDictionary[httpx.AsyncClient, "Platform"] = WeakKeyDictionary()


def platform_of(client: httpx.AsyncClient) -> "Platform":
    """The one that the client was made by."""
    return _PLATFORMS[client]


@dataclass(frozen=True)
class Platform:
    """A running platform and the ways to it."""

    settings: Settings
    database_url: str
    ports: Mapping[str, int]
    clock: Clock = CLOCK
    _tokens: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @asynccontextmanager
    async def client(self, token: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
        """An HTTP client; with a token, it sends it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with open_client(
            base_url="http://127.0.0.1",
            transport=FormTransport(self.ports),
            headers=headers,
            silence_s=60,
        ) as client:
            _PLATFORMS[client] = self
            yield client

    async def give_password(self, email: str, password: str) -> None:
        """As who runs the machine can, without a letter: it is a given, not what is tested."""
        await self.change(
            "community",
            "UPDATE account SET password_hash = :hash WHERE email = :email",
            hash=await hash_password(password),
            email=email,
        )

    async def token(self, email: str, password: str) -> str:
        async with self.client() as client:
            answer = await client.post(
                "/community/token", data={"username": email, "password": password}
            )
            assert answer.status_code == 200, answer.text
            token: str = answer.json()["access_token"]
            return token

    async def operator_token(self) -> str:
        """That of one log-in for all tests."""
        email = self.settings.operator_email
        if email not in self._tokens:
            self._tokens[email] = await self.token(email, OPERATOR_PASSWORD)
        return self._tokens[email]

    @asynccontextmanager
    async def database(self, service: str, clock: Clock | None = None) -> AsyncIterator[Database]:
        """The service's schema, to look at what no route shows; by default with its clock."""
        keys = self.settings.account_keys
        yield opened_database(self.database_url, service, clock or self.clock, keys)

    async def query(self, service: str, sql: str, **values: object) -> list[Mapping[str, Any]]:
        """Rows of the service's schema, that no route shows."""
        async with self.database(service) as database, database.transaction() as session:
            return [dict(row) for row in (await session.execute(text(sql), values)).mappings()]

    async def change(self, service: str, sql: str, **values: object) -> None:
        """Change its rows by hand; they may be work for its rounds, which are rung."""
        async with self.database(service) as database, database.transaction() as session:
            await session.execute(text(sql), values)
            ring_after_commit(session)


def world_scope(fixture_name: str, config: pytest.Config) -> Literal["module", "session"]:  # noqa: ARG001 - pytest's signature
    """How long a running platform, or service, lasts: what a file leaves behind meets no other.

    On Kafka, where four processes and their topics take ten seconds, one is for all files.
    """
    return "session" if is_on_kafka() else "module"


def is_on_kafka() -> bool:
    """Whether this is the deployed run, of four processes for each platform."""
    return event_log_url_for_tests().startswith("kafka://")


def event_log_url_for_tests() -> str:
    """That of the environment: a Kafka, or else the log in PostgreSQL."""
    return os.environ.get("EVENT_LOG_URL", "database:")


def settings_for_tests(*, database_url: str, event_log_url: str) -> Settings:
    """With a part of the event log that is named like the database."""
    return Settings(
        database_url=database_url,
        event_log_url=scratch_event_log_url(event_log_url, database_url),
        event_log_partitions=4,
        public_url="http://platform.test",
        operator_password=SecretStr(OPERATOR_PASSWORD),
        secret_keys=SecretStr(SECRET_KEY),
        serve_metrics=True,
        web_folder="",  # whether or not somebody has built the page here
        geocoder_url="",  # who wants one has a fake of it
        file_store_url=FILE_STORE_URL,
        mail_url=f"folder:{MAILS}",
        log_level="WARNING",
        auth_failures_per_account=10_000,  # all tests have one address, and some log in at once
        auth_failures_per_address=10_000,
        auth_step_up_minutes=1440,
        auth_token_minutes=1440,  # tests do not renew theirs
        # Many tests share the database, and their days get older every year.
        retention_curves_months=1200,
        retention_files_months=1200,
        retention_quarantine_months=1200,
        retention_access_log_months=1200,
        retention_pulls_months=1200,
        retention_messages_months=1200,
        retention_attendance_months=1200,
        requests_an_hour=1_000_000,
        costly_at_once=1_000_000,
        forwarded_allow_ips=PROXIES,  # read by uvicorn, where each service has a process
        log_in_links_an_hour=1_000_000,
        log_in_links_an_hour_of_address=1_000_000,
        requests_a_day_of_address=1_000_000,
    )


@asynccontextmanager
async def all_services(*, database_url: str) -> AsyncIterator[Platform]:
    """All four: four processes when EVENT_LOG_URL names a Kafka, else one."""
    starting = (
        four_processes(database_url=database_url, event_log_url=event_log_url_for_tests())
        if is_on_kafka()
        else one_process(database_url=database_url)
    )
    async with starting as platform:
        yield platform


@asynccontextmanager
async def one_process(*, database_url: str) -> AsyncIterator[Platform]:
    """All four services on one port, the event log in PostgreSQL."""
    from services.main import SERVICES  # noqa: PLC0415 - only this platform needs them all

    listener = bound_socket()
    port = port_of(listener)
    settings = settings_for_tests(database_url=database_url, event_log_url="database:").model_copy(
        update={"auth_jwks_url": f"http://127.0.0.1:{port}/community/jwks.json"}
    )
    with application(*SERVICES, settings=settings, clock=CLOCK) as app:
        async with running(app, listener, forwarded_allow_ips=PROXIES):
            yield Platform(settings, database_url, dict.fromkeys(NAMES, port))


@asynccontextmanager
async def four_processes(*, database_url: str, event_log_url: str) -> AsyncIterator[Platform]:
    """Each service in its own process, as deployed."""
    settings = settings_for_tests(database_url=database_url, event_log_url=event_log_url)
    async with processes_with_topics(settings) as services:
        ports = {service.name: service.port for service in services}
        jwks_url = f"http://127.0.0.1:{ports['community']}/community/jwks.json"
        settings_with_key = settings.model_copy(update={"auth_jwks_url": jwks_url})
        yield Platform(settings_with_key, database_url, ports)


@asynccontextmanager
async def processes_with_topics(
    settings: Settings, names: Sequence[str] = NAMES
) -> AsyncIterator[Sequence[ServiceProcess]]:
    """Processes on a part of the event log of their own, named like the database."""
    from services.main import SERVICES  # noqa: PLC0415 - only these processes need them all

    rights = [service.rights for service in SERVICES]
    await prepare_event_log(settings, database_url=settings.database_url, rights=rights)
    async with running_processes(settings, names, log_ins=kafka_log_ins()) as services:
        yield services


def kafka_log_ins() -> Mapping[str, Mapping[str, str]]:
    """The variables of each service's own log-in at the Kafka of this run, if it asks for any."""
    if not Settings().kafka_user:
        return {}
    return {
        name: {"KAFKA_USER": name, "KAFKA_PASSWORD": os.environ[f"{name.upper()}_PASSWORD"]}
        for name in NAMES
    }
