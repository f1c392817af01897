"""``elocoop bench --reads``: how long members wait for answers when a year is stored."""

import os
import platform
import time
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.database import Database
from libs.common.settings import get_settings
from services.cli.bench.members import open_account
from services.cli.bench.reads.questions import measure
from services.cli.bench.reads.year import YearLoad
from services.cli.bench.scratch_platform import scratch_processes
from services.cli.processes import NAMES
from services.demo.api import Api


async def measure_reads(year: YearLoad, console: Console, *, requests: int) -> dict[str, Any]:
    """Store the year, then request like its members, through the HTTP API.

    requests: of each kind, one at a time and again eight at once.
    """
    shape = year.shape
    async with scratch_processes(get_settings()) as (staff, pids, database_url):
        members = await _log_members_in(staff, database_url, year)
        started_s = time.perf_counter()
        with console.status("a year is stored…") as status:
            database = Database(database_url, schema="allocation", pool_size=2)
            await year.store(
                database, lambda fraction: status.update(f"a year is stored: {fraction:.0%}")
            )
            await database.vacuum()
            await database.close()
        stored_s = time.perf_counter() - started_s
        with console.status("members ask…"):
            waits = await measure(
                year, members, requests=requests, pid=pids[NAMES.index("allocation")]
            )
    return {
        "operations": shape.operations,
        "points": shape.points,
        "days": len(year.days),
        "step_min": shape.step_min,
        "stored_s": round(stored_s),
        "reads": [asdict(kind_waits) for kind_waits in waits],
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def print_reads(figures: dict[str, Any]) -> None:
    title = (
        f"{figures['operations']} operations × {figures['points']} points × {figures['days']} days,"
        f" {figures['step_min']} min, stored in {figures['stored_s']} s"
    )
    table = Table("A member asks for", title=title)
    for heading in ("Clients", "Median, ms", "95 %, ms", "Processor, ms", "Answer, bytes"):
        table.add_column(heading, justify="right")
    for kind_waits in figures["reads"]:
        waits = [f"{kind_waits[name]:.1f}" for name in ("median_ms", "p95_ms", "processor_ms")]
        table.add_row(
            kind_waits["kind"],
            str(kind_waits["clients"]),
            *waits,
            f"{kind_waits['bytes_median']:,}",
        )
    Console().print(table)


async def _log_members_in(staff: Api, database_url: str, year: YearLoad) -> dict[int, Api]:
    """Return members' access by the number of their point."""
    members = {}
    community = Database(database_url, schema="community", pool_size=2)
    for point in year.consumers:
        member_id, email = year.member_id(point), f"member-{point}@example.org"
        body = {"kind": "household", "name": f"Member {point}", "address": "1 rue du Banc"}
        rest = dict.fromkeys(["email", "siren", "vat_number", "delivery_address"])
        await staff.call(
            "PUT", f"/community/members/{member_id}", json={**body, **rest, "language": "fr"}
        )
        members[point], _ = await open_account(staff, community, email, member_id)
    await community.close()
    return members
