"""Migrations are all or nothing, those in SQL files too."""

from pathlib import Path

import pytest
from asyncpg import PostgresError
from sqlalchemy import text

from libs.common.database import Database
from libs.common.database.migrations import migrate
from libs.common.database.scratch import scratch_database

_MIGRATION = """
from pathlib import Path

from libs.common.database.migrations import execute_files

revision = "ingest_0001"
down_revision = None
branch_labels = ("ingest",)
depends_on = None


def upgrade() -> None:
    execute_files(Path(__file__).with_suffix(""))
"""


async def test_a_migration_that_fails_half_way_leaves_nothing(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "0001.py").write_text(_MIGRATION)
    files = tmp_path / "0001"
    files.mkdir()
    (files / "01_whole.sql").write_text(
        "CREATE TABLE whole (id integer); CREATE INDEX ON whole (id);"
    )
    (files / "02_broken.sql").write_text("CREATE TABLE half (id integer); SELECT 1 / 0;")
    async with scratch_database(database_url) as url:
        database = Database(url, schema="ingest", pool_size=2)
        try:
            with pytest.raises(PostgresError, match="division by zero"):
                await migrate(database, [tmp_path])

            async with database.transaction() as session:
                left = await session.scalars(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = 'ingest'")
                )
                assert left.all() == []
        finally:
            await database.close()
