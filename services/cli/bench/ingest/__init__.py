"""``elocoop bench --ingest``: how fast files become readings that are stored and published."""

import os
import platform
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.settings import get_settings
from services.cli.bench.ingest.parsing import measure_parsing
from services.cli.bench.ingest.pushing import Pushing, measure_pushing
from services.demo.synthetic import Synthetic


async def measure_ingest(
    synthetic: Synthetic, console: Console, *, runs: int, large_mb: int
) -> dict[str, Any]:
    """Parse every format; push the month of every operation, a large file, and a member's year."""
    parsing = measure_parsing(console, runs=runs)
    pushing = await measure_pushing(Pushing(synthetic, large_mb), get_settings(), console)
    return {
        "parsing": [asdict(parsed_format) for parsed_format in parsing],
        "pushing": [asdict(pushed) for pushed in pushing],
        "event_log": get_settings().event_log_url.partition(":")[0],
        "load_average": round(os.getloadavg()[0], 1),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def print_ingest(figures: dict[str, Any]) -> None:
    table = Table("Parsed", title="From bytes to records, one process")
    for heading in ("Records", "MB", "Seconds, median", "Processor, s", "Records/s"):
        table.add_column(heading, justify="right")
    for parsed_format in figures["parsing"]:
        seconds = [f"{parsed_format[name]:.2f}" for name in ("median_s", "processor_s")]
        table.add_row(
            parsed_format["format"],
            f"{parsed_format['records']:,}",
            f"{parsed_format['megabytes']:.0f}",
            *seconds,
            f"{parsed_format['records_per_s']:,}",
        )
    console = Console()
    console.print(table)
    console.print(_table_of_pushes(figures))
    console.print(f"Load average of the machine: {figures['load_average']}")


def _table_of_pushes(figures: dict[str, Any]) -> Table:
    title = (
        f"From HTTP push to stored and published, log: {figures['event_log']}; processor in seconds"
    )
    table = Table("Pushed", title=title)
    headings = ("Readings", "MB", "Seconds", "Readings/s", "Ingest", "its reader", "PostgreSQL")
    for heading in (*headings, "Client", "Peak memory, MiB", "with its reader"):
        table.add_column(heading, justify="right")
    for pushed in figures["pushing"]:
        seconds_used = (pushed[name] for name in ("ingest_s", "reader_s", "database_s", "client_s"))
        table.add_row(
            pushed["what"],
            f"{pushed['readings']:,}",
            f"{pushed['megabytes']:.0f}",
            f"{pushed['seconds']:.2f}",
            f"{pushed['readings_per_s']:,}",
            *("elsewhere" if used_s is None else f"{used_s:.1f}" for used_s in seconds_used),
            str(pushed["peak_memory_mib"]),
            str(pushed["memory_with_reader_mib"]),
        )
    return table
