"""The stages of a month's close, each an act on all operations through the HTTP APIs."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from rich.console import Console

from services.cli.bench.at_once import for_each
from services.demo.api import Api
from services.demo.synthetic import Synthetic


@dataclass(frozen=True)
class Bench:
    """The tools of a stage."""

    api: Api
    synthetic: Synthetic
    console: Console


Stages: TypeAlias = dict[str, Callable[[Bench], Awaitable[None]]]


async def measure(bench: Bench) -> dict[str, float]:
    """Run the stages in order; return the seconds that each added."""
    return await _measure(bench, _UNTIL_SETTLED | _INVOICED)


async def measure_until_settled(bench: Bench) -> dict[str, float]:
    """Like ``measure``, without the invoices."""
    return await _measure(bench, _UNTIL_SETTLED)


async def _measure(bench: Bench, stages: Stages) -> dict[str, float]:
    seconds = {}
    for name, stage in stages.items():
        with bench.console.status(f"{name}…"):
            started_s = time.perf_counter()
            await stage(bench)
            seconds[name] = round(time.perf_counter() - started_s, 2)
        bench.console.print(f"{name}: {seconds[name]:.1f} s")
    return seconds


async def _set_up(bench: Bench) -> None:
    for request in bench.synthetic.setup_requests():
        await bench.api.call(*request[:2], json=request[2])


async def _push(bench: Bench) -> None:
    async def push(number: int) -> None:
        content = bench.synthetic.file(number)
        name = f"operation-{number}.csv"
        await bench.api.call("POST", "/ingest/deliveries", files={"file": (name, content)})

    await for_each(range(bench.synthetic.operations), push)


async def _wait_for_readings(bench: Bench) -> None:
    async def recorded() -> bool:
        answer = await bench.api.call("GET", "/ingest/deliveries", params={"limit": 10_000})
        states = [delivery["status"] for delivery in answer]
        return states.count("recorded") == bench.synthetic.operations

    await bench.api.wait_until("all deliveries are recorded", recorded, timeout_s=3600)


async def _wait_for_shares(bench: Bench) -> None:
    for number in range(bench.synthetic.operations):
        path = f"/allocation/operations/{bench.synthetic.operation_id(number)}/days"

        async def shared(path: str = path) -> bool:
            answer = await bench.api.answer("GET", path, params={"month": bench.synthetic.month})
            if answer.is_error:
                return False
            states = [day["status"] for day in answer.json()["days"]]
            return states.count("allocated") == bench.synthetic.days

        await bench.api.wait_until("all days are shared", shared, timeout_s=3600)


async def _settle(bench: Bench) -> None:
    async def settle(number: int) -> None:
        path = f"/allocation/operations/{bench.synthetic.operation_id(number)}/settlements"
        await bench.api.call("POST", path, json={"month": bench.synthetic.month})

    await for_each(range(bench.synthetic.operations), settle)


async def _draft(bench: Bench) -> None:
    async def draft(number: int) -> None:
        operation_id = bench.synthetic.operation_id(number)
        path = f"/billing/operations/{operation_id}/months/{bench.synthetic.month}/drafts"

        async def drafted() -> bool:
            return (await bench.api.answer("POST", path)).is_success

        await bench.api.wait_until("invoices are drafted", drafted, timeout_s=600)

    await for_each(range(bench.synthetic.operations), draft)


async def _issue(bench: Bench) -> None:
    async def issue(number: int) -> None:
        params = {
            "operation_id": bench.synthetic.operation_id(number),
            "month": bench.synthetic.month,
        }
        drafts = await bench.api.call("GET", "/billing/invoices", params=params)
        body = {"invoice_ids": [draft["id"] for draft in drafts], "issue_date": "2026-11-05"}
        await bench.api.call("POST", "/billing/invoices/issue", json=body)

    await for_each(range(bench.synthetic.operations), issue)


_UNTIL_SETTLED: Stages = {
    "perimeters, keys, prices": _set_up,
    "files pushed": _push,
    "readings stored": _wait_for_readings,
    "days shared": _wait_for_shares,
    "months settled": _settle,
}
_INVOICED: Stages = {"invoices drafted": _draft, "invoices issued": _issue}
