"""The demonstration's month, with processes killed in the middle of their work."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from libs.common.scratch import scratch_database
from libs.common.settings import Settings
from services.cli.processes import ServiceProcess, ServiceTransport
from services.demo.api import Api
from services.demo.cooperative import Cooperative, read_cooperative
from services.demo.load import LogIns, Progress, load_and_close
from tests.support.platform import (
    OPERATOR_PASSWORD,
    event_log_url_for_tests,
    processes_with_topics,
    settings_for_tests,
)

SEED = 20261025
KILLS = 10


@pytest.mark.system
async def test_ten_kills_at_random_moments_leave_the_invoices_as_they_would_be(
    database_url: str,
) -> None:
    moments = 0

    def count(*_progress: object) -> None:
        nonlocal moments
        moments += 1

    async with _four_processes(database_url) as (settings, services):
        undisturbed = await _close_month(settings, services, count)

    async with _four_processes(database_url) as (settings, services):
        killer = Killer(services, moments)
        disturbed = await _close_month(settings, services, killer.tick)

    assert killer.kills == KILLS
    assert len(undisturbed) > 30
    assert disturbed == undisturbed


class Killer:
    """Kills a random service with SIGKILL at ten of the moments at which progress is made."""

    def __init__(self, services: list[ServiceProcess], moments: int) -> None:
        self._random = random.Random(SEED)  # noqa: S311 - the same moments every time
        self._services = services
        self._when = set(self._random.sample(range(1, moments), KILLS))
        self._moment = 0
        self.kills = 0

    def tick(self, _stage: str, _done: int, _total: int) -> None:
        self._moment += 1
        if self._moment in self._when:
            victim = self._random.choice(self._services)
            victim.kill()
            victim.start()
            self.kills += 1


@asynccontextmanager
async def _four_processes(
    server_url: str,
) -> AsyncIterator[tuple[Settings, list[ServiceProcess]]]:
    """Four processes on a database and a part of the event log of their own."""
    async with scratch_database(server_url) as url:
        settings = settings_for_tests(database_url=url, event_log_url=event_log_url_for_tests())
        async with processes_with_topics(settings) as services:
            yield settings, list(services)


async def _close_month(
    settings: Settings, services: list[ServiceProcess], progress: Progress
) -> list[bytes]:
    """Load the demonstration co-op; return its invoices as the API gives them, by number."""
    ports = {service.name: service.port for service in services}
    cooperative: Cooperative = read_cooperative()
    log_ins = LogIns(
        operator=settings.operator_email,
        organiser="organiser@example.org",
        member=cooperative.members[0].email,
        feed="feed@example.org",
        password="the password of a test",
    )
    async with httpx.AsyncClient(
        base_url="http://127.0.0.1", transport=ServiceTransport(ports), timeout=60
    ) as client:
        operator = Api(client, patience_s=120).as_account(log_ins.operator, OPERATOR_PASSWORD)
        months = await load_and_close(operator, cooperative, log_ins, progress)
        ids = [invoice["id"] for month in months for invoice in month.invoices]
        answers = [await operator.answer("GET", f"/billing/invoices/{one}") for one in ids]
    return sorted(answer.content for answer in answers)
