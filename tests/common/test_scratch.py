import pytest
from sqlalchemy import make_url, text

from libs.common.database import Database
from libs.common.database.scratch import scratch_database


async def test_a_scratch_database_is_dropped_when_its_user_fails(database_url: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with scratch_database(database_url) as url:
            raise ZeroDivisionError

    server = Database(database_url, schema="postgres", pool_size=1)
    async with server.transaction() as session:
        names = (await session.execute(text("SELECT datname FROM pg_database"))).scalars().all()
    await server.close()
    assert make_url(url).database not in names
