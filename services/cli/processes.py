"""Runs each service in a process of its own on this machine, as a deployment does."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx
from pydantic import SecretStr

from libs.common.outgoing import open_client, shared_tls
from libs.common.ports import KeptPort
from libs.common.settings import Settings
from services.cli.running import MOST_CONNECTIONS

NAMES = ("community", "ingest", "allocation", "billing")

_ROOT = Path(__file__).parents[2]
_NO_LOG_INS: Mapping[str, Mapping[str, str]] = MappingProxyType({})
# As in deploy/Dockerfile, which says why.
_ONE_THREAD = {"POLARS_MAX_THREADS": "1"}
# uvicorn closes a connection after five idle seconds, and httpx would use one until then: if both
# coincide, and the machine is busy, a request is sent into a closing connection.
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=2.0)
_START_S = 60.0
_STOP_S = 20.0


class ServiceTransport(httpx.AsyncBaseTransport):
    """Sends a request to the process of the service in its path, as the gateway does."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._ports = ports
        self._inner = httpx.AsyncHTTPTransport(verify=shared_tls(), limits=_LIMITS)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        service = request.url.path.split("/", maxsplit=2)[1]
        port = self._ports.get(service, self._ports["community"])
        request.url = request.url.copy_with(host="127.0.0.1", port=port)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


@dataclass
class ServiceProcess:
    """One service on one port; may be killed and started again."""

    name: str
    place: KeptPort
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return self.place.number

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", f"services.{self.name}.main:app"]
        with self.place.socket() as listener:
            number = listener.fileno()
            options = ["--fd", str(number), "--no-access-log", "--log-level", "warning"]
            options += ["--limit-concurrency", str(MOST_CONNECTIONS)]
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [*command, *options],
                cwd=_ROOT,
                env={**_ONE_THREAD, **os.environ, **self.environment},
                pass_fds=[number],
            )

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL)."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(timeout=_STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()

    async def wait_until_healthy(self) -> None:
        """Wait until this service answers; raises like the function of this name."""
        assert self.process is not None
        await wait_until_healthy(self.process, self.port, name=self.name)


async def wait_until_healthy(process: "subprocess.Popen[bytes]", port: int, *, name: str) -> None:
    """Wait until /ready succeeds. Raises TimeoutError; RuntimeError when the process has ended."""
    async with asyncio.timeout(_START_S), open_client(silence_s=5) as client:
        while True:
            if process.poll() is not None:
                message = f"{name} did not start; its log above says why"
                raise RuntimeError(message)
            with suppress(httpx.TransportError):
                if (await client.get(f"http://127.0.0.1:{port}/ready")).is_success:
                    return
            await asyncio.sleep(0.1)


def start_embedded(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start ``elocoop serve`` with all its data in this folder, as without any setting."""
    command = [sys.executable, "-c", "from services.cli import main; main()", "serve"]
    own_variables = {
        "PYTHONPATH": str(_ROOT),
        "DATABASE_URL": f"embedded:{folder / 'postgres'}",
        "EVENT_LOG_URL": "database:",
        "LOG_LEVEL": "WARNING",
    }
    return subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--port", str(port)],
        cwd=folder,
        env={**os.environ, **own_variables},
        stdout=sys.stderr,  # our own output may be JSON
    )


@asynccontextmanager
async def running_processes(
    settings: Settings,
    names: Sequence[str] = NAMES,
    *,
    log_ins: Mapping[str, Mapping[str, str]] = _NO_LOG_INS,
) -> AsyncIterator[Sequence[ServiceProcess]]:
    """Start them on free ports, wait until they are healthy, and stop them afterwards.

    names: of all services, or some; tokens are the community service's. log_ins: the variables of
    services that log in at servers with their own accounts.
    """
    with ExitStack() as stack:
        places = {name: stack.enter_context(closing(KeptPort())) for name in names}
        jwks_url = f"http://127.0.0.1:{places['community'].number}/community/jwks.json"
        environment = _environment(settings.model_copy(update={"auth_jwks_url": jwks_url}))
        services = [
            ServiceProcess(name, place, {**environment, **log_ins.get(name, {})})
            for name, place in places.items()
        ]
        for service in services:
            service.start()
            stack.callback(service.stop)
        for service in services:
            await service.wait_until_healthy()
        yield services


def _environment(settings: Settings) -> dict[str, str]:
    """Return the settings as environment variables for another process."""
    variables = {name.upper(): _text(value) for name, value in settings if value is not None}
    # Values that we read from files are in the variables already.
    return {f"{name}_FILE": "" for name in variables} | variables


def _text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return json.dumps(value) if isinstance(value, dict) else str(value)
