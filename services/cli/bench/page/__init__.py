"""``elocoop bench --page``: many members open their month within a few seconds."""

import os
import platform
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.database import Database
from libs.common.settings import get_settings
from services.cli.bench.at_once import for_each
from services.cli.bench.members import open_account
from services.cli.bench.page.visits import BrowserSession, Household, log_in, visit_all
from services.cli.bench.processor import find_server, tree_processor_s
from services.cli.bench.scratch_platform import scratch_processes
from services.cli.bench.stages import Bench, measure_until_settled
from services.cli.processes import NAMES
from services.demo.api import Api
from services.demo.synthetic import Synthetic

_OFFER = {
    "valid_from": "2026-10-01",
    "subscription_eur_per_month": "12.50",
    "energy_eur_per_kwh": {"base": "0.1952"},
    "subscribed_kva": 6,
    "tariff_formula": "BTINFCUST",
    "includes_turpe": True,
    "includes_cta": False,
    "off_peak_hours": [],
    "off_peak_percent": None,
}


async def measure_page(console: Console, *, members: int, seconds: float) -> dict[str, Any]:
    """Settle a month of one operation, then let its members open it, spread over the seconds.

    Each renews the session, like a page that was closed, and requests the month and its bills.
    """
    synthetic = Synthetic(operations=1, points=members + 3, days=31, step_min=30)
    households = [_household(synthetic, point) for point in range(synthetic.plants, members + 3)]
    async with scratch_processes(get_settings()) as (staff, pids, database_url):
        await measure_until_settled(Bench(staff, synthetic, console))
        sessions = await _log_in_all(staff, database_url, households, console)
        server = await find_server(database_url)
        processes = dict(zip(NAMES, pids, strict=True)) | ({"postgresql": server} if server else {})
        # The first answers of a process compile and connect what all later ones use.
        await visit_all(sessions[:20], month=synthetic.month, seconds=2)
        before = {name: tree_processor_s(pid) for name, pid in processes.items()}
        with console.status(f"{members} members open their month…"):
            answers = await visit_all(sessions, month=synthetic.month, seconds=seconds)
        used = {name: tree_processor_s(pid) - before[name] for name, pid in processes.items()}
    return {
        "members": members,
        "seconds": seconds,
        "answers": [asdict(waits) for waits in answers],
        "processor_ms_per_member": {
            name: round(1000 * used_s / members, 1) for name, used_s in used.items()
        },
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def _household(synthetic: Synthetic, point: int) -> Household:
    return Household(
        email=f"household-{point}@example.org",
        member_id=synthetic.member_id(point),
        operation_id=synthetic.operation_id(0),
        prm=synthetic.prm(0, point),
    )


async def _log_in_all(
    staff: Api, database_url: str, households: list[Household], console: Console
) -> list[BrowserSession]:
    """Log in every household, with an account and a supplier's offer each."""
    sessions: list[BrowserSession] = []
    community = Database(database_url, schema="community", pool_size=2)

    async def open_session(household: Household) -> None:
        _, password = await open_account(staff, community, household.email, household.member_id)
        await staff.call("PUT", f"/billing/points/{household.prm}/supplier-offer", json=_OFFER)
        sessions.append(await log_in(staff, household, password))

    with console.status("members log in…") as status:
        await for_each(
            households,
            open_session,
            report=lambda count: status.update(f"{count} of {len(households)} members log in…"),
        )
    await community.close()
    return sessions


def print_page(figures: dict[str, Any]) -> None:
    title = f"{figures['members']} members within {figures['seconds']:.0f} s"
    table = Table("A page asks for", title=title)
    for heading in ("Median, ms", "95 %, ms", "99 %, ms", "Longest, ms", "Refused"):
        table.add_column(heading, justify="right")
    for waits in figures["answers"]:
        names = ("median_ms", "p95_ms", "p99_ms", "longest_ms")
        table.add_row(
            waits["kind"], *(f"{waits[name]:.0f}" for name in names), _refused(waits["refused"])
        )
    console = Console()
    console.print(table)
    used = figures["processor_ms_per_member"]
    console.print(f"Processor for each member, ms: {used}, {sum(used.values()):.1f} in all")


def _refused(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} × {refusal}" for refusal, count in counts.items()) or "none"
