"""``elocoop replay``: parked events, listed and tried again."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from libs.common import messaging
from libs.common.app import Service
from libs.common.database import Database, open_server
from libs.common.settings import get_settings
from services.cli.databases import open_database
from services.cli.ending import run
from services.cli.exit_statuses import exit_by_what_waits
from services.cli.loading import load_services


def replay(
    show: Annotated[
        bool, typer.Option("--list", help="Only list them, with their errors.")
    ] = False,
) -> None:
    """Hand every parked event to its handler again, oldest first.

    An event is parked when its handler failed three times, or when it cannot be read; /health and
    the metrics count them. Remove the cause first. Exit status: 0 when nothing is parked (any
    more), 3 when something is; 1 is a failure.
    """
    exit_by_what_waits(run(_replay(only_list=show)))


async def _replay(*, only_list: bool) -> int:
    parked_count = 0
    async with open_server(get_settings().database_url) as url:
        for service in load_services():
            async with open_database(url, service.name) as database:
                parked_count += await (_list if only_list else _replay_one)(service, database)
    return parked_count


async def _replay_one(service: Service, database: Database) -> int:
    replayed, parked = await messaging.replay(database, service.handlers)
    typer.echo(f"{service.name}: {replayed} replayed, {parked} still parked")
    return parked


async def _list(service: Service, database: Database) -> int:
    async with database.transaction() as session:
        rows = await messaging.list_parked(session)
    table = Table("Parked since", "Type", "Key", "Attempts", "Error", title=service.name)
    for row in rows:
        table.add_row(
            f"{row.parked_at:%Y-%m-%d %H:%M}", row.type, row.key, str(row.attempts), row.error
        )
    Console().print(table if rows else f"{service.name}: nothing is parked")
    return len(rows)
