"""Every schema is what its migrations make, and nobody reads a neighbour's."""

from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError

from libs.common.messaging import tables as messaging_tables
from services.cli.processes import NAMES
from tests.support.platform import Platform


@pytest.mark.parametrize("service", NAMES)
async def test_tables_are_what_the_migrations_make(platform: Platform, service: str) -> None:
    own: MetaData = import_module(f"services.{service}.tables").Base.metadata

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, _both(own)))

    async with platform.database(service) as database, database.engine.connect() as connection:
        found = await connection.run_sync(differences)

    assert [one for one in found if "alembic_version" not in str(one)] == []


def _both(own: MetaData) -> MetaData:
    both = MetaData()
    for table in (*own.tables.values(), *messaging_tables.metadata.tables.values()):
        table.to_metadata(both)
    return both


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_reads_its_own_schema_only(platform: Platform, service: str) -> None:
    async with platform.database(service) as database:
        async with database.transaction() as session:
            await session.execute(text(f"SELECT * FROM {service}.outbox LIMIT 1"))
        for neighbour in set(NAMES) - {service}:
            with pytest.raises(DBAPIError, match="permission denied"):
                async with database.transaction() as session:
                    await session.execute(text(f"SELECT * FROM {neighbour}.outbox LIMIT 1"))
