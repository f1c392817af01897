"""A database of its own for a benchmark, on the server that holds the real one."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from libs.common.embedded_postgres import run_roles_sql


@asynccontextmanager
async def scratch_database(server_url: str) -> AsyncIterator[str]:
    """Create an empty database with the services' schemas, yield its URL, and drop it after.

    The URL's role must be allowed to create databases and roles.
    """
    name = f"elocoop_scratch_{secrets.token_hex(4)}"
    url = make_url(server_url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"CREATE DATABASE {name}"))
        scratch = url.set(drivername="postgresql", database=name)
        scratch_url = scratch.render_as_string(hide_password=False)
        run_roles_sql(scratch_url)
        yield scratch_url
        async with engine.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        await engine.dispose()
