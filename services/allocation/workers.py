"""Background rounds: allocate the days, and settle the months, that something has changed for."""

from collections.abc import Mapping

from libs.common.app import Worker
from libs.common.database import Database
from services.allocation.commands import days, settlements


async def allocate_stale_days(database: Database) -> bool:
    async with database.transaction() as session:
        return await days.allocate_stale_days(session)


async def settle_outdated_months(database: Database) -> bool:
    async with database.transaction() as session:
        return await settlements.settle_outdated_month(session)


WORKERS: Mapping[str, Worker] = {
    "allocate stale days": allocate_stale_days,
    "settle outdated months": settle_outdated_months,
}
