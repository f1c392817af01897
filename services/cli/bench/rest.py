"""The cost of an unused platform: seconds of processor, and transactions."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.database.embedded_postgres import EmbeddedPostgres
from libs.common.database.scratch import count_transactions
from libs.common.ports import free_port
from libs.common.settings import get_settings
from services.cli.bench.processor import find_server, tree_processor_s
from services.cli.bench.scratch_platform import scratch_processes
from services.cli.processes import NAMES, start_embedded, wait_until_healthy

_SETTLED_AFTER_S = 20.0
_STOP_S = 30.0


@dataclass(frozen=True)
class _AtRest:
    """A running platform. pids: of its processes, by name."""

    pids: Mapping[str, int]
    database_url: str


async def measure_rest(console: Console, *, seconds: float, processes: bool) -> dict[str, Any]:
    """Measure the whole platform in one process with PostgreSQL, or a process per service."""
    starting = _processes() if processes else _embedded()
    async with starting as platform:
        console.print(f"Work alone for {_SETTLED_AFTER_S:.0f} s, then measured for {seconds:.0f} s")
        await asyncio.sleep(_SETTLED_AFTER_S)
        figures = await _measure(platform, seconds)
    return {**figures, "processes": len(platform.pids), "cores": os.cpu_count()}


async def _measure(platform: _AtRest, seconds: float) -> dict[str, Any]:
    server = await find_server(platform.database_url)
    pids = {**platform.pids, **({"postgresql": server} if server else {})}
    used_before = {name: tree_processor_s(pid) for name, pid in pids.items()}
    committed_before = await count_transactions(platform.database_url)
    await asyncio.sleep(seconds)
    used = {name: tree_processor_s(pid) - used_before[name] for name, pid in pids.items()}
    # One is ours: that of the first question, if the server has counted it by then.
    committed = max(await count_transactions(platform.database_url) - committed_before - 1, 0)
    return {
        "seconds": seconds,
        "processor_percent": {name: round(100 * s / seconds, 2) for name, s in used.items()},
        "transactions_per_s": round(committed / seconds, 2),
    }


@asynccontextmanager
async def _processes() -> AsyncIterator[_AtRest]:
    async with scratch_processes(get_settings()) as (_, pids, database_url):
        yield _AtRest(dict(zip(NAMES, pids, strict=True)), database_url)


@asynccontextmanager
async def _embedded() -> AsyncIterator[_AtRest]:
    """Run ``elocoop serve`` without any setting, in a folder of its own."""
    with TemporaryDirectory(prefix="elocoop-rest-") as name:
        folder, port = Path(name), free_port()
        process = start_embedded(folder, port)
        try:
            await wait_until_healthy(process, port, name="the platform")
            postgres = EmbeddedPostgres(folder / "postgres")
            yield _AtRest({"platform": process.pid}, postgres.url)
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait, _STOP_S)


def print_rest(figures: dict[str, Any]) -> None:
    table = Table("Process", title=f"At rest, for {figures['seconds']:.0f} s")
    table.add_column("% of a core", justify="right")
    for name, percent in figures["processor_percent"].items():
        table.add_row(name, f"{percent:.2f}")
    console = Console()
    console.print(table)
    console.print(f"Transactions per second: {figures['transactions_per_s']}")
