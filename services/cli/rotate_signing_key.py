"""``elocoop rotate-signing-key``: another key signs the tokens from now on."""

import asyncio
from datetime import datetime, timedelta

import typer

from libs.common.settings import Settings
from services.cli.databases import open_database
from services.cli.ending import run
from services.cli.running import settings_of_folder
from services.community.commands.accounts.signing_keys import (
    SHOWN_BEFORE,
    KeysOfAnother,
    remaining_life,
    rotate,
)


def rotate_signing_key() -> None:
    """Have another key sign the tokens; nobody is logged out.

    For use when the key may be known to others, or once a year. The services may run. The former
    key stays valid until the last token that it signed has expired; community then deletes it.
    DATABASE_URL must name a role that may act for community, and SECRET_KEYS must be those of
    community.
    """
    settings = settings_of_folder()
    try:
        kid, made_at = run(_rotate(settings))
    except KeysOfAnother as refusal:
        typer.echo(
            "Nothing was changed: community keeps its signing key under other SECRET_KEYS than"
            " these, or was not started since they were set. Give this command what community has.",
            err=True,
        )
        raise typer.Exit(2) from refusal
    life = timedelta(minutes=settings.auth_token_minutes)
    typer.echo(
        f"Key {kid} signs from now on. The former one is good until"
        f" {made_at + remaining_life(life):%H:%M} UTC, then community deletes it."
    )
    if settings.account_keys is None:
        typer.echo(
            "SECRET_KEYS is empty: the key is in the database as it is, so whoever reads that, or a"
            " backup, can sign tokens. Set SECRET_KEYS, start community, run this command again."
        )


async def _rotate(settings: Settings) -> tuple[str, datetime]:
    """Return the key's name, and when it was created; returns once it signs."""
    async with (
        open_database(settings.database_url, "community") as database,
        database.transaction() as session,
    ):
        key = await rotate(session, settings.account_keys)
        made_at = database.clock.now()
    typer.echo(f"The new key is public; it signs in {SHOWN_BEFORE.seconds} seconds.")
    await asyncio.sleep(SHOWN_BEFORE.total_seconds())
    return str(key["kid"]), made_at
