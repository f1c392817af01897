"""``elocoop bench --community``: how long lists take with thousands of members."""

import os
import platform
import time
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.database import Database, copy_rows
from libs.common.settings import get_settings
from services.cli.bench.community.crowd import Crowd
from services.cli.bench.community.life import Life
from services.cli.bench.community.lists import Clients, log_reader_in, measure_lists
from services.cli.bench.scratch_platform import scratch_processes

_GOAL_MS = 50


async def measure_community(crowd: Crowd, console: Console, *, requests: int) -> dict[str, Any]:
    """Load the co-op, then ask for pages of each list, one at a time, as staff do."""
    async with scratch_processes(get_settings(), ["community"]) as (staff, pids, database_url):
        started_s = time.perf_counter()
        with console.status("the co-op is loaded…"):
            database = Database(database_url, schema="community", pool_size=2)
            for table, columns, rows in (*crowd.tables(), *Life(crowd).tables()):
                async with database.transaction() as session:
                    await copy_rows(session, table, columns=columns.split(), rows=rows)
            await database.vacuum()
        loaded_s = time.perf_counter() - started_s
        load_before = os.getloadavg()[0]
        with console.status("staff asks, and a member…"):
            clients = Clients(staff, await log_reader_in(crowd, staff, database))
            await database.close()
            lists = await measure_lists(crowd, clients, requests=requests, pid=pids[0])
    return {
        "operations": crowd.operations,
        "members": crowd.members,
        "loaded_s": round(loaded_s, 1),
        "requests": requests,
        "lists": [asdict(list_waits) for list_waits in lists],
        "load_before": round(load_before, 1),
        "load_after": round(os.getloadavg()[0], 1),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def print_community(figures: dict[str, Any]) -> None:
    title = (
        f"{figures['members']:,} members in {figures['operations']} operations, loaded in"
        f" {figures['loaded_s']} s; {figures['requests']} pages of each list, load"
        f" {figures['load_before']} to {figures['load_after']}"
    )
    table = Table("List", title=title)
    for heading in ("Rows", "Median, ms", "95 %, ms", "Processor, ms", f"Below {_GOAL_MS} ms"):
        table.add_column(heading, justify="right")
    for list_waits in figures["lists"]:
        keeps = "yes" if list_waits["median_ms"] < _GOAL_MS else "no"
        waits = [f"{list_waits[name]:.1f}" for name in ("median_ms", "p95_ms", "processor_ms")]
        table.add_row(list_waits["path"], str(list_waits["rows"]), *waits, keeps)
    Console().print(table)
