"""Runs an application on a port of this machine, inside the current event loop."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
import uvicorn
from pydantic import SecretStr
from starlette.types import ASGIApp

from libs.common.ports import bound_socket, port_of
from libs.common.secret_keys import new_secret_key
from libs.common.settings import Settings, get_settings

DATA = Path("data")
_FIRST_PASSWORD = "operator-password"  # noqa: S105 - the name of its file
_SECRET_KEYS = "secret-keys"  # noqa: S105 - idem
MOST_CONNECTIONS = 1000
"""Of a process, with those that are idle: each may hold 64 KiB. More are 503, by uvicorn itself."""

Port: TypeAlias = Annotated[
    int, typer.Option(min=0, max=65_535, help="Where to listen, on 127.0.0.1; 0 is any.")
]


class NotStarted(Exception):  # noqa: N818 - read by people as a sentence
    """The application ended before it listened."""


@asynccontextmanager
async def running(
    app: ASGIApp, listener: socket.socket | None = None, *, forwarded_allow_ips: str = ""
) -> AsyncIterator[int]:
    """Serve for as long as the context lasts, and yield the port. The caller's loop keeps Ctrl-C.

    listener: a bound socket, which is closed at the end; a free port of this machine without.
    forwarded_allow_ips: proxies whose X-Forwarded-For is believed, with commas; none by default,
    as whoever may send it is any address they like.
    """
    with listener or bound_socket() as listening:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
            limit_concurrency=MOST_CONNECTIONS,
            proxy_headers=bool(forwarded_allow_ips),
            forwarded_allow_ips=forwarded_allow_ips,
        )
        server = uvicorn.Server(config)
        server.capture_signals = nullcontext  # type: ignore[assignment] # ours, not uvicorn's
        task = asyncio.create_task(server.serve([listening]))
        try:
            while not server.started:
                if task.done():
                    await task
                    raise NotStarted("The platform did not start: the log above says why.")
                await asyncio.sleep(0.02)
            yield port_of(listening)
        finally:
            server.should_exit = True
            await task


def local_settings(*, port: int, log_level: str | None = None) -> Settings:
    """The process's settings; what is not set suits a platform on this port of this machine."""
    settings = get_settings()
    missing: dict[str, object] = {
        "public_url": f"http://127.0.0.1:{port}",
        "log_format": "console",
        "operator_password": _first_password(settings),
        "first_password_file": str(DATA / _FIRST_PASSWORD),
        "secret_keys": SecretStr(kept_secret(_SECRET_KEYS, new_secret_key)),
    }
    changes = {
        name: value for name, value in missing.items() if name not in settings.model_fields_set
    }
    if log_level:
        changes["log_level"] = log_level
    return settings.model_copy(update=changes)


def _first_password(settings: Settings) -> SecretStr | None:
    """Where a platform has run whose file has gone it was changed, so no other one is made.

    It has run where there are keys of secrets, which are made after this. A database alone says
    nothing: ``elocoop bench`` and ``migrate`` make one without anybody in it.
    """
    if "operator_password" in settings.model_fields_set:
        return None
    if (DATA / _FIRST_PASSWORD).exists() or not (DATA / _SECRET_KEYS).exists():
        return SecretStr(kept_secret(_FIRST_PASSWORD))
    return None


def settings_of_folder() -> Settings:
    """The process's settings, with the key of secrets that ``elocoop serve`` keeps in this folder.

    Of a folder where it was never run there is none, and none is made.
    """
    settings, kept = get_settings(), DATA / _SECRET_KEYS
    if "secret_keys" in settings.model_fields_set or not kept.exists():
        return settings
    return settings.model_copy(update={"secret_keys": SecretStr(kept.read_text())})


def new_password() -> str:
    return secrets.token_urlsafe(12)


def kept_secret(name: str, make: Callable[[], str] = new_password) -> str:
    """A random secret that this folder keeps in ``data/NAME``, made when it is not there."""
    path = DATA / name
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


def take_port(port: int) -> socket.socket:
    """Return a socket at the port, at any free one for 0; exit with a sentence when it is taken."""
    try:
        return bound_socket(port)
    except PermissionError as error:
        typer.echo(f"Port {port} needs rights that you do not have: use --port.", err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"Port {port} is taken: stop what runs there, or use --port.", err=True)
        raise typer.Exit(2) from error
