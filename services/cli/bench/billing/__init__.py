"""``elocoop bench --billing``: from settlements to issued invoices and their PDFs."""

import os
import platform
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.database.scratch import scratch_event_log_url
from libs.common.eventlog.open import open_event_log
from libs.common.settings import get_settings
from services.cli.bench.billing.settlements import Settlements
from services.cli.bench.billing.stages import BillingBench, measure_routes, measure_stages
from services.cli.bench.processor import Processor, find_server
from services.cli.bench.scratch_platform import scratch_processes
from services.demo.synthetic import Synthetic

_NAMES = ("community", "billing")


async def measure_billing(synthetic: Synthetic, console: Console) -> dict[str, Any]:
    """Measure in two processes, community and billing; the bench publishes allocation's events."""
    settings = get_settings()
    async with (
        scratch_processes(settings, _NAMES) as (api, pids, database_url),
        open_event_log(
            settings.model_copy(
                update={
                    "event_log_url": scratch_event_log_url(settings.event_log_url, database_url)
                }
            ),
            database_url=database_url,
        ) as event_log,
    ):
        server_pid = await find_server(database_url)
        processor = Processor(dict(zip(_NAMES, pids, strict=True)), "billing", server_pid)
        billing_bench = BillingBench(api, event_log, Settlements(synthetic), processor, console)
        routes = await measure_routes(billing_bench)
        stages = await measure_stages(billing_bench)
    return {
        "operations": synthetic.operations,
        "points": synthetic.points,
        "documents": billing_bench.settlements.document_count,
        "routes": [asdict(route) for route in routes],
        "stages": [asdict(stage) for stage in stages],
        "issued_one_by_one_longest_ms": round(max(billing_bench.one_by_one_ms), 1),
        "event_log": settings.event_log_url.partition(":")[0],
        "load_average": round(os.getloadavg()[0], 1),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def print_billing(figures: dict[str, Any]) -> None:
    table = Table("Set up", title="One request after the other")
    for heading in ("Requests", "Median, ms", "Processor, ms"):
        table.add_column(heading, justify="right")
    for route in figures["routes"]:
        costs = [f"{route[name]:.1f}" for name in ("median_ms", "processor_ms")]
        table.add_row(route["route"], f"{route['requests']:,}", *costs)
    console = Console()
    console.print(table)
    title = f"{figures['documents']:,} documents, log: {figures['event_log']}; processor in seconds"
    table = Table("Stage", title=title)
    headings = ("Seconds", "Documents/s", "Billing", "PostgreSQL", "Client", "Billing's peak, MiB")
    for heading in headings:
        table.add_column(heading, justify="right")
    for stage in figures["stages"]:
        seconds_used = (stage[name] for name in ("billing_s", "database_s", "client_s"))
        table.add_row(
            stage["what"],
            f"{stage['seconds']:.1f}",
            f"{stage['documents_per_s']:,}",
            *("elsewhere" if used_s is None else f"{used_s:.1f}" for used_s in seconds_used),
            str(stage["peak_memory_mib"]),
        )
    console.print(table)
    longest_ms = figures["issued_one_by_one_longest_ms"]
    console.print(f"Longest answer to eight callers who issue one draft at a time: {longest_ms} ms")
    console.print(f"Load average of the machine: {figures['load_average']}")
