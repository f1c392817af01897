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
from services.cli.bench.kernel.month import MonthLoad, ProcessWork, share_month
from services.cli.bench.kernel.year import YearCurves

_MONTH_GOAL_S = 10


def measure_kernel(
    year: YearCurves, month: MonthLoad, *, runs: int, console: Console
) -> dict[str, Any]:
    """Time the year of one operation by each key, and the month of many operations."""
    columns = [SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn()]
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        timings = []
        for case in cases_of(year):
            task = progress.add_task(f"A year, {case.name}: runs", total=runs + 1)
            advance = _advance(progress, task)
            timings.append(time_case(case, year, runs=runs, on_turn=advance))
        task = progress.add_task("A month: operations", total=month.operations)
        cores = os.cpu_count() or 1
        works = share_month(month, cores=cores, on_progress=_advance(progress, task))
    return {
        "year": {
            "consumers": year.consumer_count,
            "producers": len(year.productions),
            "steps": year.steps,
            "runs": runs,
            PEER: version(PEER) if timings[0].peer_s is not None else None,
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


def _month_figures(month: MonthLoad, works: list[ProcessWork]) -> dict[str, Any]:
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
    if figures["year"][PEER] is None:
        console.print(
            "The Python package openenergyid is not installed, so there is nothing to compare"
            " with; it is a development dependency (uv sync)."
        )
    for case in figures["year"]["cases"]:
        if (difference := case["largest_difference_wmin"]) is not None:
            console.print(
                f"By the {case['case']} key nobody's energy in a step differs from the peer's by"
                f" more than {difference:.3f} watt-minutes.",
                soft_wrap=True,
            )
    console.print(_month_sentences(figures["month"]), soft_wrap=True)
    console.print(f"{figures['machine']}, Python {figures['python']}, numpy {figures['numpy']}")


def _month_sentences(month: dict[str, Any]) -> str:
    return (
        f"A month of {month['operations']:,} operations × {month['points']} points ×"
        f" {month['steps']:,} steps, default key, {month['processes']} processes: the busiest spent"
        f" {month['seconds_month_at_once']:.1f} s of its processor on sharing with a month at a"
        f" time, {month['seconds_day_by_day']:.1f} s day by day; the goal is"
        f" {month['goal_seconds']} s. Its peak memory was {month['peak_memory_mib_after_one']} MiB"
        f" after one operation and {month['peak_memory_mib']} MiB after all."
    )


def _year_table(year: dict[str, Any]) -> Table:
    title = (
        f"{year['steps']:,} quarters of an hour × {year['consumers']} consumers ×"
        f" {year['producers']} producers: processor time, medians of {year['runs']} runs"
    )
    table = Table("Key", title=title, caption="In brackets: the peer's method.")
    for heading in ("Elocoop", f"{PEER}\n{year[PEER] or 'none'}", "Times\nas fast"):
        table.add_column(heading, justify="right")
    for heading in ("At\nleast", "Goal", "Of the\ngoal"):
        table.add_column(heading, justify="right")
    for case in year["cases"]:
        row = [f"{case['case']}\n({case['peer_method']})", f"{1000 * case['seconds']:.1f} ms"]
        if case["peer_seconds"] is not None:
            row += [f"{1000 * case['peer_seconds']:.1f} ms", f"{case['times_as_fast']:.2f}"]
            row += [str(case["at_least"]), str(case["goal"]), f"{case['part_of_goal']:.0%}"]
        table.add_row(*row)
    return table
