"""A private platform for a benchmark: scratch database, part of the log, processes."""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from pydantic import SecretStr

from libs.common.app import create_app
from libs.common.database import open_server
from libs.common.database.scratch import scratch_database, scratch_event_log_url
from libs.common.eventlog.open import prepare_event_log
from libs.common.outgoing import open_client
from libs.common.ports import bound_socket, port_of
from libs.common.settings import Settings
from services.cli.loading import load_services
from services.cli.processes import NAMES, ServiceProcess, ServiceTransport, running_processes
from services.cli.running import running
from services.demo.api import Api

_PASSWORD = "the password of a benchmark"  # noqa: S105 - of a scratch database on this machine


@asynccontextmanager
async def scratch_platform(settings: Settings) -> AsyncIterator[tuple[Api, list[int]]]:
    """Yield staff's access to an empty platform, and the ids of its processes.

    It runs on the settings' servers: the four services are four processes with Kafka, otherwise
    one.
    """
    async with _scratch_settings(settings) as scratch, _platform(scratch) as (client, pids):
        yield _staff(client, scratch), pids


@asynccontextmanager
async def scratch_processes(
    settings: Settings, names: Sequence[str] = NAMES
) -> AsyncIterator[tuple[Api, list[int], str]]:
    """Like ``scratch_platform``, with a process for each service; yields the database's URL too.

    The ids are in the order of ``names``.
    """
    async with _scratch_settings(settings) as scratch, _processes(scratch, names) as (client, pids):
        yield _staff(client, scratch), pids, scratch.database_url


@asynccontextmanager
async def scratch_service(
    settings: Settings, name: str
) -> AsyncIterator[tuple[Api, str, ServiceProcess]]:
    """Run one service in a process of its own; yield staff's access, a token, and the process."""
    async with (
        _scratch_settings(settings) as scratch,
        running_processes(scratch, [name]) as services,
    ):
        (service,) = services
        async with _client({name: service.port}) as client:
            form = {"username": scratch.operator_email, "password": _PASSWORD}
            answer = (await client.post("/community/token", data=form)).raise_for_status()
            yield _staff(client, scratch), answer.json()["access_token"], service


def _staff(client: httpx.AsyncClient, scratch: Settings) -> Api:
    return Api(client, patience_s=5).as_account(scratch.operator_email, _PASSWORD)


@asynccontextmanager
async def _scratch_settings(settings: Settings) -> AsyncIterator[Settings]:
    """Yield settings for an empty database and part of the log on the same servers."""
    with TemporaryDirectory(prefix="elocoop-bench-") as files:
        async with (
            open_server(settings.database_url) as server_url,
            scratch_database(server_url) as url,
        ):
            yield await _own_settings(settings, url, files)


async def _own_settings(settings: Settings, url: str, files: str) -> Settings:
    scratch = settings.model_copy(
        update={
            "database_url": url,
            "event_log_url": scratch_event_log_url(settings.event_log_url, url),
            "operator_password": SecretStr(_PASSWORD),
            "file_store_url": f"folder:{files}",
            "log_level": "WARNING",
        }
    )
    await prepare_event_log(
        scratch, database_url=url, rights=[service.rights for service in load_services()]
    )
    return scratch


@asynccontextmanager
async def _platform(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, list[int]]]:
    """Yield a client of the running platform and the ids of its processes."""
    if settings.event_log_url.startswith("kafka://"):
        async with _processes(settings) as platform:
            yield platform
        return
    listener = bound_socket()
    port = port_of(listener)
    own_settings = settings.model_copy(update={"public_url": f"http://127.0.0.1:{port}"})
    services = load_services()
    ports = {service.name: port for service in services}
    async with (
        running(create_app(*services, settings=own_settings), listener),
        _client(ports) as client,
    ):
        yield client, [os.getpid()]


@asynccontextmanager
async def _processes(
    settings: Settings, names: Sequence[str] = NAMES
) -> AsyncIterator[tuple[httpx.AsyncClient, list[int]]]:
    async with running_processes(settings, names) as services:
        pids = [service.process.pid for service in services if service.process]
        async with _client({service.name: service.port for service in services}) as client:
            yield client, pids


def _client(ports: Mapping[str, int]) -> httpx.AsyncClient:
    transport = ServiceTransport(ports)
    client = open_client(base_url="http://127.0.0.1", transport=transport, silence_s=600)
    # Many people ask by it. A log-in that brings the cookie of another session ends that one.
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    return client


def peak_memory_mib(pid: int) -> int:
    return _in_memory(pid, "VmHWM")


def _in_memory(pid: int, name: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024


def memory_mib(pid: int) -> int:
    """Return its current memory."""
    return _in_memory(pid, "VmRSS")


def forget_peak(pid: int) -> None:
    """Reset the kernel's measure of the process's largest memory."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def processor_s(pid: int, *, with_ended: bool = False) -> float:
    """Return the processor time used so far; with_ended: by its ended children too."""
    # After the name in brackets, which may hold spaces, utime and stime are the 12th and 13th;
    # those of children that have ended come next.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    used = fields[11 : 15 if with_ended else 13]
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")
