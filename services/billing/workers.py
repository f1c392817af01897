"""Background rounds: corrections are drafted, runs are drafted and issued."""

from collections.abc import Mapping
from functools import partial

from libs.common.app import Worker
from libs.common.database import Database
from libs.common.settings import Settings
from services.billing.commands import corrections, runs


async def draft_corrections(database: Database) -> bool:
    async with database.transaction() as session:
        return await corrections.draft_due_correction(session)


async def draft_runs(database: Database, *, unusual_ratio: float) -> bool:
    async with database.transaction() as session:
        return await runs.draft_next_run(session, unusual_ratio=unusual_ratio)


async def issue_runs(database: Database) -> bool:
    async with database.transaction() as session:
        return await runs.issue_next_batch(session)


def workers(settings: Settings) -> Mapping[str, Worker]:
    return {
        "draft corrections": draft_corrections,
        "draft runs": partial(draft_runs, unusual_ratio=settings.billing_unusual_ratio),
        "issue runs": issue_runs,
    }
