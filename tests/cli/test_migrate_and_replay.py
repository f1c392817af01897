"""Migrating, replaying and what waits, on an empty database that nobody else uses."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from libs.common.database import Database
from libs.common.database.migrations import migrate
from libs.common.database.scratch import scratch_database, scratch_event_log_url
from libs.common.eventlog import Received
from libs.common.events.community import MemberRecorded
from libs.common.messaging.parking import park
from services.main import SERVICES
from tests.support.commands import elocoop
from tests.support.platform import event_log_url_for_tests

ANNA = MemberRecorded(
    time=datetime(2026, 10, 1, tzinfo=UTC),
    member_id=uuid4(),
    revision=1,
    kind="household",
    name="Anna Pic",
    address="Rue d'En-Haut",
)


@pytest.fixture
async def servers(database_url: str) -> AsyncIterator[Mapping[str, str]]:
    """The variables of the empty database and of a part of the event log of its own."""
    async with scratch_database(database_url) as url:
        yield {
            "DATABASE_URL": url,
            "EVENT_LOG_URL": scratch_event_log_url(event_log_url_for_tests(), url),
            "EVENT_LOG_PARTITIONS": "2",
        }


@pytest.fixture
async def migrated(servers: Mapping[str, str]) -> Mapping[str, str]:
    for service in SERVICES:
        async with _database(servers, service.name) as database:
            await migrate(database, service.histories)
    return servers


async def test_an_empty_database_gets_the_tables_of_every_service(
    servers: Mapping[str, str],
) -> None:
    done = await _run("migrate", servers)

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("schema up to date") == 4
    tables = {"ingest": "delivery", "allocation": "settlement", "billing": "invoice"}
    for name, table in {"community": "member", **tables}.items():
        assert await _tables(servers, name) > {"inbox", "outbox", "parked", table}


async def test_a_parked_event_takes_effect_when_it_is_replayed(migrated: Mapping[str, str]) -> None:
    await _park(migrated, ANNA.model_dump_json().encode())

    listed = await _run("replay", migrated, "--list")
    waiting = await _run("today", migrated)
    replayed = await _run("replay", migrated)
    listed_again = await _run("replay", migrated, "--list")
    nothing = await _run("today", migrated)

    assert listed.returncode == 3, listed.stderr
    assert "it could not be applied" in " ".join(listed.stdout.split())
    assert waiting.returncode == 3, waiting.stderr
    assert "1  billing events_parked: " in waiting.stdout
    assert f"- {ANNA.type}, " in waiting.stdout
    assert "→ GET /billing/parked-events" in waiting.stdout
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
    assert "billing: 1 replayed, 0 still parked" in replayed.stdout
    assert listed_again.returncode == 0
    assert listed_again.stdout.count("nothing is parked") == 4
    assert (nothing.returncode, nothing.stdout) == (0, "Nothing waits.\n")
    async with _database(migrated, "billing") as database, database.transaction() as session:
        assert await session.scalar(text("SELECT name FROM member")) == "Anna Pic"


@pytest.mark.parametrize("command", [("today",), ("replay", "--list"), ("replay",)])
async def test_not_to_see_what_waits_is_another_status_than_to_see_it(
    servers: Mapping[str, str], command: tuple[str, ...]
) -> None:
    """Of a database that `migrate` has not seen."""
    name, *options = command

    done = await _run(name, servers, *options)

    assert done.returncode == 1
    assert "othing" not in done.stdout


async def test_an_event_that_still_fails_stays_parked(migrated: Mapping[str, str]) -> None:
    await _park(migrated, b'{"surprise": 5}')

    replayed = await _run("replay", migrated)

    assert replayed.returncode == 3, replayed.stderr
    assert "billing: 0 replayed, 1 still parked" in replayed.stdout


async def _run(
    command: str, servers: Mapping[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(elocoop, command, *options, **servers, COLUMNS="200")


async def _park(servers: Mapping[str, str], value: bytes) -> None:
    record = Received(
        topic=ANNA.topic,
        key=ANNA.key,
        value=value,
        headers={"id": str(ANNA.id), "type": ANNA.type, "time": ANNA.time.isoformat()},
        partition=0,
        offset=0,
    )
    async with _database(servers, "billing") as database, database.transaction() as session:
        await park(session, ANNA.id, record, "it could not be applied", attempts=3)


async def _tables(servers: Mapping[str, str], schema: str) -> set[str]:
    query = text("SELECT table_name FROM information_schema.tables WHERE table_schema = :schema")
    async with _database(servers, schema) as database, database.transaction() as session:
        return set(await session.scalars(query, {"schema": schema}))


@asynccontextmanager
async def _database(servers: Mapping[str, str], schema: str) -> AsyncIterator[Database]:
    database = Database(servers["DATABASE_URL"], schema=schema, pool_size=2)
    try:
        yield database
    finally:
        await database.close()
