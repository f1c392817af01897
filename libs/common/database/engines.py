"""Pools of connections to PostgreSQL."""

import time
from functools import partial
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from libs.common.database.known_types import KnowingConnection

STATEMENT_TIMEOUT_S = 300.0
"""For one statement, so that an unresponsive server is a fault, not an endless wait."""

_DIALECT = "postgresql+asyncpg://"
_IDLE_S = 1.0


def open_engine(url: str, *, schema: str, pool_size: int) -> AsyncEngine:
    """Open a pool of connections under the role of the schema."""
    connect = partial(
        asyncpg.connect,
        url,
        connection_class=KnowingConnection,
        command_timeout=STATEMENT_TIMEOUT_S,
        server_settings={
            "role": schema,
            "search_path": schema,
            "timezone": "UTC",
            "application_name": f"elocoop {schema}",
            "idle_in_transaction_session_timeout": "600s",
        },
    )
    engine = create_async_engine(
        _DIALECT,
        async_creator=connect,  # unlike asyncpg, SQLAlchemy does not understand TLS in a URL
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_use_lifo=True,  # the connection that has prepared most statements
        hide_parameters=True,  # an error that is logged must not contain names or PRMs
    )
    _ask_idle_connections(engine)
    return engine


def open_bare_engine(url: str) -> AsyncEngine:
    """Open an engine under the URL's own role; each statement is committed by itself."""
    connect = partial(asyncpg.connect, url)
    return create_async_engine(_DIALECT, async_creator=connect, isolation_level="AUTOCOMMIT")


def _ask_idle_connections(engine: AsyncEngine) -> None:
    """Check that idle connections still live before they are used again.

    ``pool_pre_ping`` asks before each transaction, in three trips: a tenth of ingest's work.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def note(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info["idle_since_s"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def ask(connection: DBAPIConnection, entry: ConnectionPoolEntry, _fairy: object) -> None:
        idle_since_s = entry.info.pop("idle_since_s", None)
        if idle_since_s is None:
            return
        driver: asyncpg.Connection[Any] = connection.driver_connection
        try:
            if time.monotonic() - idle_since_s >= _IDLE_S:
                engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error
        if driver.is_closed():
            raise InvalidatePoolError
