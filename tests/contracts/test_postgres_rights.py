"""What each service may do on the log in PostgreSQL, under its own role (M11)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg
import pytest
from sqlalchemy import make_url

from libs.common.eventlog import EventLog
from libs.common.eventlog.postgres import may_own_event_log, open_postgres_event_log
from libs.common.events.topics import ALL_TOPICS
from services.cli.processes import NAMES
from services.main import SERVICES
from tests.support.databases import migrated_database
from tests.support.eventlog import records
from tests.support.waiting import patience

_PASSWORD = "of this file"
_RIGHTS = {service.name: service.rights for service in SERVICES}


@pytest.fixture(scope="module")
async def url(server_url: str) -> AsyncIterator[str]:
    """A database with a record on each topic, where each service has its rights."""
    async with migrated_database(server_url) as url:
        async with open_postgres_event_log(url, partitions=2) as log:
            await log.create_topics(ALL_TOPICS)
            # As if a version before had let billing do more.
            before = replace(_RIGHTS["billing"], reads=["ingest.readings"], appends=ALL_TOPICS)
            await log.grant([before])
            await log.grant(list(_RIGHTS.values()))
            for topic in ALL_TOPICS:
                await log.append(records(topic, count=1))
        yield url


@asynccontextmanager
async def _log(url: str, service: str) -> AsyncIterator[EventLog]:
    async with open_postgres_event_log(url, role=service, partitions=2) as log:
        yield log


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_does_all_that_it_must(url: str, service: str) -> None:
    rights, seen = _RIGHTS[service], set[str]()
    async with _log(url, service) as log, patience("all is appended and read"):
        for topic in rights.appends:
            await log.append(records(topic, count=3, first=1))
        async with log.subscribe(group=rights.group, topics=rights.reads) as subscription:
            while await log.lag(group=rights.group, topics=rights.reads):
                received = await subscription.poll(max_records=100, timeout_s=1)
                await subscription.commit(received)
                seen |= {record.topic for record in received}
    assert seen == set(rights.reads)


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_appends_to_no_topic_of_others(url: str, service: str) -> None:
    async with _log(url, service) as log:
        for topic in sorted({*ALL_TOPICS} - {*_RIGHTS[service].appends}):
            own_records = records(_RIGHTS[service].appends[0], count=1)
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="may not append"):
                await log.append([*own_records, *records(topic, count=1)])


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_reads_no_topic_that_it_has_no_handler_for(url: str, service: str) -> None:
    async with _log(url, service) as log:
        for topic in sorted({*ALL_TOPICS} - {*_RIGHTS[service].reads}):
            topics = [*_RIGHTS[service].reads, topic]
            async with log.subscribe(group=service, topics=topics) as subscription:
                with pytest.raises(asyncpg.InsufficientPrivilegeError, match="may not read"):
                    await subscription.poll(max_records=100, timeout_s=1)


async def test_a_service_acts_for_no_group_of_others(url: str) -> None:
    statements = {
        "SELECT commit('allocation', '{ingest.readings}', '{0}', '{0}')",
        "SELECT enter('allocation', gen_random_uuid(), '{ingest.readings}')",
        "SELECT leave('allocation', gen_random_uuid())",
    }
    connection = await asyncpg.connect(
        url, server_settings={"role": "billing", "search_path": "eventlog"}
    )
    for statement in statements:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="not of the group"):
            await connection.execute(statement)
    await connection.close()


async def test_a_service_that_logs_in_as_itself_uses_the_log_and_cannot_own_it(url: str) -> None:
    await _execute(url, f"ALTER ROLE billing PASSWORD '{_PASSWORD}'")
    as_billing = make_url(url).set(username="billing", password=_PASSWORD)
    own_url = as_billing.render_as_string(hide_password=False)

    async with _log(own_url, "billing") as log:
        await log.append(records("billing.invoices", count=1))
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="may not append"):
            await log.append(records("community.perimeter", count=1))
    async with open_postgres_event_log(own_url, partitions=2) as log:
        with pytest.raises(asyncpg.PostgresError, match="permission denied to set role"):
            await log.append(records("billing.invoices", count=1))
    assert not await may_own_event_log(own_url)
    assert await may_own_event_log(url)


async def _execute(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
