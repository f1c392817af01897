"""A private database and a private part of the event log, for benchmarks and tests."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url, text

from libs.common.database.engines import open_bare_engine
from libs.common.database.roles import bring_roles_up_to_date


@asynccontextmanager
async def scratch_database(server_url: str, *, template: str = "") -> AsyncIterator[str]:
    """Create an empty database with the services' schemas, yield its URL, and drop it after.

    The URL's role must be allowed to create databases and roles. template: the name of a database
    to copy instead, to which nobody is connected.
    """
    name = f"elocoop_scratch_{secrets.token_hex(4)}"
    engine = open_bare_engine(server_url)
    scratch_url = url_of_database(server_url, name)
    try:
        async with engine.connect() as connection:
            # File by file: through the server's buffers and its log it takes three times as long.
            copied = f" TEMPLATE {template} STRATEGY FILE_COPY" if template else ""
            await connection.execute(text(f"CREATE DATABASE {name}{copied}"))
        try:
            if not template:
                await bring_roles_up_to_date(scratch_url)
            yield scratch_url
        finally:
            async with engine.connect() as connection:
                await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        await engine.dispose()


def url_of_database(server_url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def scratch_event_log_url(event_log_url: str, database_url: str) -> str:
    """Return a private part of the log: on Kafka, a prefix like the database's name."""
    if not event_log_url.startswith("kafka://"):
        return event_log_url
    servers = event_log_url.removeprefix("kafka://").partition("/")[0]
    return f"kafka://{servers}/{make_url(database_url).database}"


async def count_transactions(database_url: str) -> int:
    """Return the count since the database was created; the server learns of each within seconds."""
    engine = open_bare_engine(database_url)
    try:
        async with engine.connect() as connection:
            counted = text("""
                SELECT xact_commit + xact_rollback FROM pg_stat_database
                WHERE datname = current_database()
            """)
            count: int = (await connection.execute(counted)).scalar_one()
            return count
    finally:
        await engine.dispose()
