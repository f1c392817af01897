"""``elocoop today``: what waits for a person, in all four services."""

from collections.abc import Sequence
from importlib import import_module

import typer

from libs.common.database import open_server
from libs.common.edge.today_routes import list_today
from libs.common.settings import get_settings
from libs.common.waiting import Waiting
from services.cli.databases import open_database
from services.cli.ending import run
from services.cli.exit_statuses import exit_by_what_waits
from services.cli.processes import NAMES


def today() -> None:
    """List what waits for a person: how much of each kind, the first few, and how to go on.

    Deadlines and late months, files that failed, quarantine, e-mails that wait or did not arrive,
    documents that were not delivered, parked events. Staff see the same by `GET /SERVICE/today` of
    each service. Exit status: 0 when nothing waits, 3 when something does; 1 is a failure.
    """
    count = run(_today())
    if not count:
        typer.echo("Nothing waits.")
    exit_by_what_waits(count)


async def _today() -> int:
    """Show what waits, service by service; return how much that is."""
    count = 0
    async with open_server(get_settings().database_url) as url:
        for service in NAMES:
            kinds = await _list_waiting(service, url)
            for waiting in kinds:
                _show(service, waiting)
            count += sum(waiting.count for waiting in kinds)
    return count


async def _list_waiting(service: str, url: str) -> Sequence[Waiting]:
    list_waiting = import_module(f"services.{service}.commands.today").list_waiting
    async with open_database(url, service) as database, database.transaction() as session:
        return await list_today(session, service, list_waiting)


def _show(service: str, waiting: Waiting) -> None:
    typer.echo(f"{waiting.count:>6}  {service} {waiting.kind}: {waiting.todo}")
    for name in waiting.first:
        typer.echo(f"        - {name}")
    typer.echo(f"        → {waiting.next}")
