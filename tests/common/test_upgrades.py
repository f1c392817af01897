"""Migrations that move data: what was there before is there after, in its new form."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from libs.common.database import Database
from libs.common.migrations import migrate
from libs.common.scratch import scratch_database
from tests.support.platform import ROOT


@pytest.fixture
async def empty_url(database_url: str) -> AsyncIterator[str]:
    async with scratch_database(database_url) as url:
        yield url


async def _upgrade(database: Database, folder: Path, *, up_to: str) -> None:
    """Apply the service's migrations whose number is at most this one."""
    folder.mkdir(exist_ok=True)
    for migration in (ROOT / "services" / database.schema / "migrations").glob("*.py"):
        if migration.name[:4] <= up_to:
            shutil.copy(migration, folder)
    await migrate(database, [folder])


async def test_a_key_that_was_in_force_still_is(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url, schema="allocation", pool_size=2)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0003")
        async with database.transaction() as session:
            await session.execute(
                text("""
                    INSERT INTO sharing_key VALUES
                        ('ACC00000001', '2026-01-01', '2026-06-01', true, '{"type": "a"}'),
                        ('ACC00000001', '2026-06-01', NULL, true, '{"type": "b"}'),
                        ('ACC00000002', '2026-02-01', '2026-03-01', false, '{"type": "c"}')
                """)
            )

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            rows = await session.execute(
                text("""
                    SELECT number, state, definition ->> 'type', valid_from::text, valid_to::text,
                        in_force_to::text
                    FROM sharing_key ORDER BY operation_id, number
                """)
            )
        assert [tuple(row) for row in rows] == [
            (1, "active", "a", "2026-01-01", None, "2026-06-01"),
            (2, "active", "b", "2026-06-01", None, None),
            (1, "active", "c", "2026-02-01", "2026-03-01", "2026-03-01"),
        ]
    finally:
        await database.close()


async def test_deliveries_keep_the_order_of_their_arrival(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url, schema="ingest", pool_size=2)
    add = text("""
        INSERT INTO delivery
            (id, sha256, file_name, byte_count, senders, received_at, status, formats, attempts,
            records, accepted, duplicate, quarantined, held)
        VALUES (gen_random_uuid(), repeat(:digit, 64), :digit, 1, '{feed}',
            date '2026-11-01' + CAST(:hour AS time), 'received', '{}', 0, 0, 0, 0, 0, 0)
    """)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0001")
        async with database.transaction() as session:
            for digit, hour in (("2", time(12)), ("1", time(11))):
                await session.execute(add, {"digit": digit, "hour": hour})

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            await session.execute(add, {"digit": "3", "hour": time(10)})
            names = await session.scalars(text("SELECT file_name FROM delivery ORDER BY number"))
        assert names.all() == ["1", "2", "3"]
    finally:
        await database.close()


async def test_a_delivery_that_was_read_keeps_the_moment_at_which_its_values_were_published(
    empty_url: str, tmp_path: Path
) -> None:
    database = Database(empty_url, schema="ingest", pool_size=2)
    deliver = text("""
        INSERT INTO delivery
            (id, sha256, file_name, byte_count, senders, received_at, recorded_at, status, formats,
            attempts, records, accepted, duplicate, quarantined, held)
        VALUES (gen_random_uuid(), repeat(:digit, 64), :digit, 1, '{feed}', '2026-11-01T10:00Z',
            :recorded_at, 'recorded', '{}', 1, 1, 1, 0, 0, 0)
    """)
    block = text("""
        INSERT INTO reading_block
            (prm, direction, day, step_min, revision, power_w, natures, doubtful, delivery_id)
        SELECT '99000000000017', 'consumption', '2026-07-01', 60, :revision, '{1}', 'm', '{f}', id
        FROM delivery WHERE file_name = :digit
    """)
    recorded_at = datetime(2026, 11, 1, 10, 5, tzinfo=UTC)
    try:
        await _upgrade(database, tmp_path / "migrations", up_to="0002")
        async with database.transaction() as session:
            await session.execute(deliver, {"digit": "1", "recorded_at": recorded_at})
            await session.execute(block, {"digit": "1", "revision": 1})
            await session.execute(text("INSERT INTO delivery_file SELECT id, 'kept' FROM delivery"))
        await _upgrade(database, tmp_path / "migrations", up_to="0003")
        async with database.transaction() as session:
            await session.execute(deliver, {"digit": "2", "recorded_at": recorded_at})
            await session.execute(
                text("""
                    INSERT INTO reading_block
                        (prm, direction, day, step_min, revision, power_w, natures, doubtful,
                        delivery_id, published_us)
                    SELECT '99000000000017', 'consumption', '2026-07-01', 60, 2, '{1}', 'm', '{f}',
                        id, ARRAY[(extract(epoch FROM recorded_at) * 1000000)::bigint]
                    FROM delivery WHERE file_name = '2'
                """)
            )
            await session.execute(deliver, {"digit": "3", "recorded_at": None})

        await _upgrade(database, tmp_path / "migrations", up_to="9999")

        async with database.transaction() as session:
            found = await session.scalars(
                text("SELECT first_read_at FROM delivery ORDER BY file_name")
            )
            assert found.all() == [recorded_at - timedelta(minutes=5), recorded_at, None]
            kept = await session.scalars(text("SELECT content FROM delivery_file"))
            assert kept.all() == [b"kept"]
    finally:
        await database.close()
