"""Pools of connections to PostgreSQL."""

import asyncio
import time
from functools import partial
from typing import Any

import asyncpg
import structlog
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from libs.common.database.known_types import KnowingConnection

STATEMENT_TIMEOUT_S = 300.0
"""For one statement, so that an unresponsive server is a fault, not an endless wait."""

_CONNECT_TIMEOUT_S = 10.0
_PAUSE_S = 1.0
_LETS_NOBODY_IN = (
    asyncpg.TooManyConnectionsError,
    asyncpg.InvalidAuthorizationSpecificationError,  # its own message says more than we know
    asyncpg.InvalidCatalogNameError,
)
_DIALECT = "postgresql+asyncpg://"
_IDLE_S = 1.0

_log = structlog.get_logger(__name__)


def open_engine(url: str, *, schema: str, pool_size: int) -> AsyncEngine:
    """Open a pool of connections under the role of the schema."""
    connect = partial(
        _connect,
        url,
        connection_class=KnowingConnection,
        timeout=_CONNECT_TIMEOUT_S,
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


async def _connect(url: str, **options: Any) -> "asyncpg.Connection[Any]":  # noqa: ANN401 - its own
    """Raises ConnectionError when nobody is there; asyncpg says of a socket that no file is."""
    try:
        connection: asyncpg.Connection[Any] = await asyncpg.connect(url, **options)
    except FileNotFoundError as error:
        message = "the database is away"
        raise ConnectionRefusedError(message) from error
    return connection


def open_bare_engine(url: str) -> AsyncEngine:
    """Open an engine under the URL's own role; each statement is committed by itself."""
    connect = partial(asyncpg.connect, url)
    return create_async_engine(_DIALECT, async_creator=connect, isolation_level="AUTOCOMMIT")


async def ask_server(url: str) -> None:
    """Return when the server answers a connection of its own; that it lets nobody in is an answer.

    Raises OSError when nobody is there, PostgresError while the server starts, stops or cannot
    work.
    """
    try:
        connection = await asyncpg.connect(url, timeout=_CONNECT_TIMEOUT_S)
    except _LETS_NOBODY_IN:
        return
    await connection.close()


async def wait_for_server(url: str) -> None:
    """Return when the server answers; a process may start before the machine that it needs."""
    while True:
        try:
            await ask_server(url)
        except (OSError, asyncpg.PostgresError) as error:
            _log.warning("waits for the database", error=type(error).__name__)
            await asyncio.sleep(_PAUSE_S)
        else:
            return


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
