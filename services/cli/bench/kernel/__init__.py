"""``elocoop bench --kernel``: the sharing arithmetic alone, without server, file or event."""

import os
import platform
from collections import defaultdict
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import (
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from services.cli.bench.kernel.cases import PEER, Timing, cases_of, time_case
from services.cli.bench.kernel.month import Month, Work, share_month
from services.cli.bench.kernel.year import Year

_MONTH_GOAL_S = 10


def measure_kernel(year: Year, month: Month, *, runs: int, console: Console) -> dict[str, Any]:
    """Time the year of one operation by each key, and the month of many operations."""
    columns = [SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn()]
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        timings = []
        for case in cases_of(year):
            task = progress.add_task(f"A year, {case.name}: runs", total=runs + 1)
            done = _advance(progress, task)
            timings.append(time_case(case, year, runs=runs, done=done))
        task = progress.add_task("A month: operations", total=month.operations)
        cores = os.cpu_count() or 1
        works = share_month(month, cores=cores, done=_advance(progress, task))
    return {
        "year": {
            "consumers": year.consumer_count,
            "producers": len(year.productions),
            "steps": year.steps,
            "runs": runs,
            "openenergyid": version(PEER) if timings[0].peer_s is not None else None,
            "cases": [_case_figures(timing) for timing in timings],
        },
        "month": _month_figures(month, works),
        "machine": f"{platform.system()} {platform.machine()}, {cores} cores",
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


def _advance(progress: Progress, task: TaskID) -> Callable[..., None]:
    return lambda count=1: progress.advance(task, count)


def _case_figures(timing: Timing) -> dict[str, Any]:
    case, times = timing.case, timing.times_as_fast
    return {
        "case": case.name,
        "seconds": round(timing.own_s, 4),
        "peer_method": case.peer_method,
        "peer_seconds": None if timing.peer_s is None else round(timing.peer_s, 4),
        "times_as_fast": None if times is None else round(times, 2),
        "at_least": case.at_least,
        "goal": case.goal,
        "part_of_goal": None if times is None else round(times / case.goal, 2),
        "largest_difference_wmin": timing.largest_difference_wmin,
    }


def _month_figures(month: Month, works: list[Work]) -> dict[str, Any]:
    month_s: dict[int, float] = defaultdict(float)
    days_s: dict[int, float] = defaultdict(float)
    for work in works:
        month_s[work.process_id] += work.month_s
        days_s[work.process_id] += work.days_s
    return {
        "operations": month.operations,
        "points": month.points,
        "steps": month.steps,
        "processes": len(month_s),
        "goal_seconds": _MONTH_GOAL_S,
        "seconds_month_at_once": round(max(month_s.values()), 2),
        "seconds_day_by_day": round(max(days_s.values()), 2),
        "peak_memory_mib_after_one": min(work.first_peak_mib for work in works),
        "peak_memory_mib": max(work.peak_mib for work in works),
    }


def print_kernel(figures: dict[str, Any]) -> None:
    """The same figures for people."""
    console = Console()
    console.print(_year_table(figures["year"]))
    if figures["year"]["openenergyid"] is None:
        console.print(
            "The Python package openenergyid is not installed, so there is nothing to compare"
            " with; it is a development dependency (uv sync)."
        )
    for case in figures["year"]["cases"]:
        if (difference := case["largest_difference_wmin"]) is not None:
            console.print(
                f"{case['case']}: a consumer's energy in a step differs from openenergyid's by"
                f" {difference:.3f} watt-minutes at most."
            )
    month = figures["month"]
    console.print(
        f"\nA month of {month['operations']:,} operations × {month['points']} points ×"
        f" {month['steps']:,} steps, default key, {month['processes']} processes: the busiest spent"
        f"\n  {month['seconds_month_at_once']:.1f} s in the kernel with a month at a time,"
        f" {month['seconds_day_by_day']:.1f} s day by day; the goal is {month['goal_seconds']} s."
        f"\n  Its peak memory was {month['peak_memory_mib_after_one']} MiB after one operation and"
        f" {month['peak_memory_mib']} MiB after all."
    )
    console.print(f"\n{figures['machine']}, Python {figures['python']}, numpy {figures['numpy']}")


def _year_table(year: dict[str, Any]) -> Table:
    title = (
        f"{year['steps']:,} quarters of an hour × {year['consumers']} consumers ×"
        f" {year['producers']} producers: medians of {year['runs']} runs"
    )
    table = Table("Key", "", title=title)
    for heading in ("Median, ms", "Times as fast", "At least, goal", "Of the goal"):
        table.add_column(heading, justify="right")
    for case in year["cases"]:
        table.add_section()
        row = [case["case"], "Elocoop", f"{1000 * case['seconds']:.1f}"]
        if case["peer_seconds"] is None:
            table.add_row(*row)
            continue
        wanted = f"{case['at_least']}, {case['goal']}"
        table.add_row(*row, f"{case['times_as_fast']:.2f}", wanted, f"{case['part_of_goal']:.0%}")
        peer = f"openenergyid {year['openenergyid']} {case['peer_method']}"
        table.add_row("", peer, f"{1000 * case['peer_seconds']:.1f}")
    return table
