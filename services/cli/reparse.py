"""``elocoop reparse``: kept files, read again by the current parsers."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

from libs.common.database import Database
from libs.common.errors import Problem
from libs.common.settings import get_settings
from services.cli.databases import open_database
from services.cli.ending import run
from services.ingest.commands.deliveries.receiving import ask_for_rereading
from services.ingest.store.deliveries.deliveries import count_waiting_to_be_reread

_ASKED_EVERY_S = 0.5


def reparse(
    deliveries: Annotated[
        list[UUID] | None, typer.Argument(help="Ids of deliveries.", metavar="DELIVERY…")
    ] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="All deliveries.")] = False,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Those received since a day, UTC.")
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Until they have been read.")] = False,
) -> None:
    """Let ingest read stored files again, and record the changes.

    For use after a parser was corrected: refused and failed deliveries get another chance, and the
    new content of a file replaces its old content. It keeps the time of its first reading as
    publication, so that a newer file's values stay. The running service reads the files, after any
    pushed meanwhile. Exit status: 0 when they were requested, 2 when there is nothing to request.
    """
    if bool(deliveries) + all_ + (since is not None) != 1:
        raise typer.BadParameter("Name deliveries, or give --all, or --since.")
    start = since and since.replace(tzinfo=UTC)
    try:
        count = run(_ask(deliveries or None, start, wait=wait))
    except Problem as refusal:
        typer.echo(refusal.detail, err=True)
        raise typer.Exit(2) from refusal
    typer.echo(f"{count} deliveries {'have been' if wait else 'will be'} read again.")


async def _ask(ids: list[UUID] | None, since: datetime | None, *, wait: bool) -> int:
    async with open_database(get_settings().database_url, "ingest") as database:
        async with database.transaction() as session:
            count = await ask_for_rereading(session, ids=ids, since=since)
        while wait and await _are_waiting(database):  # noqa: ASYNC110 - for another process
            await asyncio.sleep(_ASKED_EVERY_S)
    return count


async def _are_waiting(database: Database) -> bool:
    async with database.transaction() as session:
        return await count_waiting_to_be_reread(session) > 0
