"""``elocoop serve``: the platform, or some services of it, in one process."""

import asyncio
import signal
import socket
from typing import Annotated

import typer

from libs.common.ports import port_of
from libs.common.settings import get_settings
from services.cli.ending import run
from services.cli.loading import load_app
from services.cli.processes import NAMES
from services.cli.running import NotStarted, Port, local_settings, running, take_port


def serve(
    services: Annotated[
        list[str] | None,
        typer.Argument(help="ingest, allocation, billing, community; all when none is named."),
    ] = None,
    port: Port = 8000,
) -> None:
    """Run the platform until Ctrl-C.

    Without settings everything is embedded: PostgreSQL and the event log live under data/. The
    first log-in is operator@example.org with the password in data/operator-password, a file that
    goes once that password is changed.
    DATABASE_URL, EVENT_LOG_URL and the other settings: docs/run/operations-guide.md.
    """
    chosen = _chosen(services or [])
    _check_that_tokens_can_be_verified(chosen)
    listener = take_port(port)
    typer.echo(
        f"Starting {', '.join(chosen)}. The first start creates the database. Press Ctrl-C to stop."
    )
    try:
        run(_serve(chosen, listener))
    except NotStarted as failure:
        typer.echo(str(failure), err=True)
        raise typer.Exit(1) from failure


def _chosen(names: list[str]) -> list[str]:
    for name in names:
        if name not in NAMES:
            typer.echo(f"No service is called {name}: choose among {', '.join(NAMES)}.", err=True)
            raise typer.Exit(2)
    # Each once, in their fixed order, whatever the order of the arguments.
    return [name for name in NAMES if name in names] or list(NAMES)


def _check_that_tokens_can_be_verified(names: list[str]) -> None:
    issuer_settings = get_settings().model_fields_set & {
        "public_url",
        "auth_issuer",
        "auth_jwks_url",
    }
    if "community" not in names and not issuer_settings:
        typer.echo(
            "Tokens come from the community service: serve it too, or set AUTH_JWKS_URL and "
            "PUBLIC_URL to where it is.",
            err=True,
        )
        raise typer.Exit(2)


async def _serve(names: list[str], listener: socket.socket) -> None:
    settings = local_settings(port=port_of(listener))
    app = load_app(names, settings)
    proxies = settings.forwarded_allow_ips
    async with running(app, listener, forwarded_allow_ips=proxies):
        typer.echo(f"Elocoop ({', '.join(names)}) on {settings.public_url}/docs; Ctrl-C stops it.")
        await until_interrupted()


async def until_interrupted() -> None:
    """Return on Ctrl-C or SIGTERM."""
    interrupted = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, interrupted.set)
    await interrupted.wait()
