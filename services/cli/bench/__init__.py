"""``elocoop bench``: the month's close at scale, stage by stage."""

import json
import os
import platform
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Annotated, Any, TypeAlias

import typer
from rich.console import Console
from rich.table import Table

from libs.common.settings import get_settings
from services.cli.bench.billing import measure_billing, print_billing
from services.cli.bench.community import measure_community, print_community
from services.cli.bench.community.crowd import Crowd
from services.cli.bench.documents import measure_documents, print_documents
from services.cli.bench.hostile import measure_hostile, print_hostile
from services.cli.bench.ingest import measure_ingest, print_ingest
from services.cli.bench.kernel import measure_kernel, print_kernel
from services.cli.bench.kernel.month import MonthLoad
from services.cli.bench.kernel.year import YearCurves
from services.cli.bench.overview import measure_overview, print_overview
from services.cli.bench.page import measure_page, print_page
from services.cli.bench.reads import measure_reads, print_reads
from services.cli.bench.reads.year import YearLoad
from services.cli.bench.rest import measure_rest, print_rest
from services.cli.bench.scratch_platform import peak_memory_mib, scratch_platform
from services.cli.bench.stages import Bench, measure
from services.cli.ending import run
from services.demo.synthetic import Synthetic

_Figures: TypeAlias = dict[str, Any]
_Measured: TypeAlias = _Figures | Coroutine[Any, Any, _Figures]

_STEPS_MIN = (5, 10, 15, 30, 60)


def bench(
    *,
    operations: Annotated[int, typer.Option(min=1, max=9999, help="How many.")] = 20,
    points: Annotated[int, typer.Option(min=2, max=9999, help="Of each operation.")] = 26,
    days: Annotated[int, typer.Option(min=1, max=31, help="Of October 2026.")] = 31,
    step: Annotated[int, typer.Option(help="Minutes: 5, 10, 15, 30 or 60.")] = 30,
    kernel: Annotated[
        bool, typer.Option("--kernel", help="Instead: the sharing arithmetic alone, no server.")
    ] = False,
    runs: Annotated[
        int, typer.Option(min=5, help="With --kernel and --ingest: medians of this many.")
    ] = 9,
    year_days: Annotated[int, typer.Option(min=1, help="With --kernel: days of the year.")] = 365,
    reads: Annotated[
        bool, typer.Option("--reads", help="Instead: store a year, then ask as members do.")
    ] = False,
    months: Annotated[int, typer.Option(min=1, max=12, help="Of 2026, with --reads.")] = 12,
    requests: Annotated[
        int, typer.Option(min=2, help="Of each kind, with --reads and --community.")
    ] = 100,
    ingest: Annotated[
        bool, typer.Option("--ingest", help="Instead: files of all formats, parsed and pushed.")
    ] = False,
    large_mb: Annotated[int, typer.Option(min=0, help="Of a large file, with --ingest.")] = 1000,
    documents: Annotated[
        bool, typer.Option("--documents", help="Instead: the XML and PDF of invoices, no server.")
    ] = False,
    billing: Annotated[
        bool, typer.Option("--billing", help="Instead: settlements to invoices and PDFs.")
    ] = False,
    community: Annotated[
        bool, typer.Option("--community", help="Instead: load a co-op, then page its lists.")
    ] = False,
    overview: Annotated[
        bool, typer.Option("--overview", help="Instead: load a year, then ask for its overview.")
    ] = False,
    changes: Annotated[
        int, typer.Option(min=200, help="In the audit log, with --overview.")
    ] = 1_000_000,
    page: Annotated[
        bool, typer.Option("--page", help="Instead: many members open their month at once.")
    ] = False,
    members: Annotated[int, typer.Option(min=20, help="How many, with --page.")] = 200,
    within_s: Annotated[
        float, typer.Option(min=1, help="Seconds over which they open it, with --page.")
    ] = 10,
    hostile: Annotated[
        bool, typer.Option("--hostile", help="Instead: attack community while somebody reads.")
    ] = False,
    clients: Annotated[int, typer.Option(min=3, help="How many, with --hostile.")] = 200,
    for_s: Annotated[float, typer.Option(min=5, help="Seconds, with --hostile.")] = 300,
    rest: Annotated[
        bool, typer.Option("--rest", help="Instead: the cost of an unused platform.")
    ] = False,
    processes: Annotated[
        bool, typer.Option("--processes", help="With --rest: one for each service, as deployed.")
    ] = False,
    rest_s: Annotated[float, typer.Option(min=5, help="Seconds measured, with --rest.")] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
) -> None:
    """Measure the main job: files pushed, parsed, stored, shared, settled, invoiced.

    Runs on the configured DATABASE_URL and EVENT_LOG_URL, in a scratch database and under a
    prefix of the log, both removed or left aside afterwards. With Kafka the four services are
    four processes, else one. Stages overlap: a stage's seconds are those it adds after the one
    before has ended. docs/run/benchmarks.md has figures and what bounds them.

    With --kernel nothing is started. A year of one operation (50 consumers, 3 plants, quarters of
    an hour) is shared by the default key and by a static key with redistribution, all invariants
    checked, in turns with the Python package openenergyid where it is installed; then the
    month described by the options, in one process per core: `elocoop bench --kernel
    --operations 1000`.

    With --reads, a year of the operations is stored as allocation stores it, and their members'
    questions are timed through its HTTP API, one at a time and eight at once.

    With --ingest, generated files of every format are parsed, then the month described by the
    options is pushed to the ingest service alone until it is stored and on the event log, and a
    year of one meter, a large CSV and a large zip: `elocoop bench --ingest --operations 100`.

    With --documents, as many invoices as there are points are made into XML and PDF:
    `elocoop bench --documents --operations 100`.

    With --billing, the operations are set up through the APIs of community and billing, one
    request after the other, and settlements of their month are published on the event log in
    allocation's place. Their invoices are drafted, issued and printed through billing's API:
    `elocoop bench --billing --operations 363` makes 25,047 documents.

    With --community, a member for each point of each operation is loaded with an account,
    messages, polls and requests, and pages of every list are timed through community's API:
    `elocoop bench --community --operations 500 --points 40`.

    With --overview, a year of the operations is loaded by SQL, with an operation of 150 points
    whose readings are there, one of 2,000 that the DSO has split, and an audit log; the answers by
    which staff see all of it are timed: `elocoop bench --overview --operations 500 --points 40`.

    With --page, a month of one operation is settled, each of its members has a closed browser
    that was logged in, and all open it, spread over --within-s: session, month and bills of each.

    With --hostile, community runs in a process of its own, and clients attack it, a third by bodies
    without end, a third by bodies that trickle, a third by requests without end, while somebody
    logged in reads: how long they wait, and what memory it takes. Nothing is between: no gateway.

    With --rest, the embedded platform is started in a process and a folder of its own and left
    alone: seconds of processor, PostgreSQL's too, and transactions. With --processes, the same of
    four processes on the configured servers: `elocoop bench --rest --processes`.
    """
    if step not in _STEPS_MIN:
        raise typer.BadParameter(f"{step} is none of {_STEPS_MIN}.", param_hint="--step")
    console = Console(stderr=True)
    synthetic = Synthetic(operations=operations, points=points, days=days, step_min=step)
    month = MonthLoad(operations, points, days, steps_of_day=24 * 60 // step)
    crowd, year = Crowd(operations, points), YearLoad(synthetic, months=months)
    benches: Sequence[tuple[bool, Callable[..., _Measured], Callable[[_Figures], None]]] = (
        (kernel, partial(measure_kernel, YearCurves(year_days), month, runs=runs), print_kernel),
        (documents, partial(measure_documents, operations * points), print_documents),
        (billing, partial(measure_billing, synthetic), print_billing),
        (ingest, partial(measure_ingest, synthetic, runs=runs, large_mb=large_mb), print_ingest),
        (community, partial(measure_community, crowd, requests=requests), print_community),
        (overview, partial(measure_overview, operations, points, changes=changes), print_overview),
        (page, partial(measure_page, members=members, seconds=within_s), print_page),
        (hostile, partial(measure_hostile, clients=clients, seconds=for_s), print_hostile),
        (rest, partial(measure_rest, seconds=rest_s, processes=processes), print_rest),
        (reads, partial(measure_reads, year, requests=requests), print_reads),
        (True, partial(_bench, synthetic), _print),
    )
    measure_it, show = next((act, show) for is_asked, act, show in benches if is_asked)
    measured = measure_it(console=console)
    figures = measured if isinstance(measured, dict) else run(measured)
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
    else:
        show(figures)


async def _bench(synthetic: Synthetic, console: Console) -> dict[str, Any]:
    settings = get_settings()
    async with scratch_platform(settings) as (api, pids):
        stages = await measure(Bench(api, synthetic, console))
        memory_mib = sum(map(peak_memory_mib, pids))
    return _figures(synthetic, stages, memory_mib, settings.event_log_url)


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
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
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
