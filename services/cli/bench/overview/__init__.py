"""``elocoop bench --overview``: the answers by which staff see hundreds of operations."""

import os
import platform
import time
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.calendar import local_day
from libs.common.clock import Clock
from libs.common.settings import get_settings
from services.cli.bench.overview.answers import measure_answers
from services.cli.bench.overview.load import OverviewLoad
from services.cli.bench.scratch_platform import scratch_processes
from services.cli.processes import NAMES

_GOAL_MS = 300
_REQUESTS = 20
"""Of each answer."""


async def measure_overview(
    operations: int, points: int, console: Console, *, changes: int
) -> dict[str, Any]:
    """Load a year of the operations, then ask for the overview's answers, as staff do."""
    load = OverviewLoad(operations, points, local_day(Clock().now()), changes)
    async with scratch_processes(get_settings()) as (staff, pids, database_url):
        started_s = time.perf_counter()
        with console.status("a year is loaded…"):
            await load.store(database_url)
        loaded_s = time.perf_counter() - started_s
        load_before = os.getloadavg()[0]
        with console.status("staff asks…"):
            answers = await measure_answers(
                load, staff, dict(zip(NAMES, pids, strict=True)), requests=_REQUESTS
            )
    return {
        "operations": operations,
        "points": points,
        "loaded_s": round(loaded_s, 1),
        "answers": [asdict(waits) for waits in answers],
        "load_before": round(load_before, 1),
        "load_after": round(os.getloadavg()[0], 1),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def print_overview(figures: dict[str, Any]) -> None:
    title = (
        f"{figures['operations']} operations × {figures['points']} points, loaded in"
        f" {figures['loaded_s']} s; load {figures['load_before']} to {figures['load_after']}"
    )
    table = Table("Answer", title=title)
    for heading in ("Asked", "Median, ms", "99 %, ms", "Least, ms", "Processor, ms", "Bytes"):
        table.add_column(heading, justify="right")
    table.add_column(f"Below {_GOAL_MS} ms")
    for waits in figures["answers"]:
        names = ("median_ms", "p99_ms", "least_ms", "processor_ms")
        table.add_row(
            waits["name"],
            str(waits["requests"]),
            *(f"{waits[name]:.1f}" for name in names),
            f"{waits['bytes']:,}",
            "yes" if waits["median_ms"] < _GOAL_MS else "no",
        )
    Console().print(table)
