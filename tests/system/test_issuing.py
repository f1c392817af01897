"""Numbers of invoices and credit notes, with the process killed while eight callers issue."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from libs.common.eventlog.open import open_event_log
from libs.common.ids import Direction
from libs.common.settings import Settings
from services.cli.processes import ServiceProcess
from services.demo.api import Api
from tests.billing.members import member, seller
from tests.billing.world import KWH_WMIN, Coop, Point
from tests.support.alone import record_of
from tests.support.databases import migrated_database
from tests.support.forms import FormTransport
from tests.support.ids import new_prm
from tests.support.platform import (
    OPERATOR_PASSWORD,
    event_log_url_for_tests,
    processes_with_topics,
    settings_for_tests,
)
from tests.support.waiting import until
from tests.system.priced_months import draft_month, price_month

SEED = 20261031
BUYERS = 24
CALLERS = 8
CALLERS_OF_EACH = 3


@pytest.mark.system
@pytest.mark.gate
@pytest.mark.parametrize("kills", [1, pytest.param(3, marks=pytest.mark.nightly)])
async def test_no_number_is_missing_or_double_whoever_issues_and_whatever_is_killed(
    database_url: str, kills: int
) -> None:
    """kills: of each kind of document."""
    coop = Coop()
    async with _billing(database_url, kills) as (settings, api, killer):
        await _tell_month(settings, coop)
        await price_month(api, coop)

        drafts = await draft_month(api, coop)
        assert len(drafts) == BUYERS
        invoices = await _issue_by_many(api, drafts, killer)
        notes = [
            await api.call(
                "POST", f"/billing/invoices/{invoice['id']}/credit-notes", json={"reason": "Test"}
            )
            for invoice in invoices
        ]
        credited = await _issue_by_many(api, notes, killer)
        listed = await api.call(
            "GET", "/billing/invoices", params={"operation_id": coop.operation_id}
        )

    assert len(killer.cut) == 2 * kills
    assert all(killer.cut), "each kill cuts off somebody who is issuing"
    for series, issued in (("F", invoices), ("A", credited)):
        expected = [f"{series}2026-{i:05}" for i in range(1, BUYERS + 1)]
        assert sorted(invoice["number"] for invoice in issued) == expected
    assert _frozen_by_id(listed) == _frozen_by_id([*invoices, *credited])


class Transport(FormTransport):
    """Counts the requests to issue that were cut off while they were under way."""

    cut = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except (httpx.ReadError, httpx.RemoteProtocolError):
            self.cut += request.url.path.endswith("/issue")
            raise


class Killer:
    """Kills and restarts the process a little after so many of the requests of a round.

    cut: how many requests each kill cut off.
    """

    def __init__(self, process: ServiceProcess, transport: Transport, kills: int) -> None:
        self._process = process
        self._kills = kills
        self._transport = transport
        self._random = random.Random(SEED)  # noqa: S311 - the same moments every time
        self._moments: set[int] = set()
        self._killing: list[asyncio.Task[None]] = []
        self._one_at_a_time = asyncio.Lock()
        self._asked = 0
        self.cut: list[int] = []

    def begin(self, requests: int) -> None:
        self._asked = 0
        self._moments = set(self._random.sample(range(requests // 2), self._kills))

    def tick(self) -> None:
        if self._asked in self._moments:
            self._killing.append(asyncio.create_task(self._kill(self._random.uniform(0, 0.05))))
        self._asked += 1

    async def end(self) -> None:
        await asyncio.gather(*self._killing)

    async def _kill(self, delay_s: float) -> None:
        async with self._one_at_a_time:
            asked, before = self._asked, self._transport.cut

            async def asked_since() -> int:
                return self._asked - asked

            await until("it is at work again", asked_since)
            await asyncio.sleep(delay_s)
            self._process.kill()
            self._process.start()
            await self._process.wait_until_healthy()
            self.cut.append(self._transport.cut - before)


def _frozen_by_id(documents: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without what becomes of them in money, which their credit notes change."""
    return {
        document["id"]: {name: fact for name, fact in document.items() if name != "payment"}
        for document in documents
    }


async def _issue_by_many(
    api: Api, drafts: Sequence[dict[str, Any]], killer: Killer
) -> list[dict[str, Any]]:
    """Each draft by three of eight callers at once; return each as all of them were told it."""
    invoices_by_id: dict[str, dict[str, Any]] = {}
    answers: Counter[str] = Counter()
    killer.begin(len(drafts) * CALLERS_OF_EACH)

    async def issue_some(caller: int) -> None:
        for number, draft in enumerate(drafts):
            if (number - caller) % CALLERS >= CALLERS_OF_EACH:
                continue
            body = {"invoice_ids": [draft["id"]], "issue_date": "2026-11-05"}
            killer.tick()
            (issued,) = await api.call("POST", "/billing/invoices/issue", json=body)
            assert invoices_by_id.setdefault(issued["id"], issued) == issued
            answers[issued["id"]] += 1

    await asyncio.gather(*(issue_some(caller) for caller in range(CALLERS)))
    await killer.end()
    assert set(answers.values()) == {CALLERS_OF_EACH}
    return list(invoices_by_id.values())


async def _tell_month(settings: Settings, coop: Coop) -> None:
    """One seller and many buyers, as the other services would tell of them."""
    homes = {new_prm(): uuid4() for _ in range(BUYERS)}
    points = [
        Point(coop.roof, Direction.PRODUCTION, coop.seller),
        *(Point(prm, Direction.CONSUMPTION, buyer) for prm, buyer in homes.items()),
    ]
    events = [
        seller(coop.seller),
        *(member(buyer, f"Buyer {i:02}") for i, buyer in enumerate(homes.values())),
        coop.perimeter(points),
        coop.settlement({(coop.roof, prm): [KWH_WMIN] * 31 for prm in homes}),
    ]
    async with open_event_log(settings, database_url=settings.database_url) as event_log:
        await event_log.append([record_of(event) for event in events])


@asynccontextmanager
async def _billing(server_url: str, kills: int) -> AsyncIterator[tuple[Settings, Api, Killer]]:
    """The billing service and the one that gives tokens, on a database of their own."""
    async with migrated_database(server_url) as url:
        settings = settings_for_tests(database_url=url, event_log_url=event_log_url_for_tests())
        async with processes_with_topics(settings, ("community", "billing")) as services:
            ports = {service.name: service.port for service in services}
            transport = Transport(ports)
            async with httpx.AsyncClient(
                base_url="http://127.0.0.1", transport=transport, timeout=600
            ) as client:
                api = Api(client, patience_s=120).as_account(
                    settings.operator_email, OPERATOR_PASSWORD
                )
                yield settings, api, Killer(services[1], transport, kills)
