"""``elocoop bench --hostile``: what is left for an honest user, and the memory used."""

import asyncio
import os
import platform
import statistics
import time
from typing import Any

from rich.console import Console
from rich.table import Table

from libs.common.settings import get_settings
from services.cli.bench.hostile.clients import Target, attack
from services.cli.bench.scratch_platform import (
    forget_peak,
    memory_mib,
    peak_memory_mib,
    processor_s,
    scratch_service,
)
from services.demo.api import Api

_PAUSE_S = 0.1
_ROUTE = "/community/me"


async def measure_hostile(console: Console, *, clients: int, seconds: float) -> dict[str, Any]:
    """Have clients attack community in a process of its own while an honest user reads."""
    async with scratch_service(get_settings(), "community") as (staff, token, service):
        assert service.process is not None
        pid, target = service.process.pid, Target(service.port, token)
        # The first answers compile and connect what all later ones use.
        await asyncio.gather(_read(staff, seconds=2), attack(target, clients=6, seconds=2))
        quiet = await _read(staff, seconds=min(5.0, seconds))
        before_mib = memory_mib(pid)
        forget_peak(pid)
        used_s = processor_s(pid)
        with console.status(f"{clients} clients attack for {seconds:.0f} seconds…"):
            waits, statuses = await asyncio.gather(
                _read(staff, seconds=seconds), attack(target, clients=clients, seconds=seconds)
            )
        grown_mib = peak_memory_mib(pid) - before_mib
        used_s = processor_s(pid) - used_s
    return {
        "clients": clients,
        "seconds": seconds,
        "answered": {kind: dict(kind_statuses) for kind, kind_statuses in statuses.items()},
        "honest": {"before": _in_words(quiet), "during": _in_words(waits)},
        "processor_s": round(used_s, 1),
        "memory_before_mib": before_mib,
        "memory_grown_mib": grown_mib,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


async def _read(staff: Api, *, seconds: float) -> list[float]:
    """Return the milliseconds of each answer; the benchmark fails on any status but 200."""
    until_s, waits = time.monotonic() + seconds, []
    while time.monotonic() < until_s:
        began_s = time.perf_counter()
        await staff.call("GET", _ROUTE)
        waits.append((time.perf_counter() - began_s) * 1000)
        await asyncio.sleep(_PAUSE_S)
    return waits


def _in_words(waits: list[float]) -> dict[str, float]:
    percentiles = statistics.quantiles(waits, n=100, method="inclusive")
    figures = {"median_ms": percentiles[49], "p99_ms": percentiles[98], "longest_ms": max(waits)}
    return {"answers": len(waits), **{name: round(wait, 1) for name, wait in figures.items()}}


def print_hostile(figures: dict[str, Any]) -> None:
    console = Console()
    table = Table(
        "Kind", "Answered by", title=f"{figures['clients']} clients, {figures['seconds']:.0f} s"
    )
    for kind, statuses in figures["answered"].items():
        table.add_row(kind, ", ".join(f"{status}: {n:,}" for status, n in sorted(statuses.items())))
    console.print(table)
    for when, waits in figures["honest"].items():
        console.print(
            f"Somebody honest, {when}: median {waits['median_ms']} ms, p99 {waits['p99_ms']} ms,"
            f" longest {waits['longest_ms']} ms of {waits['answers']}"
        )
    console.print(
        f"Memory of the service: {figures['memory_before_mib']} MiB before,"
        f" {figures['memory_grown_mib']} MiB more at most."
        f" It used {figures['processor_s']} s of a processor."
    )
