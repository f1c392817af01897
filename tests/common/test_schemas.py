"""Every schema is what its migrations make, and nobody reads a neighbour's."""

from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError

from libs.common.logs import accesses
from libs.common.messaging import tables as messaging_tables
from services.cli.processes import NAMES
from tests.support.platform import Platform

_COMMON = {name: [accesses.metadata] for name in ("community", "billing")}
"""Tables that a service has of ``libs.common``, besides those of all."""


@pytest.mark.parametrize("service", NAMES)
async def test_tables_are_what_the_migrations_make(platform: Platform, service: str) -> None:
    metadata: MetaData = import_module(f"services.{service}.tables").Base.metadata

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, _all(metadata, *_COMMON.get(service, ()))))

    async with platform.database(service) as database, database.engine.connect() as connection:
        differences_found = await connection.run_sync(differences)

    assert [
        difference for difference in differences_found if "alembic_version" not in str(difference)
    ] == []


def _all(*parts: MetaData) -> MetaData:
    whole = MetaData()
    for metadata in (*parts, messaging_tables.metadata):
        for table in metadata.tables.values():
            table.to_metadata(whole)
    return whole


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_reads_its_own_schema_only(platform: Platform, service: str) -> None:
    async with platform.database(service) as database:
        async with database.transaction() as session:
            await session.execute(text(f"SELECT * FROM {service}.outbox LIMIT 1"))
        for neighbour in set(NAMES) - {service}:
            with pytest.raises(DBAPIError, match="permission denied"):
                async with database.transaction() as session:
                    await session.execute(text(f"SELECT * FROM {neighbour}.outbox LIMIT 1"))


async def test_no_service_has_any_right_in_a_neighbours_schema(platform: Platform) -> None:
    query = text("""
        SELECT role, namespace.nspname, class.relname
        FROM unnest(CAST(:names AS text[])) AS role
        JOIN pg_namespace AS namespace
            ON namespace.nspname = ANY (:names) AND namespace.nspname <> role
        LEFT JOIN pg_class AS class
            ON class.relnamespace = namespace.oid AND class.relkind IN ('r', 'p', 'v', 'm')
        WHERE has_schema_privilege(role, namespace.oid, 'USAGE, CREATE')
            OR has_table_privilege(
                role, class.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'
            )
            OR pg_has_role(role, namespace.nspowner, 'MEMBER')
    """)
    async with platform.database(NAMES[0]) as database, database.transaction() as session:
        rows = await session.execute(query, {"names": list(NAMES)})

    assert rows.all() == []
