"""The databases of services, for commands that work on them directly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from libs.common.database import Database, open_server


@asynccontextmanager
async def open_database(url: str, service: str) -> AsyncIterator[Database]:
    """Yield a service's database.

    An ``embedded:`` server starts and stops with it. Commands that need several databases open the
    server first, and give its own URL, so that it starts once.
    """
    async with open_server(url) as server_url:
        database = Database(server_url, schema=service, pool_size=2)
        try:
            yield database
        finally:
            await database.close()
