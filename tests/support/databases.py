"""The databases of a run: one server, and copies of one database that is migrated once.

All processes of a run share both: pytest's own, and its workers.
"""

import asyncio
import fcntl
import os
import secrets
import shutil
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import make_url, text

from libs.common.clock import Clock
from libs.common.database import Database
from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.database.engines import open_bare_engine
from libs.common.database.migrations import migrate
from libs.common.database.roles import bring_roles_up_to_date
from libs.common.database.scratch import scratch_database, url_of_database
from libs.common.encryption.secret_keys import SecretKeys
from libs.common.eventlog.postgres import migrate_postgres_event_log
from tests.support.places import place_of_servers

_MAX_CONNECTIONS = 150 * (os.cpu_count() or 1)
_AT_ONCE = 20
"""Transactions of one test; each has a connection of its own."""

_names: set[str] = set()
_opened: defaultdict[str, dict[tuple[str, Clock], Database]] = defaultdict(dict)

# Workers inherit the environment of the process that starts them.
_FOLDER = Path(
    os.environ.setdefault(
        "ELOCOOP_TEST_SERVER", str(place_of_servers() / f"elocoop-test-{secrets.token_hex(4)}")
    )
)
_TEMPLATE = _FOLDER.name.replace("-", "_")


@contextmanager
def database_server() -> Iterator[str]:
    """Yield the URL of the server of DATABASE_URL, else of an embedded one of this run."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgresql://"):
        yield url
        return
    # Each process of the run has a platform of four services, and some services alone.
    server = EmbeddedPostgres(_FOLDER, durable=False, max_connections=_MAX_CONNECTIONS)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


@asynccontextmanager
async def migrated_database(server_url: str) -> AsyncIterator[str]:
    """A database with the schemas of all services and of the event log, without a row of theirs."""
    async with scratch_database(server_url, template=await _template(server_url)) as url:
        name = make_url(url).database or ""
        _names.add(name)
        try:
            yield url
        finally:
            _names.discard(name)
            for database in _opened.pop(url, {}).values():
                await database.close()


def names_of_databases() -> frozenset[str]:
    """Those that tests of this process use now."""
    return frozenset(_names)


def opened_database(url: str, schema: str, clock: Clock, keys: SecretKeys | None) -> Database:
    """The same for all tests on a migrated database, which closes it at its end.

    To connect and to prepare statements anew takes longer than most of what tests ask.
    """
    opened = _opened[url]
    if (schema, clock) not in opened:
        opened[schema, clock] = Database(
            url, schema=schema, pool_size=_AT_ONCE, clock=clock, keys=keys
        )
    return opened[schema, clock]


async def _template(server_url: str) -> str:
    """The name of the database that is copied; whoever needs it first makes it."""
    _FOLDER.parent.mkdir(exist_ok=True)
    with _FOLDER.with_name(f"{_FOLDER.name}.template").open("a") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        if not os.fstat(lock.fileno()).st_size:
            await _make_template(server_url)
            lock.write("made")
    return _TEMPLATE


async def _make_template(server_url: str) -> None:
    from services.main import SERVICES  # noqa: PLC0415 - only this database needs them all

    await _execute(server_url, f"CREATE DATABASE {_TEMPLATE}")
    url = url_of_database(server_url, _TEMPLATE)
    await bring_roles_up_to_date(url)
    await migrate_postgres_event_log(url)
    for service in SERVICES:
        database = Database(url, schema=service.name, pool_size=1)
        await migrate(database, service.histories)
        await database.close()


def forget_databases() -> None:
    """At the end of the run, by the process that began it."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgresql://"):
        asyncio.run(_execute(url, f"DROP DATABASE IF EXISTS {_TEMPLATE} WITH (FORCE)"))
    shutil.rmtree(_FOLDER, ignore_errors=True)
    for name in ("lock", "users", "template"):
        _FOLDER.with_name(f"{_FOLDER.name}.{name}").unlink(missing_ok=True)


async def _execute(url: str, statement: str) -> None:
    engine = open_bare_engine(url)
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
