"""Background rounds: corrections are drafted, runs are drafted and issued, the old is purged."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from libs.common.app import Worker
from libs.common.calendar import local_day
from libs.common.database import Database
from libs.common.settings import Settings
from services.billing.commands import corrections, runs
from services.billing.commands.purging import Purger


async def draft_corrections(database: Database) -> bool:
    async with database.transaction() as session:
        return await corrections.draft_due_correction(session)


async def draft_runs(database: Database, *, unusual_ratio: float) -> bool:
    async with database.transaction() as session:
        return await runs.draft_next_run(session, unusual_ratio=unusual_ratio)


async def purge_half_hours(
    database: Database,
    *,
    purger: Purger,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> bool:
    async with database.transaction() as session:
        return await purger.purge_half_hours(session, today=local_day(clock()))


async def issue_runs(database: Database) -> bool:
    async with database.transaction() as session:
        return await runs.issue_next_batch(session)


def workers(settings: Settings) -> Mapping[str, Worker]:
    purger = Purger(settings.retention_curves_months)
    return {
        "draft corrections": draft_corrections,
        "draft runs": partial(draft_runs, unusual_ratio=settings.billing_unusual_ratio),
        "issue runs": issue_runs,
        "purge half-hours": partial(purge_half_hours, purger=purger),
    }
