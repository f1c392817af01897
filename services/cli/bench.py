"""``elocoop bench``: the month's close at scale, stage by stage."""

import asyncio
import json
import os
import platform as machine
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from libs.common.app import create_app
from libs.common.database import open_server
from libs.common.eventlog.open import open_event_log
from libs.common.events.topics import ALL_TOPICS
from libs.common.scratch_database import scratch_database
from libs.common.settings import Settings, get_settings
from services.cli.processes import ServiceTransport, free_port, running_processes
from services.cli.running import running
from services.demo.api import Api
from services.demo.synthetic import Synthetic
from services.main import SERVICES

_AT_ONCE = 4
_PASSWORD = "the password of a benchmark"  # noqa: S105 - of a scratch database on this machine


def bench(
    operations: Annotated[int, typer.Option(min=1, max=9999, help="How many.")] = 20,
    points: Annotated[int, typer.Option(min=2, max=9999, help="Of each operation.")] = 26,
    days: Annotated[int, typer.Option(min=1, max=31, help="Of October 2026.")] = 31,
    step: Annotated[int, typer.Option(help="Minutes: 5, 10, 15, 30 or 60.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
) -> None:
    """Measure the main job: files pushed, parsed, stored, shared, settled, invoiced.

    Runs on the configured DATABASE_URL and EVENT_LOG_URL, in a scratch database and under a
    prefix of the log, both removed or left aside afterwards. With Kafka the four services are
    four processes, else one. Stages overlap: a stage's seconds are those it adds after the one
    before has ended. docs/benchmarks.md has figures and what bounds them.
    """
    synthetic = Synthetic(operations=operations, points=points, days=days, step_min=step)
    figures = asyncio.run(_bench(synthetic, Console(stderr=True)))
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
    else:
        _print(figures)


@dataclass(frozen=True)
class _Bench:
    api: Api
    synthetic: Synthetic
    console: Console


async def _bench(synthetic: Synthetic, console: Console) -> dict[str, Any]:
    settings = get_settings()
    async with AsyncExitStack() as stack:
        server_url = await stack.enter_async_context(open_server(settings.database_url))
        url = await stack.enter_async_context(scratch_database(server_url))
        own = settings.model_copy(
            update={
                "database_url": url,
                "event_log_url": _own_log(settings.event_log_url, url),
                "operator_password": SecretStr(_PASSWORD),
                "log_level": "WARNING",
            }
        )
        await _create_topics(own)
        client, pids = await stack.enter_async_context(_platform(own))
        api = Api(client, patience_s=5).as_account(own.operator_email, _PASSWORD)
        one = _Bench(api, synthetic, console)
        stages = await _measure(one)
        memory_mib = sum(map(_peak_memory_mib, pids))
    return _figures(synthetic, stages, memory_mib, settings.event_log_url)


def _own_log(event_log_url: str, database_url: str) -> str:
    """A part of the log that nobody else reads: a prefix named like the scratch database."""
    if not event_log_url.startswith("kafka://"):
        return event_log_url
    return f"{event_log_url.rstrip('/')}/{database_url.rpartition('/')[2].partition('?')[0]}"


async def _create_topics(settings: Settings) -> None:
    async with open_event_log(
        settings.event_log_url,
        database_url=settings.database_url,
        topics=ALL_TOPICS,
        partitions=settings.event_log_partitions,
    ) as event_log:
        await event_log.create_topics(ALL_TOPICS)


@asynccontextmanager
async def _platform(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, list[int]]]:
    """Yield a client of the running platform and the ids of its processes."""
    async with AsyncExitStack() as stack:
        if settings.event_log_url.startswith("kafka://"):
            services = await stack.enter_async_context(running_processes(settings))
            ports = {service.name: service.port for service in services}
            pids = [service.process.pid for service in services if service.process]
        else:
            port = free_port()
            url = f"http://127.0.0.1:{port}"
            own = settings.model_copy(update={"public_url": url})
            await stack.enter_async_context(running(create_app(*SERVICES, settings=own), port=port))
            ports, pids = {service.name: port for service in SERVICES}, [os.getpid()]
        client = httpx.AsyncClient(
            base_url="http://127.0.0.1", transport=ServiceTransport(ports), timeout=600
        )
        yield await stack.enter_async_context(client), pids


async def _measure(one: _Bench) -> dict[str, float]:
    """Run the stages in order; return the seconds that each added."""
    stages: dict[str, Callable[[_Bench], Awaitable[None]]] = {
        "perimeters, keys, prices": _set_up,
        "files pushed": _push,
        "readings stored": _wait_for_readings,
        "days shared": _wait_for_shares,
        "months settled": _settle,
        "invoices drafted": _draft,
        "invoices issued": _issue,
    }
    seconds = {}
    for name, stage in stages.items():
        with one.console.status(f"{name}…"):
            started_s = time.perf_counter()
            await stage(one)
            seconds[name] = round(time.perf_counter() - started_s, 2)
        one.console.print(f"{name}: {seconds[name]:.1f} s")
    return seconds


async def _set_up(one: _Bench) -> None:
    for request in one.synthetic.setup_requests():
        await one.api.call(*request[:2], json=request[2])


async def _push(one: _Bench) -> None:
    async def push(number: int) -> None:
        content = one.synthetic.file(number)
        name = f"operation-{number}.csv"
        await one.api.call("POST", "/ingest/deliveries", files={"file": (name, content)})

    await _for_each(one, push)


async def _wait_for_readings(one: _Bench) -> None:
    async def recorded() -> bool:
        answer = await one.api.call("GET", "/ingest/deliveries", params={"limit": 10_000})
        states = [delivery["status"] for delivery in answer]
        return states.count("recorded") == one.synthetic.operations

    await one.api.wait_until("all deliveries are recorded", recorded, timeout_s=3600)


async def _wait_for_shares(one: _Bench) -> None:
    for number in range(one.synthetic.operations):
        path = f"/allocation/operations/{one.synthetic.operation_id(number)}/days"

        async def shared(path: str = path) -> bool:
            answer = await one.api.answer("GET", path, params={"month": one.synthetic.month})
            if answer.is_error:
                return False
            states = [day["status"] for day in answer.json()["days"]]
            return states.count("allocated") == one.synthetic.days

        await one.api.wait_until("all days are shared", shared, timeout_s=3600)


async def _settle(one: _Bench) -> None:
    async def settle(number: int) -> None:
        path = f"/allocation/operations/{one.synthetic.operation_id(number)}/settlements"
        await one.api.call("POST", path, json={"month": one.synthetic.month})

    await _for_each(one, settle)


async def _draft(one: _Bench) -> None:
    async def draft(number: int) -> None:
        operation_id = one.synthetic.operation_id(number)
        path = f"/billing/operations/{operation_id}/months/{one.synthetic.month}/drafts"

        async def drafted() -> bool:
            return (await one.api.answer("POST", path)).is_success

        await one.api.wait_until("invoices are drafted", drafted, timeout_s=600)

    await _for_each(one, draft)


async def _issue(one: _Bench) -> None:
    async def issue(number: int) -> None:
        params = {
            "operation_id": one.synthetic.operation_id(number),
            "month": one.synthetic.month,
        }
        drafts = await one.api.call("GET", "/billing/invoices", params=params)
        body = {"invoice_ids": [draft["id"] for draft in drafts], "issue_date": "2026-11-05"}
        await one.api.call("POST", "/billing/invoices/issue", json=body)

    await _for_each(one, issue)


async def _for_each(one: _Bench, act: Callable[[int], Awaitable[None]]) -> None:
    """Act on every operation, a few at once."""
    numbers: Iterator[int] = iter(range(one.synthetic.operations))

    async def work() -> None:
        for number in numbers:
            await act(number)

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(work())


def _peak_memory_mib(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


def _figures(
    synthetic: Synthetic, stages: dict[str, float], memory_mib: int, event_log_url: str
) -> dict[str, Any]:
    readings, total_s = synthetic.reading_count, sum(stages.values())
    return {
        "operations": synthetic.operations,
        "points": synthetic.points,
        "days": synthetic.days,
        "step_min": synthetic.step_min,
        "readings": readings,
        "event_log": event_log_url.partition(":")[0],
        "stages": [
            {"stage": name, "seconds": seconds, "readings_per_s": round(readings / seconds)}
            for name, seconds in stages.items()
            if seconds
        ],
        "seconds": round(total_s, 2),
        "readings_per_s": round(readings / total_s),
        "peak_memory_mib": memory_mib,
        "machine": f"{machine.system()} {machine.machine()}, {os.cpu_count()} cores",
        "python": machine.python_version(),
    }


def _print(figures: dict[str, Any]) -> None:
    title = (
        f"{figures['operations']} operations × {figures['points']} points × {figures['days']} days,"
        f" {figures['step_min']} min: {figures['readings']:,} readings, log: {figures['event_log']}"
    )
    table = Table("Stage", title=title)
    table.add_column("Seconds added", justify="right")
    table.add_column("Readings/s", justify="right")
    for stage in figures["stages"]:
        table.add_row(stage["stage"], f"{stage['seconds']:.1f}", f"{stage['readings_per_s']:,}")
    table.add_section()
    table.add_row(
        "The whole", f"{figures['seconds']:.1f}", f"{figures['readings_per_s']:,}", style="bold"
    )
    console = Console()
    console.print(table)
    console.print(f"Peak memory of the services: {figures['peak_memory_mib']} MiB")
