"""PostgreSQL over TLS as DATABASE_URL says: all who use that URL, on a real server (M9)."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from libs.common.database import Database, copy_rows
from libs.common.database.bells import Bells
from libs.common.database.roles import bring_roles_up_to_date
from libs.common.eventlog.postgres import migrate_postgres_event_log, open_postgres_event_log
from libs.common.settings import Settings
from tests.support.certificates import new_authority
from tests.support.eventlog import read, records, values
from tests.support.places import new_place
from tests.support.tls_postgres import TlsPostgres, tls_postgres
from tests.support.waiting import patience

_VERIFYING = "?sslmode=verify-full&sslrootcert=ca.crt"


@pytest.fixture(scope="module")
def server() -> Iterator[TlsPostgres]:
    """Whoever comes without TLS is turned away."""
    with tls_postgres() as server:
        asyncio.run(bring_roles_up_to_date(server.verifying()))
        yield server


async def _pool(url: str) -> None:
    database = Database(url, schema="ingest", pool_size=1)
    try:
        async with database.transaction() as session:
            await session.execute(text("CREATE TEMPORARY TABLE copied (number int)"))
            await copy_rows(session, "copied", columns=["number"], rows=[(1,), (2,)])
            assert await session.scalar(text("SELECT sum(number) FROM copied")) == 3
    finally:
        await database.close()


async def _bells(url: str) -> None:
    bells = Bells(url, schema="ingest")
    listening = asyncio.create_task(bells.listen(lambda: None))
    heard = asyncio.create_task(bells.listening.wait())
    done, rest = await asyncio.wait({listening, heard}, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    for task in done:
        await task


async def _event_log(url: str) -> None:
    await migrate_postgres_event_log(url)
    async with open_postgres_event_log(url, partitions=1) as log:
        await log.create_topics(["tls"])
        await log.append(records("tls", count=2))
        async with log.subscribe(group="tls", topics=["tls"]) as subscription:
            assert values(await read(subscription, 2)) == [0, 1]


async def _roles(url: str) -> None:
    assert await bring_roles_up_to_date(url)


@pytest.fixture(params=[_pool, _bells, _event_log, _roles])
def use(request: pytest.FixtureRequest) -> Callable[[str], Awaitable[None]]:
    """One way in which the platform uses the URL."""
    way: Callable[[str], Awaitable[None]] = request.param
    return way


async def test_who_checks_the_certificate_is_let_in(
    server: TlsPostgres, use: Callable[[str], Awaitable[None]]
) -> None:
    await use(server.verifying())


async def test_who_asks_for_no_tls_is_turned_away(
    server: TlsPostgres, use: Callable[[str], Awaitable[None]]
) -> None:
    with pytest.raises((asyncpg.PostgresError, DBAPIError), match="no encryption"):
        await use(server.url(sslmode="disable"))


async def test_a_certificate_of_another_authority_is_refused(
    server: TlsPostgres, use: Callable[[str], Awaitable[None]]
) -> None:
    with new_place() as folder:
        other = new_authority(folder).certificate
        with pytest.raises(ssl.SSLCertVerificationError):
            await use(server.url(sslmode="verify-full", sslrootcert=str(other)))


async def test_a_certificate_of_another_name_is_refused(
    server: TlsPostgres, use: Callable[[str], Awaitable[None]]
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await use(server.verifying(host="localhost"))


async def test_nothing_is_said_to_who_answers_that_there_is_no_tls(
    server: TlsPostgres, use: Callable[[str], Awaitable[None]]
) -> None:
    async with _without_tls() as (port, said):
        with pytest.raises(ConnectionError):
            await use(server.verifying(port=port))
        async with patience("the end of what is said"):
            assert await said.get() == b""


@asynccontextmanager
async def _without_tls() -> AsyncIterator[tuple[int, asyncio.Queue[bytes]]]:
    """Somebody between us and the server, who has none: its port, and what we said after that."""
    said: asyncio.Queue[bytes] = asyncio.Queue()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)  # whether there is TLS
        writer.write(b"N")
        await said.put(await reader.read())
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as between:
        yield between.sockets[0].getsockname()[1], said


@pytest.mark.parametrize(
    "place",
    [
        f"db.example.org/elocoop{_VERIFYING}",
        "db.example.org/elocoop?sslmode=verify-ca&sslrootcert=ca.crt",
        "postgres/elocoop?sslmode=disable",
        "127.0.0.1:5433/elocoop",
        "[::1]/elocoop",
        "localhost/elocoop",
        "/elocoop?host=/run/postgresql",
        "/elocoop",
    ],
)
def test_a_server_elsewhere_is_checked_or_said_to_be_on_a_network_of_ones_own(place: str) -> None:
    url = Settings(database_url=f"postgresql://ingest:a/b+c=@{place}").database_url

    assert url.startswith("postgresql://ingest:a%2Fb+c%3D@")


@pytest.mark.parametrize(
    "place",
    [
        "db.example.org/elocoop",
        "10.0.0.7/elocoop",
        "db.example.org/elocoop?sslmode=require",
        "db.example.org/elocoop?sslmode=prefer",
        f"db.example.org/elocoop{_VERIFYING}&sslmode=allow",
        "/elocoop?host=db.example.org",
        "/elocoop?host=/run/postgresql&host=db.example.org",
        "localhost.example.org/elocoop",
    ],
)
def test_a_server_elsewhere_that_nobody_checks_stops_the_start(place: str) -> None:
    with pytest.raises(ValidationError, match="sslmode=verify-full&sslrootcert=FILE") as refused:
        Settings(database_url=f"postgresql://ingest:hidden@{place}")

    assert "hidden" not in str(refused.value)


def test_what_is_no_url_stops_the_start_without_a_word_of_it() -> None:
    with pytest.raises(ValidationError, match="postgresql://user:password@host") as refused:
        Settings(database_url="ingest:hidden@db.example.org")

    assert "hidden" not in str(refused.value)
