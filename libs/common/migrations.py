"""Bring a schema up to date: Alembic histories, one at a time under an advisory lock."""

from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from libs.common.database import Database

_SCRIPTS = Path(__file__).parent / "alembic"


async def migrate(database: Database, histories: Sequence[Path]) -> None:
    """Apply what is missing of these folders of migrations; the processes of a service may race."""
    async with database.engine.connect() as connection:
        await connection.execute(text("SET lock_timeout = '60s'"))
        await connection.execute(
            text("SELECT pg_advisory_lock(hashtext('migrations'), hashtext(:schema))"),
            {"schema": database.schema},
        )
        await connection.commit()
        await connection.run_sync(_upgrade, histories)
        await connection.commit()
        # Closing for good releases the session's lock and its lock_timeout.
        await connection.invalidate()


def _upgrade(connection: Connection, histories: Sequence[Path]) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, histories)))
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")
