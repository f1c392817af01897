"""``elocoop give-password``: let in somebody whom no link by e-mail can reach."""

import sys
from typing import Annotated

import typer

from libs.common.settings import Settings, get_settings
from services.cli.databases import open_database
from services.cli.ending import run
from services.community.commands.accounts.passwords import give_password as give
from services.community.domain.accounts.passwords import PasswordEasy
from services.community.domain.problems import AccountUnknown
from services.community.schemas.accounts.accounts import PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH


def give_password(
    email: Annotated[str, typer.Argument(help="The address by which the account logs in.")],
) -> None:
    """Give an account another password, read from the terminal or the standard input.

    For the machine's administrator, when staff forgot their password and no e-mail is sent. All
    sessions of the account end, and its address is notified. Others request a link, which is sent
    to their address. DATABASE_URL must name a role that may act for community.
    """
    password = _read_password()
    if not PASSWORD_MIN_LENGTH <= len(password) <= PASSWORD_MAX_LENGTH:
        typer.echo(
            f"A password has {PASSWORD_MIN_LENGTH} to {PASSWORD_MAX_LENGTH} characters.", err=True
        )
        raise typer.Exit(2)
    try:
        run(_give(get_settings(), email.lower(), password))
    except (AccountUnknown, PasswordEasy) as refusal:
        typer.echo(f"{refusal.title}.", err=True)
        raise typer.Exit(2) from refusal
    typer.echo(f"{email} logs in by the new password.")


def _read_password() -> str:
    if sys.stdin.isatty():
        password: str = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
        return password
    return sys.stdin.readline().rstrip("\n")


async def _give(settings: Settings, email: str, password: str) -> None:
    async with open_database(settings.database_url, "community") as database:
        await give(database, email, password)
