"""What several tests of community begin with."""

from collections.abc import AsyncIterator

import pytest

from libs.common.database import Database
from libs.common.migrations import migrate
from libs.common.scratch import scratch_database
from services.community.main import service


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Database]:
    """The service's schema in a new database, migrated and without a row."""
    async with scratch_database(database_url) as url:
        database = Database(url, schema="community", pool_size=4)
        await migrate(database, service.histories)
        try:
            yield database
        finally:
            await database.close()
