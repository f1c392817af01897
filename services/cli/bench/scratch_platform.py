"""A platform of its own for a benchmark: scratch database, part of the log, processes."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
from pydantic import SecretStr

from libs.common.app import create_app
from libs.common.database import open_server
from libs.common.eventlog.open import create_topics
from libs.common.events.topics import ALL_TOPICS
from libs.common.scratch import scratch_database, scratch_event_log_url
from libs.common.settings import Settings
from services.cli.processes import ServiceTransport, free_port, running_processes
from services.cli.running import running
from services.demo.api import Api
from services.main import SERVICES

_PASSWORD = "the password of a benchmark"  # noqa: S105 - of a scratch database on this machine


@asynccontextmanager
async def scratch_platform(settings: Settings) -> AsyncIterator[tuple[Api, list[int]]]:
    """Yield staff's access to an empty platform, and the ids of its processes.

    It runs on the settings' servers: the four services are four processes with Kafka, else one.
    """
    async with AsyncExitStack() as stack:
        server_url = await stack.enter_async_context(open_server(settings.database_url))
        url = await stack.enter_async_context(scratch_database(server_url))
        own = settings.model_copy(
            update={
                "database_url": url,
                "event_log_url": scratch_event_log_url(settings.event_log_url, url),
                "operator_password": SecretStr(_PASSWORD),
                "log_level": "WARNING",
            }
        )
        await create_topics(
            own.event_log_url,
            database_url=url,
            topics=ALL_TOPICS,
            partitions=own.event_log_partitions,
        )
        client, pids = await stack.enter_async_context(_platform(own))
        yield Api(client, patience_s=5).as_account(own.operator_email, _PASSWORD), pids


@asynccontextmanager
async def _platform(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, list[int]]]:
    """Yield a client of the running platform and the ids of its processes."""
    async with AsyncExitStack() as stack:
        if settings.event_log_url.startswith("kafka://"):
            services = await stack.enter_async_context(running_processes(settings))
            ports = {service.name: service.port for service in services}
            pids = [service.process.pid for service in services if service.process]
        else:
            port = free_port()
            url = f"http://127.0.0.1:{port}"
            own = settings.model_copy(update={"public_url": url})
            await stack.enter_async_context(running(create_app(*SERVICES, settings=own), port=port))
            ports, pids = {service.name: port for service in SERVICES}, [os.getpid()]
        client = httpx.AsyncClient(
            base_url="http://127.0.0.1", transport=ServiceTransport(ports), timeout=600
        )
        yield await stack.enter_async_context(client), pids


def peak_memory_mib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024
