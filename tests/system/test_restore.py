"""The disaster: a database comes back from a backup, beside a log that is ahead of it, or empty."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from libs.common.database.scratch import scratch_database
from libs.common.eventlog.open import open_event_log
from libs.common.events.base import Event
from libs.common.settings import Settings
from services.demo.api import Api
from tests.billing.world import NOT_FROZEN, Coop
from tests.support.alone import record_of
from tests.support.commands import COMMAND, without_servers
from tests.support.databases import migrated_database
from tests.support.forms import FormTransport
from tests.support.platform import (
    OPERATOR_PASSWORD,
    SECRET_KEY,
    event_log_url_for_tests,
    is_on_kafka,
    processes_with_topics,
    settings_for_tests,
)
from tests.system.priced_months import draft_month, price_month

BUYERS = 2


@pytest.mark.system
@pytest.mark.gate
async def test_an_event_that_was_on_its_way_takes_effect_and_one_of_later_does_not(
    database_url: str, tmp_path: Path
) -> None:
    coop, late_coop = Coop(), Coop()
    backup = tmp_path / "backup.tar"
    async with migrated_database(database_url) as url, scratch_database(database_url) as empty_url:
        settings = settings_for_tests(database_url=url, event_log_url=event_log_url_for_tests())
        async with _billing(settings) as api:
            await _tell(settings, [*coop.members(), coop.perimeter(), coop.settlement()])
            invoices = await _issue(api, await _draft(api, coop))
        # Billing is away: this is on the log, and in no database.
        on_its_way = [late_coop.perimeter(), late_coop.settlement(), *late_coop.members()]
        await _tell(settings, on_its_way)
        await _elocoop(settings, "backup", str(backup))

        async with _billing(settings) as api:
            expected = [invoices, await _draft(api, late_coop)]
        # What is told now is lost with the database, and must not be heard after all.
        await _tell(settings, [late_coop.settlement(late_coop.halved_wmin, number=2)])

        await _elocoop(settings, "restore", str(backup), "--replace")
        assert await _documents(settings, invoices, late_coop) == expected

        elsewhere = settings.model_copy(
            update={"database_url": empty_url, "event_log_url": _empty_log(settings)}
        )
        await _elocoop(elsewhere, "restore", str(backup))
        assert await _documents(elsewhere, invoices, late_coop) == expected


async def _documents(
    settings: Settings, invoices: Sequence[dict[str, Any]], late_coop: Coop
) -> list[list[dict[str, Any]]]:
    """The invoices of before, as they are shown now, and the drafts of the late month."""
    async with _billing(settings) as api:
        shown = [await api.call("GET", f"/billing/invoices/{body['id']}") for body in invoices]
        return [shown, await _draft(api, late_coop)]


async def _issue(api: Api, drafts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    listed = await api.call("GET", "/billing/invoices", params={"state": "draft"})
    ids = [draft["id"] for draft in listed]
    assert len(ids) == len(drafts)
    body = {"invoice_ids": ids, "issue_date": "2026-11-05"}
    issued = await api.call("POST", "/billing/invoices/issue", json=body)
    return [await api.call("GET", f"/billing/invoices/{invoice['id']}") for invoice in issued]


async def _draft(api: Api, coop: Coop) -> list[dict[str, Any]]:
    """The drafts of the month once billing has heard of it, without what is made anew each time."""
    await price_month(api, coop)
    drafts = await draft_month(api, coop)
    assert len(drafts) == BUYERS
    return [
        {name: fact for name, fact in draft.items() if name not in NOT_FROZEN | {"id"}}
        for draft in drafts
    ]


@asynccontextmanager
async def _billing(settings: Settings) -> AsyncIterator[Api]:
    """The billing service and the one that gives tokens."""
    async with processes_with_topics(settings, ("community", "billing")) as services:
        ports = {service.name: service.port for service in services}
        async with httpx.AsyncClient(
            base_url="http://127.0.0.1", transport=FormTransport(ports), timeout=600
        ) as client:
            yield Api(client, patience_s=120).as_account(settings.operator_email, OPERATOR_PASSWORD)


async def _tell(settings: Settings, events: Sequence[Event]) -> None:
    async with open_event_log(settings, database_url=settings.database_url) as event_log:
        await event_log.append([record_of(event) for event in events])


def _empty_log(settings: Settings) -> str:
    """Another part of the same Kafka, which nothing was told; or that of the other database."""
    return f"{settings.event_log_url}-anew" if is_on_kafka() else settings.event_log_url


async def _elocoop(settings: Settings, *arguments: str) -> None:
    environment = {
        "DATABASE_URL": settings.database_url,
        "EVENT_LOG_URL": settings.event_log_url,
        "EVENT_LOG_PARTITIONS": str(settings.event_log_partitions),
        "FILE_STORE_URL": settings.file_store_url,
        "SECRET_KEYS": SECRET_KEY,
    }
    done = await asyncio.to_thread(
        subprocess.run,
        [COMMAND, *arguments],
        env=without_servers() | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
