"""Background rounds: allocate the days for which something has changed."""

from collections.abc import Mapping

from libs.common.app import Worker
from libs.common.database import Database
from services.allocation.commands import days


async def allocate_stale_days(database: Database) -> bool:
    async with database.transaction() as session:
        return await days.allocate_stale_days(session)


WORKERS: Mapping[str, Worker] = {"allocate stale days": allocate_stale_days}
