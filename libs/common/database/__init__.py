"""One PostgreSQL, a role and a schema per service: sessions, rings and bulk loading."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
from sqlalchemy import (
    Connection,
    Executable,
    event,
    inspect,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.pool import QueuePool

from libs.common.clock import Clock
from libs.common.database.bells import Bells, Work
from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.database.engines import STATEMENT_TIMEOUT_S, open_engine
from libs.common.encryption.locked_text import give_keys
from libs.common.encryption.secret_keys import SecretKeys

# At the connection, during COPY: a look takes 40 ns, all else 100 ns for a row of two integers.
_ROWS_BETWEEN_LOOKS = 100

_Row = TypeVar("_Row")


@asynccontextmanager
async def open_server(url: str) -> AsyncIterator[str]:
    """Yield a postgresql:// URL; ``embedded:FOLDER`` starts a server there and stops it after."""
    if not url.startswith("embedded:"):
        yield url
        return
    server = EmbeddedPostgres(Path(url.removeprefix("embedded:")))
    await asyncio.to_thread(server.start)
    try:
        yield server.url
    finally:
        await asyncio.to_thread(server.stop)


class Database:
    """One service's schema, reached under the role of the same name.

    clock: the time in the transactions (libs/common/clock.py). keys: those of its locked columns
    (libs/common/encryption/locked_text.py).
    """

    def __init__(
        self,
        url: str,
        *,
        schema: str,
        pool_size: int,
        clock: Clock | None = None,
        keys: SecretKeys | None = None,
    ) -> None:
        self.schema = schema
        self.clock = clock or Clock()
        self.engine = open_engine(url, schema=schema, pool_size=pool_size)
        give_keys(self.engine, keys)
        self.most_connections = 2 * pool_size  # with those that open_engine lets overflow
        self.bells = Bells(url, schema=schema)
        self._turns = asyncio.Semaphore(pool_size // 2)
        self._sessions = async_sessionmaker(
            self.engine,
            expire_on_commit=False,
            sync_session_class=_RingingSession,
            info={"bells": self.bells, "clock": self.clock},
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One session, one transaction: committed at the end, undone by any exception."""
        async with self._sessions.begin() as session:
            yield session

    @asynccontextmanager
    async def transaction_in_turn(self) -> AsyncIterator[AsyncSession]:
        """One for callers who are not authenticated yet: they share a quarter of the connections.

        However many come, and wait for each other's locks, everybody else finds a connection.
        """
        async with self._turns, self.transaction() as session:
            yield session

    async def vacuum(self) -> None:
        """Tidy this service's tables now, as the server does by itself some time after a load."""
        async with self.engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in await connection.run_sync(
                lambda sync_connection: inspect(sync_connection).get_table_names()
            ):
                await alone.execute(text(f'VACUUM (ANALYZE) "{table}"'))

    async def backend_pid(self) -> int:
        """Return the process id of the server behind one of our connections."""
        async with self.engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            pid: int = driver.get_server_pid()
            return pid

    @property
    def connections_in_use(self) -> int:
        pool = self.engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout()

    async def close(self) -> None:
        await self.engine.dispose()


def ring_after_commit(session: AsyncSession, work: Work = Work.OTHER) -> None:
    """Wake the service's rounds for this work, in all its processes, once this is committed."""
    session.info.setdefault("works", set()).add(work)


def begin_with(session: AsyncSession, statement: Executable) -> None:
    """Run it before the first statement of the transaction, if there ever is one.

    Until then the session holds no connection: it may wait for a body that comes slowly.
    """
    session.info["begins_with"] = statement


async def begin_snapshot(session: AsyncSession) -> None:
    """Make the transaction read everything as of one instant; call it before anything else."""
    await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


class _RingingSession(Session):
    """Rings the bells of its database on a commit that leaves work."""


@event.listens_for(_RingingSession, "after_begin")
def _begin(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    if (statement := session.info.pop("begins_with", None)) is not None:
        connection.execute(statement)


# SQLAlchemy calls the end of a savepoint a commit too, but nobody can see its changes yet.
# Only transactions that leave work ring: otherwise a round's own commits would wake the others, and
# theirs this one, endlessly.


@event.listens_for(_RingingSession, "before_commit")
def _ring_elsewhere(session: Session) -> None:
    works = session.info.get("works")
    if works and not session.in_nested_transaction():
        bells: Bells = session.info["bells"]
        ring = text("SELECT pg_notify(:channel, :message)")
        session.execute(ring, {"channel": bells.channel, "message": bells.message(sorted(works))})


@event.listens_for(_RingingSession, "after_commit")
def _ring_here(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop("now", None)
    if works := session.info.pop("works", ()):
        bells: Bells = session.info["bells"]
        bells.ring(works)


async def lock_names(session: AsyncSession, kind: str, names: Iterable[str | UUID]) -> None:
    """Lock these names exclusively until the end of the transaction; waits, in their order.

    kind: what they name, unique in the database, as all services share one.
    """
    lock = text("""
        SELECT pg_advisory_xact_lock(hashtext(:kind), hashtext(name))
        FROM unnest(CAST(:names AS text[])) AS name
    """)
    if sorted_names := sorted({str(name) for name in names}):
        await session.execute(lock, {"kind": kind, "names": sorted_names})


async def copy_rows(
    session: AsyncSession,
    table: str,
    *,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    timeout_s: float = STATEMENT_TIMEOUT_S,
) -> None:
    """Append rows with COPY, in the session's transaction; ten times faster than INSERT.

    Raises OSError when the connection is lost or the time is over.
    """
    driver = await _driver_in_transaction(session)
    async with _until_lost(driver, timeout_s):
        records = _while_connected(driver, rows)
        await driver.copy_records_to_table(table, columns=list(columns), records=records)


async def copy_csv(
    session: AsyncSession,
    table: str,
    *,
    columns: Sequence[str],
    csv: bytes,
    timeout_s: float = STATEMENT_TIMEOUT_S,
) -> None:
    """Like ``copy_rows``, for rows already in CSV without a header; empty is NULL."""
    driver = await _driver_in_transaction(session)
    async with _until_lost(driver, timeout_s):
        await driver.copy_to_table(table, source=BytesIO(csv), columns=list(columns), format="csv")


async def _driver_in_transaction(session: AsyncSession) -> "asyncpg.Connection[Any]":
    connection = await (await session.connection()).get_raw_connection()
    driver: asyncpg.Connection[Any] | None = connection.driver_connection
    assert driver is not None
    if not driver.is_in_transaction():
        # SQLAlchemy begins with its first statement; without one, COPY would commit by itself.
        await session.execute(text("SELECT 1"))
    return driver


def _while_connected(driver: "asyncpg.Connection[Any]", rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield the rows; raise ConnectionResetError soon after a write to the connection has failed.

    Later writes to it do nothing and return at once. So asyncpg would go through all rows without
    yielding to the event loop, and nothing that waits there, neither a timeout nor the news of the
    loss, could end it.
    """
    # Inside the driver: its own attributes come from the event loop.
    transport: asyncio.Transport = driver._transport  # type: ignore[attr-defined] # noqa: SLF001
    remaining_rows = iter(rows)

    def parts() -> Iterator[Iterable[_Row]]:
        for row in remaining_rows:
            if transport.is_closing():
                raise ConnectionResetError("the connection was lost during COPY")
            yield (row,)
            yield islice(remaining_rows, _ROWS_BETWEEN_LOOKS)

    return chain.from_iterable(parts())


@asynccontextmanager
async def _until_lost(driver: "asyncpg.Connection[Any]", timeout_s: float) -> AsyncIterator[None]:
    """End the block when the connection is lost; asyncpg's COPY would wait for ever.

    It waits for room in a send buffer that nobody empties any more, and its own timeout does not
    end that wait.
    """
    limit = asyncio.timeout(timeout_s)

    def end(_driver: object) -> None:
        limit.reschedule(0)

    driver.add_termination_listener(end)
    try:
        async with limit:
            yield
    except (asyncpg.InterfaceError, asyncpg.PostgresError, AttributeError) as error:
        # AttributeError: interrupted, asyncpg writes its goodbye to a transport that is gone.
        if driver.is_closed():
            raise ConnectionResetError("the connection was lost during COPY") from error
        raise
    finally:
        driver.remove_termination_listener(end)
