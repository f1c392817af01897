"""The ingest service alone, on a day in October 2026, and purged as if it were another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import httpx

from libs.common.database import Database
from libs.common.file_store import file_store
from services.ingest.domain.retention import Kept, Retention
from services.ingest.main import service
from services.ingest.workers import purge_once_a_day
from tests.support.alone import Alone, alone
from tests.support.clock import SetClock

_TODAY = date(2026, 10, 15)
_RETENTION = Retention(
    curves_months=36, files_months=36, quarantine_months=36, accesses_months=12, pulls_months=12
)


@asynccontextmanager
async def purging(database_url: str) -> AsyncIterator[Alone]:
    """Alone, for what is purged is everybody's; its own purge of the day is over."""
    async with (
        alone(service, database_url, noon_of(_TODAY)) as one,
        one.client("operator") as operator,
    ):
        async with asyncio.timeout(60):
            while not await _is_purged(operator):
                await asyncio.sleep(0.02)
        yield one


async def _is_purged(operator: httpx.AsyncClient) -> bool:
    reports = await get(operator, "/purges")
    return len(reports) == len(Kept) and all(one["finished_at"] for one in reports)


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
    return await purge_once_a_day(database, files=files, retention=_RETENTION)


async def purge_on(ingest: Alone, day: date) -> dict[str, Any]:
    """Purge as if it were that day, until nothing is left; returns the reports by kind."""
    async with ingest.platform.database("ingest", noon_of(day)) as database, asyncio.timeout(60):
        while True:
            await purge(ingest, database)
            async with ingest.client("operator") as operator:
                reports = await get(operator, "/purges")
            done = {one["kind"]: one for one in reports if one["day"] == f"{day}"}
            if len(done) == len(Kept) and all(one["finished_at"] for one in done.values()):
                return done
