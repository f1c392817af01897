"""An old file is purged and sent again at the same moment: it is never lost."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from libs.common.database import Database
from libs.common.file_store import file_store
from services.ingest.main import service
from services.ingest.store.deliveries import deliveries as delivery_store
from services.ingest.store.privacy import old_deliveries as old_store
from services.ingest.store.privacy.old_deliveries import OldFile
from tests.community.coop import new_prm
from tests.ingest.delivering import push, pushed
from tests.support.alone import Alone, alone
from tests.support.clock import CLOCK
from tests.support.curves import curve_file
from tests.support.waiting import until


@pytest.fixture
async def ingest(database_url: str) -> AsyncIterator[Alone]:
    """Alone, for what is purged is everybody's."""
    async with alone(service, database_url) as service_alone:
        yield service_alone


async def _until_somebody_waits_for(session: AsyncSession, database: Database) -> None:
    """For a lock that this session's transaction has."""
    pid = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    waiting = text("""
        SELECT count(*) FROM pg_locks WHERE NOT granted AND :pid = ANY (pg_blocking_pids(pid))
    """)

    async def count() -> int:
        async with database.transaction() as other:
            return int((await other.execute(waiting, {"pid": pid})).scalar_one())

    await until("somebody waits for a lock", count)


async def _purge_files(ingest: Alone, session: AsyncSession) -> None:
    """As the purger does in a round, without its end."""
    (old,) = await _list_old_files(session)
    await file_store(ingest.platform.settings).remove(old.sha256)
    await old_store.note_files_purged(session, [old])


async def _list_old_files(session: AsyncSession) -> Sequence[OldFile]:
    """As if it were long after."""
    tomorrow = CLOCK.now() + timedelta(days=1)
    return await old_store.list_old_files(session, received_before=tomorrow, limit=10)


async def test_a_file_that_waits_to_be_read_is_not_purged(ingest: Alone) -> None:
    async with (
        ingest.platform.database("ingest") as database,
        ingest.client("operator") as operator,
    ):
        await pushed(operator, curve_file([new_prm()], ["2026-03-02"]))
        async with database.transaction() as session:
            read = await _list_old_files(session)
            await session.execute(text("UPDATE delivery SET status = 'received'"))
            waiting = await _list_old_files(session)
            await session.rollback()

    assert (len(read), waiting) == (1, [])


async def test_a_file_that_is_purged_while_it_is_sent_again_must_be_sent_once_more(
    ingest: Alone,
) -> None:
    content = curve_file([new_prm()], ["2026-03-02"])

    async with (
        ingest.platform.database("ingest") as database,
        ingest.client("operator") as operator,
        asyncio.TaskGroup() as others,
    ):
        first = await pushed(operator, content)
        async with database.transaction() as session:
            await session.execute(text("UPDATE delivery SET status = 'failed'"))
        async with database.transaction() as purging:
            # The purger has chosen it; the sender comes before the file is taken away.
            await purging.execute(text("SELECT 1 FROM delivery FOR UPDATE"))
            sending = others.create_task(push(operator, content))
            await _until_somebody_waits_for(purging, database)
            await _purge_files(ingest, purging)
        refused = await sending
        again = await pushed(operator, content)

    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/files-unavailable")
    assert (again["id"], again["status"]) == (first["id"], "recorded")
    async with file_store(ingest.platform.settings).reading(again["sha256"]) as file:
        assert file.read() == content


async def test_a_file_that_is_being_sent_again_is_not_purged_meanwhile(ingest: Alone) -> None:
    content = curve_file([new_prm()], ["2026-03-02"])
    sha256 = hashlib.sha256(content).hexdigest()

    async with ingest.client("operator") as operator:
        await pushed(operator, content)
    async with (
        ingest.platform.database("ingest") as database,
        database.transaction() as sending,
        database.transaction() as purging,
    ):
        await delivery_store.lock_delivery(sending, sha256, None)
        chosen = await _list_old_files(purging)

    assert chosen == []
