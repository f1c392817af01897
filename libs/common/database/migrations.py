"""Bring a schema up to date: Alembic histories, one at a time under an advisory lock."""

from collections.abc import Iterable, Sequence
from operator import methodcaller
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import AdaptedConnection, Connection, text

from libs.common.database import Database

_SCRIPTS = Path(__file__).parent / "alembic"


async def migrate(database: Database, histories: Sequence[Path]) -> None:
    """Apply the missing migrations of these folders; the processes of a service may race."""
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


def execute_files(folder: Path) -> None:
    """Within a migration: execute the SQL files of this folder, in the order of their names.

    As PostgreSQL takes files, of many statements each; SQLAlchemy would prepare them, one by one.
    """
    connection = op.get_bind().connection.dbapi_connection
    assert isinstance(connection, AdaptedConnection)
    # Alembic has asked which migrations there are: we are in its transaction.
    for path in sorted(folder.glob("*.sql")):
        connection.run_async(methodcaller("execute", path.read_text(encoding="utf-8")))


def find_unknown(histories: Sequence[Path], revisions: Iterable[str]) -> set[str]:
    """Return those of these revisions that no folder of this version has."""
    scripts = ScriptDirectory.from_config(_config(histories))
    return set(revisions) - {script.revision for script in scripts.walk_revisions()}


def _upgrade(connection: Connection, histories: Sequence[Path]) -> None:
    config = _config(histories)
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")


def _config(histories: Sequence[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, histories)))
    return config
