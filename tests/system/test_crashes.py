"""The demonstration's month, with processes killed in the middle of their work."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeAlias

import httpx
import pytest

from libs.common.clock import Clock
from libs.common.settings import Settings
from services.cli.processes import ServiceProcess, ServiceTransport
from services.community.commands.accounts.passwords import give_password
from services.demo.api import Api
from services.demo.cooperative import Cooperative, read_cooperative
from services.demo.load import LogIns, ReportProgress, load_and_close
from tests.support.databases import migrated_database, opened_database
from tests.support.platform import (
    OPERATOR_PASSWORD,
    event_log_url_for_tests,
    one_process,
    processes_with_topics,
    settings_for_tests,
)

SEED = 20261025

Plan: TypeAlias = Sequence[tuple[str, str]]

# Whom to kill while which stage of the demonstration is going on; each is then at work.
PLAN = (
    ("Members", "community"),
    ("Pousse-Soleil points", "billing"),
    ("Trois Toits points", "community"),
    ("DSO files sent", "ingest"),
    ("DSO files sent", "allocation"),
    ("DSO files recorded", "ingest"),
    ("Pousse-Soleil shared", "allocation"),
    ("Trois Toits settled", "allocation"),
    ("Pousse-Soleil drafted", "billing"),
    ("Trois Toits invoiced", "billing"),
)

ONE_OF_EACH = (
    ("Trois Toits points", "community"),
    ("DSO files sent", "ingest"),
    ("Pousse-Soleil shared", "allocation"),
    ("Trois Toits invoiced", "billing"),
)

IN_ONE_STEP = ("settled", "drafted", "invoiced")  # they say when they begin, and when it is over


@pytest.mark.system
@pytest.mark.gate
@pytest.mark.parametrize(
    "plan",
    [ONE_OF_EACH, pytest.param(PLAN, marks=pytest.mark.nightly)],
    ids=["one of each", "ten"],
)
async def test_kills_at_random_moments_leave_the_invoices_as_they_would_be(
    database_url: str, plan: Plan
) -> None:
    async with migrated_database(database_url) as url, one_process(database_url=url) as platform:
        undisturbed = await _close_month(platform.settings, platform.ports, lambda *_: None)

    async with _four_processes(database_url) as (settings, services):
        killer = Killer(services, plan)
        ports = {service.name: service.port for service in services}
        disturbed = await _close_month(settings, ports, killer.tick)

    assert killer.killed == Counter(victim for _, victim in plan)
    assert len(undisturbed) > 90
    assert disturbed == undisturbed


class Killer:
    """Carries a plan out with SIGKILL, each at a random moment of its stage and a little later."""

    def __init__(self, services: Sequence[ServiceProcess], plan: Plan) -> None:
        self._random = random.Random(SEED)  # noqa: S311 - the same moments every time
        self._services = {service.name: service for service in services}
        # By how much of the stage is done, not by how often it was asked: that depends on the load.
        self._waiting = [
            (stage, victim, 0 if stage.endswith(IN_ONE_STEP) else self._random.uniform(0, 0.8))
            for stage, victim in plan
        ]
        self.killed: Counter[str] = Counter()

    def tick(self, stage: str, done: int, total: int) -> None:
        due = [
            waiter
            for waiter in self._waiting
            if stage.startswith(waiter[0]) and done >= waiter[2] * total
        ]
        for entry in due:
            self._waiting.remove(entry)
            delay_s = self._random.uniform(0, 0.1)
            asyncio.get_running_loop().call_later(delay_s, self._kill, entry[1])

    def _kill(self, victim: str) -> None:
        self._services[victim].kill()
        self._services[victim].start()
        self.killed[victim] += 1


@asynccontextmanager
async def _four_processes(
    server_url: str,
) -> AsyncIterator[tuple[Settings, list[ServiceProcess]]]:
    """Four processes on a database and a part of the event log of their own."""
    async with migrated_database(server_url) as url:
        settings = settings_for_tests(database_url=url, event_log_url=event_log_url_for_tests())
        async with processes_with_topics(settings) as services:
            yield settings, list(services)


async def _close_month(
    settings: Settings, ports: Mapping[str, int], progress: ReportProgress
) -> list[bytes]:
    """Load the demonstration co-op; return its invoices as the API gives them, by number."""
    cooperative: Cooperative = read_cooperative()
    community = opened_database(settings.database_url, "community", Clock(), settings.account_keys)
    log_ins = LogIns(
        operator=settings.operator_email,
        organiser="organiser@example.org",
        member=cooperative.members[0].email,
        feed="feed@example.org",
        password="the password of a test",
        give_password=partial(give_password, community),
    )
    async with httpx.AsyncClient(
        base_url="http://127.0.0.1", transport=ServiceTransport(ports), timeout=600
    ) as client:
        operator = Api(client, patience_s=120).as_account(log_ins.operator, OPERATOR_PASSWORD)
        months = await load_and_close(operator, cooperative, log_ins, progress)
        ids = [invoice["id"] for month in months for invoice in month.invoices]
        answers = [
            await operator.answer("GET", f"/billing/invoices/{invoice_id}") for invoice_id in ids
        ]
    return sorted(answer.content for answer in answers)
