"""A moment of a database that other programs can read too, and whether a database is in use."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg


@dataclass(frozen=True)
class Snapshot:
    """A moment of a database; id: for ``pg_dump --snapshot``."""

    id: str
    _connection: asyncpg.Connection

    async def list_revisions(self, schema: str) -> list[str]:
        """Return the migrations that a service's schema is at."""
        query = f"SELECT version_num FROM {schema}.alembic_version ORDER BY 1"  # noqa: S608 - ours
        return [row["version_num"] for row in await self._connection.fetch(query)]


@asynccontextmanager
async def exported_snapshot(url: str) -> AsyncIterator[Snapshot]:
    """Yield this moment, for as long as the context lasts."""
    # It idles while others read what it holds.
    never = {"idle_in_transaction_session_timeout": "0"}
    connection = await asyncpg.connect(url, server_settings=never)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            snapshot_id = await connection.fetchval("SELECT pg_export_snapshot()")
            yield Snapshot(snapshot_id, connection)
    finally:
        await connection.close()


@dataclass(frozen=True)
class DatabaseUse:
    """is_used: somebody is connected. is_filled: there are tables in one of the schemas."""

    is_used: bool
    is_filled: bool


async def look_for_others(url: str, schemas: Sequence[str]) -> DatabaseUse:
    connection = await asyncpg.connect(url)
    try:
        is_used = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid())"
        )
        is_filled = await connection.fetchval(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = ANY ($1))", list(schemas)
        )
    finally:
        await connection.close()
    return DatabaseUse(is_used, is_filled)
