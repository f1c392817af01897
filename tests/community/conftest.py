"""What several tests of community begin with."""

from collections.abc import AsyncIterator

import pytest

from libs.common.database import Database
from tests.support.databases import migrated_database


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Database]:
    """The service's schema in a new database, migrated and without a row."""
    async with migrated_database(database_url) as url:
        database = Database(url, schema="community", pool_size=4)
        try:
            yield database
        finally:
            await database.close()
