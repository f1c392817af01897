"""What the database lets the role of each service do, and what it refuses.

Each statement is run as if the role itself had logged in, which it does in the deployed mode.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.cli.processes import NAMES
from tests.support.platform import Platform

_REFUSED = r"permission denied|must be (owner|superuser|able)|must have admin option"
_OTHERS = [(name, other) for name in NAMES for other in NAMES if other != name]


@asynccontextmanager
async def _logged_in(platform: Platform, role: str) -> AsyncIterator[AsyncConnection]:
    """In a transaction that is undone."""
    async with platform.database(role) as database, database.engine.connect() as connection:
        await connection.execute(text("RESET ROLE"))
        await connection.execute(text(f"SET LOCAL SESSION AUTHORIZATION {role}"))
        yield connection
        await connection.rollback()
        await connection.execute(text("RESET SESSION AUTHORIZATION"))
        await connection.invalidate()


async def _check_refused(connection: AsyncConnection, statement: str) -> None:
    savepoint = await connection.begin_nested()
    with pytest.raises(DBAPIError, match=_REFUSED):
        await connection.execute(text(statement))
    await savepoint.rollback()


async def _tables(connection: AsyncConnection, schema: str) -> Sequence[str]:
    query = text("""
        SELECT relname FROM pg_class
        WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema)
            AND relkind IN ('r', 'p')
    """)
    tables = (await connection.scalars(query, {"schema": schema})).all()
    assert len(tables) > 3
    return tables


async def _first_column(connection: AsyncConnection, schema: str, table: str) -> str:
    query = text("""
        SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relname = :table AND attnum > 0 AND NOT attisdropped
            AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = :schema)
        ORDER BY attnum LIMIT 1
    """)
    column: str = (await connection.scalars(query, {"schema": schema, "table": table})).one()
    return column


@pytest.mark.parametrize("role", NAMES)
async def test_a_service_may_do_all_that_it_must_in_its_own_schema(
    platform: Platform, role: str
) -> None:
    async with _logged_in(platform, role) as connection:
        for table in await _tables(connection, role):
            await connection.execute(text(f"SELECT * FROM {role}.{table} LIMIT 1"))
            for verb in ("INSERT", "UPDATE", "DELETE"):
                may = text("SELECT has_table_privilege(current_user, :table, :verb)")
                assert await connection.scalar(may, {"table": f"{role}.{table}", "verb": verb})
        # Migrations, then what their tables are for.
        await connection.execute(text("CREATE TABLE probe (id int PRIMARY KEY, secret text)"))
        await connection.execute(text("SELECT audit.watch('probe')"))
        await connection.execute(text("INSERT INTO probe VALUES (1, 'a'), (2, 'b')"))
        await connection.execute(text("UPDATE probe SET secret = 'c' WHERE id = 1"))
        await connection.execute(text("DELETE FROM probe"))
        await connection.execute(text("DROP TABLE probe"))
        query = text("SELECT count(*) FROM audit.change WHERE entity = 'probe'")
        assert await connection.scalar(query) == 5


@pytest.mark.parametrize("role", NAMES)
async def test_a_service_can_neither_read_nor_alter_the_event_log_itself(
    platform: Platform, role: str
) -> None:
    """What it may do by the log's functions: tests/contracts/test_postgres_rights.py (M11)."""
    async with _logged_in(platform, role) as connection:
        tables = await _tables(connection, "eventlog")
        for table in tables:
            column = await _first_column(connection, "eventlog", table)
            for statement in (
                "INSERT INTO {} DEFAULT VALUES",
                f'UPDATE {{}} SET "{column}" = DEFAULT',
                "DELETE FROM {}",
                "TRUNCATE {}",
                "DROP TABLE {}",
                "ALTER TABLE {} ADD COLUMN mine int",
                "LOCK TABLE {} IN SHARE MODE",
            ):
                await _check_refused(connection, statement.format(f"eventlog.{table}"))
        for statement in (
            "SELECT FROM eventlog.record",
            "SELECT FROM eventlog.permission",
            "SET ROLE eventlog",
            "SELECT set_config('role', 'eventlog', true)",
            "GRANT eventlog TO CURRENT_USER",
            "CREATE TABLE eventlog.mine (id int)",
            "CREATE FUNCTION eventlog.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "DROP FUNCTION eventlog.check_topics(text, text[])",
            "ALTER FUNCTION eventlog.caller() SECURITY DEFINER",
            "DROP SCHEMA eventlog CASCADE",
        ):
            await _check_refused(connection, statement)


@pytest.mark.parametrize(("role", "neighbour"), _OTHERS)
async def test_a_service_can_neither_read_nor_write_a_neighbours_tables(
    platform: Platform, role: str, neighbour: str
) -> None:
    async with _logged_in(platform, role) as connection:
        for table in await _tables(connection, neighbour):
            column = await _first_column(connection, neighbour, table)
            for statement in (
                "SELECT FROM {}",
                "INSERT INTO {} DEFAULT VALUES",
                f"UPDATE {{}} SET {column} = DEFAULT",
                "DELETE FROM {}",
                "TRUNCATE {}",
                "DROP TABLE {}",
                "ALTER TABLE {} ADD COLUMN mine int",
            ):
                await _check_refused(connection, statement.format(f"{neighbour}.{table}"))


@pytest.mark.parametrize("role", NAMES)
async def test_a_service_cannot_rise_above_its_role(platform: Platform, role: str) -> None:
    async with _logged_in(platform, role) as connection:
        # No transaction may create a database, so this one is asked for.
        query = text("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        assert await connection.scalar(query) is False
        for statement in (
            "CREATE ROLE intruder",
            f"ALTER ROLE {role} SUPERUSER",
            f"ALTER ROLE {role} CREATEROLE",
            "SET ROLE audit",
            "SET ROLE postgres",
            "GRANT audit TO CURRENT_USER",
            "CREATE TABLE public.mine (id int)",
            "CREATE SCHEMA mine",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('postgresql.conf')",
            *(f"SET ROLE {other}" for other in NAMES if other != role),
            *(f"CREATE TABLE {other}.mine (id int)" for other in NAMES if other != role),
        ):
            await _check_refused(connection, statement)


@pytest.mark.parametrize("role", NAMES)
async def test_a_service_cannot_alter_the_audit_log(platform: Platform, role: str) -> None:
    async with _logged_in(platform, role) as connection:
        for statement in (
            "INSERT INTO audit.change (service, roles) VALUES ('community', '{}')",
            "UPDATE audit.change SET subject = 'somebody'",
            "DELETE FROM audit.change",
            "TRUNCATE audit.change",
            "DROP TABLE audit.change",
            "ALTER TABLE audit.change DISABLE TRIGGER kept",
            "ALTER TABLE audit.change DISABLE ROW LEVEL SECURITY",
            "DROP TRIGGER kept ON audit.change",
            "CREATE POLICY mine ON audit.change USING (true)",
            "CREATE TABLE audit.mine (id int)",
            "CREATE OR REPLACE FUNCTION audit.keep() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "DROP FUNCTION audit.purge(timestamptz, integer)",
        ):
            await _check_refused(connection, statement)
