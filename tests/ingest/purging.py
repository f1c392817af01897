"""The ingest service alone, on a day in October 2026, and purged as if it were another."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import httpx

from libs.common.database import Database
from libs.common.file_store import file_store
from libs.common.rounds.rest import NO_REST
from services.ingest.domain.privacy.retention import Kept, RetentionTerms
from services.ingest.main import service
from services.ingest.workers import purge_once_a_day
from tests.support.alone import Alone, alone
from tests.support.clock import SetClock
from tests.support.waiting import until

_TODAY = date(2026, 10, 15)
RETENTION = RetentionTerms(
    curves_months=36, files_months=36, quarantine_months=36, accesses_months=12, pulls_months=12
)


@asynccontextmanager
async def purging(database_url: str) -> AsyncIterator[Alone]:
    """Alone, for what is purged is everybody's; its own purge of the day is over."""
    async with (
        alone(service, database_url, noon_of(_TODAY)) as service_alone,
        service_alone.client("operator") as operator,
    ):
        await until("today's purge is over", lambda: get(operator, "/purges"), _are_over)
        yield service_alone


def _are_over(reports: Collection[dict[str, Any]]) -> bool:
    return len(reports) == len(Kept) and all(report["finished_at"] for report in reports)


def months_ago(months: int, day: int = 5) -> date:
    number = _TODAY.year * 12 + _TODAY.month - 1 - months
    return date(number // 12, number % 12 + 1, day)


async def get(client: httpx.AsyncClient, path: str, **params: object) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/ingest{path}", params={k: str(v) for k, v in params.items()})
    assert answer.status_code == 200, answer.text
    return answer.json()


def noon_of(day: date) -> SetClock:
    return SetClock(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


async def purge(ingest: Alone, database: Database) -> bool:
    files = file_store(ingest.platform.settings)
    rest = await purge_once_a_day(database, files=files, retention=RETENTION)
    return rest == NO_REST


async def purge_on(ingest: Alone, day: date) -> dict[str, Any]:
    """Purge as if it were that day, until nothing is left; returns the reports by kind."""
    async with ingest.platform.database("ingest", noon_of(day)) as database:

        async def purged() -> list[dict[str, Any]]:
            await purge(ingest, database)
            async with ingest.client("operator") as operator:
                reports = await get(operator, "/purges")
            return [report for report in reports if report["day"] == f"{day}"]

        reports = await until(f"the purge of {day} is over", purged, _are_over)
    return {report["kind"]: report for report in reports}
