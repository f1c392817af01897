"""``elocoop migrate``: what a deployment runs before it starts the services."""

import typer

from libs.common.database import migrations, open_server
from libs.common.database.roles import bring_roles_up_to_date
from libs.common.eventlog.open import prepare_event_log
from libs.common.events.topics import ALL_TOPICS
from libs.common.settings import Settings, get_settings
from services.cli.databases import open_database
from services.cli.ending import run
from services.cli.loading import load_services


def migrate() -> None:
    """Bring every schema up to date, create missing topics, and grant the rights on them.

    Safe to run at any time and as often as you like. DATABASE_URL must name a role that may act
    for the four services. A superuser also brings their roles and the audit log up to date; for
    another role, run deploy/postgres.sql first. KAFKA_USER must name an administrator.
    """
    run(_migrate())


async def _migrate() -> None:
    settings = get_settings()
    async with open_server(settings.database_url) as url:
        if not await bring_roles_up_to_date(url):
            typer.echo("roles and audit log: left as they are, which only a superuser may change")
        await bring_up_to_date(settings, url)


async def bring_up_to_date(settings: Settings, url: str) -> None:
    """Migrate the schemas of all services, and prepare the event log; say so."""
    services = load_services()
    for service in services:
        async with open_database(url, service.name) as database:
            await migrations.migrate(database, service.histories)
        typer.echo(f"{service.name}: schema up to date")
    await prepare_event_log(
        settings, database_url=url, rights=[service.rights for service in services]
    )
    typer.echo(f"event log: {len(ALL_TOPICS)} topics")
