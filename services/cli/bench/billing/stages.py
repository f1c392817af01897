"""Settlements told, invoices drafted, issued and printed: each a stage on all operations."""

import asyncio
import re
import statistics
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from rich.console import Console

from libs.common.eventlog import EventLog
from services.cli.bench.at_once import for_each
from services.cli.bench.billing.settlements import Settlements
from services.cli.bench.processor import Processor
from services.cli.bench.scratch_platform import forget_peak, peak_memory_mib
from services.demo.api import Api
from services.demo.keys import Request

_ISSUE_DATE = "2026-11-05"
_POLL_S = 0.05
_TOPICS = ("community.members", "community.perimeter", "allocation.settlements")

Tell = Callable[[int], None]
"""Says how many requests of a stage are answered."""


@dataclass(frozen=True)
class Stage:
    """One stage on so many documents; seconds of processor by who used it."""

    what: str
    documents: int
    seconds: float
    documents_per_s: float
    billing_s: float
    database_s: float | None  # None where PostgreSQL runs on another machine
    client_s: float
    peak_memory_mib: int  # of billing, during this stage


@dataclass(frozen=True)
class Route:
    """What a kind of request costs, one after the other."""

    route: str
    requests: int
    median_ms: float
    processor_ms: float  # mean, of the service that answers


@dataclass
class Bench:
    """What a stage works with; drafted: the invoices of each operation."""

    api: Api
    event_log: EventLog
    settlements: Settlements
    processor: Processor
    console: Console
    drafted: list[list[str]] = field(default_factory=list)


async def measure_routes(one: Bench) -> list[Route]:
    """Set up members, perimeters, prices and taxes through the routes of their services."""
    by_route: dict[str, list[Request]] = {}
    for request in one.settlements.shape.setup_requests():
        if not request[1].startswith("/allocation/"):
            by_route.setdefault(_route(request), []).append(request)
    routes = []
    for route, requests in by_route.items():
        with one.console.status(f"{route}…"):
            routes.append(await _measure_route(one, route, requests))
    await _until_all_is_taken(one)
    return routes


def _route(request: Request) -> str:
    method, path, _ = request
    return f"{method} {re.sub(r'/[^/]*[0-9][^/]*', '/…', path)}"


async def _measure_route(one: Bench, route: str, requests: Iterable[Request]) -> Route:
    service = route.split("/")[1]
    times_ms = []
    before_s = one.processor.of_service(service)
    for method, path, body in requests:
        started_s = time.perf_counter()
        await one.api.call(method, path, json=body)
        times_ms.append(1000 * (time.perf_counter() - started_s))
    used_s = one.processor.of_service(service) - before_s
    return Route(
        route=route,
        requests=len(times_ms),
        median_ms=round(statistics.median(times_ms), 1),
        processor_ms=round(1000 * used_s / len(times_ms), 1),
    )


async def measure_stages(one: Bench) -> list[Stage]:
    """In order; a stage begins when nothing is left of the one before."""
    stages: dict[str, Callable[[Bench, Tell], Awaitable[None]]] = {
        "settlements told and stored": _tell,
        "invoices drafted": _draft,
        "invoices issued": _issue,
        "PDFs made and read": _print,
    }
    return [await _measured(one, what, act) for what, act in stages.items()]


async def _measured(one: Bench, what: str, act: Callable[[Bench, Tell], Awaitable[None]]) -> Stage:
    billing_pid = one.processor.pids["billing"]
    forget_peak(billing_pid)
    used = one.processor.used()
    with one.console.status(f"{what}…") as status:
        started_s = time.perf_counter()
        await act(one, lambda done: status.update(f"{what}… {done:,}"))
        seconds = time.perf_counter() - started_s
    used = one.processor.used() - used
    documents = one.settlements.document_count
    one.console.print(f"{what}: {seconds:.1f} s")
    return Stage(
        what=what,
        documents=documents,
        seconds=round(seconds, 2),
        documents_per_s=round(documents / seconds, 1),
        billing_s=round(used.service_s, 2),
        database_s=None if used.database_s is None else round(used.database_s, 2),
        client_s=round(used.client_s, 2),
        peak_memory_mib=peak_memory_mib(billing_pid),
    )


async def _tell(one: Bench, tell: Tell) -> None:
    for number in range(one.settlements.shape.operations):
        await one.event_log.append(one.settlements.records(number))
        tell(number + 1)
    await _until_all_is_taken(one)


async def _until_all_is_taken(one: Bench) -> None:
    while True:
        if not await one.event_log.lag(group="billing", topics=_TOPICS):
            return
        await asyncio.sleep(_POLL_S)


async def _draft(one: Bench, tell: Tell) -> None:
    shape = one.settlements.shape

    async def draft(number: int) -> None:
        path = f"/billing/operations/{shape.operation_id(number)}/months/{shape.month}/drafts"
        answer = await one.api.call("POST", path)
        one.drafted.append([invoice["id"] for invoice in answer["invoices"]])

    await for_each(range(shape.operations), draft, tell=tell)
    assert sum(map(len, one.drafted)) == one.settlements.document_count


async def _issue(one: Bench, tell: Tell) -> None:
    async def issue(ids: list[str]) -> None:
        body = {"invoice_ids": ids, "issue_date": _ISSUE_DATE}
        await one.api.call("POST", "/billing/invoices/issue", json=body)

    await for_each(one.drafted, issue, tell=tell)


async def _print(one: Bench, tell: Tell) -> None:
    async def read(invoice_id: str) -> None:
        answer = await one.api.answer("GET", f"/billing/invoices/{invoice_id}.pdf")
        answer.raise_for_status()

    await for_each((one_id for ids in one.drafted for one_id in ids), read, tell=tell)
