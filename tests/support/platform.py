"""The whole platform, running for the tests: one process embedded, or four on real servers."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn

from libs.common.app import create_app
from libs.common.database import Database
from libs.common.settings import Settings

ROOT = Path(__file__).parents[2]
SERVICES = ("ingest", "allocation", "billing", "community")
OPERATOR_PASSWORD = "the operator of the tests"


class ServiceTransport(httpx.AsyncBaseTransport):
    """Sends each request to the process of the service that its path names, as a gateway does."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._ports = ports
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        service = request.url.path.split("/")[1]
        port = self._ports.get(service) or next(iter(self._ports.values()))
        request.url = request.url.copy_with(port=port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass(frozen=True)
class Platform:
    """A running platform and the ways to it."""

    settings: Settings
    database_url: str
    ports: Mapping[str, int]

    @asynccontextmanager
    async def client(self, token: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
        """An HTTP client; with a token, it sends it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(
            base_url="http://127.0.0.1",
            transport=ServiceTransport(self.ports),
            headers=headers,
            timeout=60,
        ) as client:
            yield client

    async def token(self, email: str, password: str) -> str:
        async with self.client() as client:
            answer = await client.post(
                "/community/token", data={"username": email, "password": password}
            )
            assert answer.status_code == 200, answer.text
            token: str = answer.json()["access_token"]
            return token

    async def operator_token(self) -> str:
        return await self.token(self.settings.operator_email, OPERATOR_PASSWORD)

    @asynccontextmanager
    async def database(self, service: str) -> AsyncIterator[Database]:
        """The service's schema, to look at what no route shows."""
        database = Database(self.database_url, schema=service, pool_size=2)
        try:
            yield database
        finally:
            await database.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_for(*, database_url: str, event_log_url: str, jwks_port: int) -> Settings:
    return Settings(
        database_url=database_url,
        event_log_url=event_log_url,
        event_log_partitions=4,
        public_url="http://platform.test",
        auth_jwks_url=f"http://127.0.0.1:{jwks_port}/community/jwks.json",
        operator_password=OPERATOR_PASSWORD,
        log_level="WARNING",
    )


@asynccontextmanager
async def one_process(*, database_url: str) -> AsyncIterator[Platform]:
    """All four services on one port, the event log in PostgreSQL."""
    from services.main import SERVICES as ALL  # noqa: PLC0415 - only the platform needs them all

    port = free_port()
    settings = settings_for(database_url=database_url, event_log_url="database:", jwks_port=port)
    async with serving(create_app(*ALL, settings=settings), port):
        yield Platform(settings, database_url, dict.fromkeys(SERVICES, port))


@asynccontextmanager
async def serving(app: object, port: int) -> AsyncIterator[None]:
    """Run an ASGI application on a port, in this event loop."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)  # type: ignore[arg-type] # any ASGI application
    )
    server.capture_signals = nullcontext  # type: ignore[method-assign] # pytest keeps Ctrl-C
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if task.done():
                await task
                raise RuntimeError("the application did not start")
            await asyncio.sleep(0.02)
        yield
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def four_processes(*, database_url: str, event_log_url: str) -> AsyncIterator[Platform]:
    """Each service in its own process, as deployed."""
    ports = {service: free_port() for service in SERVICES}
    settings = settings_for(
        database_url=database_url, event_log_url=event_log_url, jwks_port=ports["community"]
    )
    async with AsyncExitStack() as stack:
        for service, port in ports.items():
            process = start_service(service, port, settings)
            stack.callback(stop, process)
        for port in ports.values():
            await wait_until_healthy(port)
        yield Platform(settings, database_url, ports)


def start_service(service: str, port: int, settings: Settings) -> subprocess.Popen[bytes]:
    """Start one service as its container does."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "EVENT_LOG_URL": settings.event_log_url,
        "PUBLIC_URL": settings.public_url,
        "AUTH_JWKS_URL": settings.jwks_url,
        "OPERATOR_PASSWORD": OPERATOR_PASSWORD,
        "LOG_LEVEL": settings.log_level,
    }
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    return subprocess.Popen(
        [sys.executable, "-m", "uvicorn", f"services.{service}.main:app", *options],
        cwd=ROOT,
        env=environment,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def wait_until_healthy(port: int, *, timeout_s: float = 60) -> None:
    async with asyncio.timeout(timeout_s), httpx.AsyncClient() as client:
        while True:
            try:
                answer = await client.get(f"http://127.0.0.1:{port}/health")
                if answer.status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
