"""Settlements published, invoices drafted, issued and printed: each a stage on all operations.

The first operation's drafts are issued one by one before, by eight callers at once.
"""

import asyncio
import re
import statistics
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from rich.console import Console

from libs.common.eventlog import EventLog
from services.cli.bench.at_once import for_each
from services.cli.bench.billing.settlements import Settlements
from services.cli.bench.processor import Processor
from services.cli.bench.scratch_platform import forget_peak, peak_memory_mib
from services.demo.api import Api
from services.demo.keys import ApiRequest

_ISSUE_DATE = "2026-11-05"
_POLL_S = 0.05
_CALLERS = 8  # who each issue one draft at a time
_TOPICS = ("community.members", "community.perimeter", "allocation.settlements")

ReportCount = Callable[[int], None]
"""Reports how many requests of a stage are answered."""

Act = Callable[["BillingBench", ReportCount], Awaitable[int]]
"""Does a stage and returns the number of its documents."""


@dataclass(frozen=True)
class BillingStage:
    """One stage with this many documents; seconds of processor by user."""

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
    """The cost of a kind of request, one after the other."""

    route: str
    requests: int
    median_ms: float
    processor_ms: float  # mean, of the service that answers


@dataclass
class BillingBench:
    """The tools of a stage; drafted: the invoices of each operation."""

    api: Api
    event_log: EventLog
    settlements: Settlements
    processor: Processor
    console: Console
    drafted: list[list[str]] = field(default_factory=list)
    one_by_one_ms: list[float] = field(default_factory=list)  # to issue a draft, of each caller


async def measure_routes(bench: BillingBench) -> list[Route]:
    """Set up members, perimeters, prices and taxes through the routes of their services."""
    requests_by_route: dict[str, list[ApiRequest]] = {}
    for request in bench.settlements.shape.setup_requests():
        if not request[1].startswith("/allocation/"):
            requests_by_route.setdefault(_route(request), []).append(request)
    routes = []
    for route, requests in requests_by_route.items():
        with bench.console.status(f"{route}…"):
            routes.append(await _measure_route(bench, route, requests))
    await _until_all_is_taken(bench)
    return routes


def _route(request: ApiRequest) -> str:
    method, path, _ = request
    return f"{method} {re.sub(r'/[^/]*[0-9][^/]*', '/…', path)}"


async def _measure_route(bench: BillingBench, route: str, requests: Iterable[ApiRequest]) -> Route:
    service = route.split("/")[1]
    times_ms = []
    before_s = bench.processor.of_service(service)
    for method, path, body in requests:
        started_s = time.perf_counter()
        await bench.api.call(method, path, json=body)
        times_ms.append(1000 * (time.perf_counter() - started_s))
    used_s = bench.processor.of_service(service) - before_s
    return Route(
        route=route,
        requests=len(times_ms),
        median_ms=round(statistics.median(times_ms), 1),
        processor_ms=round(1000 * used_s / len(times_ms), 1),
    )


async def measure_stages(bench: BillingBench) -> list[BillingStage]:
    """Measure the stages in order; a stage begins when the one before is complete."""
    stages: dict[str, Act] = {
        "settlements published and stored": _publish,
        "invoices drafted": _draft,
        "invoices issued one by one": _issue_one_by_one,
        "invoices issued": _issue,
        "PDFs made and read": _print,
    }
    return [await _measured(bench, title, act) for title, act in stages.items()]


async def _measured(bench: BillingBench, title: str, act: Act) -> BillingStage:
    billing_pid = bench.processor.pids["billing"]
    forget_peak(billing_pid)
    used = bench.processor.used()
    with bench.console.status(f"{title}…") as status:
        started_s = time.perf_counter()
        documents = await act(bench, lambda count: status.update(f"{title}… {count:,}"))
        seconds = time.perf_counter() - started_s
    used = bench.processor.used() - used
    bench.console.print(f"{title}: {seconds:.1f} s")
    return BillingStage(
        what=title,
        documents=documents,
        seconds=round(seconds, 2),
        documents_per_s=round(documents / seconds, 1),
        billing_s=round(used.service_s, 2),
        database_s=None if used.database_s is None else round(used.database_s, 2),
        client_s=round(used.client_s, 2),
        peak_memory_mib=peak_memory_mib(billing_pid),
    )


async def _publish(bench: BillingBench, report: ReportCount) -> int:
    for number in range(bench.settlements.shape.operations):
        await bench.event_log.append(bench.settlements.records(number))
        report(number + 1)
    await _until_all_is_taken(bench)
    return bench.settlements.document_count


async def _until_all_is_taken(bench: BillingBench) -> None:
    while True:
        if not await bench.event_log.lag(group="billing", topics=_TOPICS):
            return
        await asyncio.sleep(_POLL_S)


async def _draft(bench: BillingBench, report: ReportCount) -> int:
    shape = bench.settlements.shape

    async def draft(number: int) -> None:
        path = f"/billing/operations/{shape.operation_id(number)}/months/{shape.month}/drafts"
        answer = await bench.api.call("POST", path)
        bench.drafted.append([invoice["id"] for invoice in answer["invoices"]])

    await for_each(range(shape.operations), draft, report=report)
    documents = sum(map(len, bench.drafted))
    assert documents == bench.settlements.document_count
    return documents


async def _issue_one_by_one(bench: BillingBench, report: ReportCount) -> int:
    async def issue(invoice_id: str) -> None:
        started_s = time.perf_counter()
        await _issue_drafts(bench, [invoice_id])
        bench.one_by_one_ms.append(1000 * (time.perf_counter() - started_s))

    await for_each(bench.drafted[0], issue, report=report, at_once=_CALLERS)
    return len(bench.drafted[0])


async def _issue(bench: BillingBench, report: ReportCount) -> int:
    async def issue(ids: list[str]) -> None:
        await _issue_drafts(bench, ids)

    await for_each(bench.drafted[1:], issue, report=report)
    return sum(map(len, bench.drafted[1:]))


async def _issue_drafts(bench: BillingBench, ids: Sequence[str]) -> None:
    body = {"invoice_ids": ids, "issue_date": _ISSUE_DATE}
    await bench.api.call("POST", "/billing/invoices/issue", json=body)


async def _print(bench: BillingBench, report: ReportCount) -> int:
    async def read(invoice_id: str) -> None:
        answer = await bench.api.answer("GET", f"/billing/invoices/{invoice_id}.pdf")
        answer.raise_for_status()

    await for_each(chain.from_iterable(bench.drafted), read, report=report)
    return bench.settlements.document_count
