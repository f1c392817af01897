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

from libs.common.encryption.secret_keys import new_secret_key
from libs.common.ports import bound_socket, port_of
from libs.common.settings import Settings, get_settings

DATA = Path("data")
_FIRST_PASSWORD = "operator-password"  # noqa: S105 - the name of its file
_SECRET_KEYS = "secret-keys"  # noqa: S105 - the name of its file
MOST_CONNECTIONS = 1000
"""Per process, idle ones included: each may hold 64 KiB. uvicorn answers more with 503."""

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

    listener: a bound socket, which is closed at the end; by default a free port of this machine.
    forwarded_allow_ips: proxies whose X-Forwarded-For is trusted, separated by commas; none by
    default, because its sender could claim any address.
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
    """Return the process's settings; unset ones get values for a platform on this port."""
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
    """Return the first password; none if a platform has run here and its file has gone.

    The password was changed then. It has run here if there are keys of secrets, which are created
    later. A database alone proves nothing: ``elocoop bench`` and ``migrate`` create one without
    anybody in it.
    """
    if "operator_password" in settings.model_fields_set:
        return None
    if (DATA / _FIRST_PASSWORD).exists() or not (DATA / _SECRET_KEYS).exists():
        return SecretStr(kept_secret(_FIRST_PASSWORD))
    return None


def settings_of_folder() -> Settings:
    """Return the process's settings, with the key of secrets of ``elocoop serve`` in this folder.

    In a folder where it never ran there is none, and none is created.
    """
    settings, key_file = get_settings(), DATA / _SECRET_KEYS
    if "secret_keys" in settings.model_fields_set or not key_file.exists():
        return settings
    return settings.model_copy(update={"secret_keys": SecretStr(key_file.read_text())})


def new_password() -> str:
    return secrets.token_urlsafe(12)


def kept_secret(name: str, make: Callable[[], str] = new_password) -> str:
    """Return a random secret that this folder keeps in ``data/NAME``, created if missing."""
    path = DATA / name
    if not path.exists():
        DATA.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()


def take_port(port: int) -> socket.socket:
    """Return a socket at the port, any free one for 0; exit with a sentence when it is in use."""
    try:
        return bound_socket(port)
    except PermissionError as error:
        typer.echo(f"Port {port} needs rights that you do not have: use --port.", err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"Port {port} is taken: stop what runs there, or use --port.", err=True)
        raise typer.Exit(2) from error
