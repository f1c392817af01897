"""The answers of the overview, and how long each takes."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass

from services.cli.bench.overview.load import OverviewLoad
from services.cli.bench.scratch_platform import processor_s
from services.demo.api import Api

_WARM_UP = 2
_LEAST, _MOST_S = 2, 30
"""Of answers that take seconds, fewer are asked for, but two."""


@dataclass(frozen=True)
class OverviewWaits:
    """processor_ms: of the service's process, per answer; PostgreSQL's is not in it."""

    name: str
    requests: int
    median_ms: float
    p99_ms: float
    least_ms: float
    processor_ms: float
    bytes: int


async def measure_answers(
    load: OverviewLoad, staff: Api, pids: Mapping[str, int], *, requests: int
) -> list[OverviewWaits]:
    """Ask for each, one at a time. pids: the process of each service."""
    return [
        await _measure(name, path, staff, pids[path.split("/")[1]], requests=requests)
        for name, path in _paths(load).items()
    ]


def _paths(load: OverviewLoad) -> Mapping[str, str]:
    months = {
        f"{name} of {count} operations × 12 months": f"/{service}/months?limit={count}"
        for count in (load.operations, 50)
        for name, service in (("data", "ingest"), ("shares", "allocation"), ("bills", "billing"))
    }
    of_month = f"month={load.last_month}"
    grid = f"/ingest/operations/{load.grid}/completeness?{of_month}"
    compared = f"/allocation/operations/{load.compared}/reconciliation?{of_month}"
    return months | {
        f"completeness of {load.grid_points} points × {len(load.last_month.days)} days": grid,
        f"reconciliation of {load.compared_points} points": compared,
        f"50 of the reconciliation of {load.compared_points} points": f"{compared}&limit=50",
        f"100 of {load.changes:,} changes": "/community/audit",
        f"100 of {load.changes:,} changes, of an account": (
            f"/community/audit?subject={load.account}&before={load.changes // 2}"
        ),
    }


async def _measure(name: str, path: str, staff: Api, pid: int, *, requests: int) -> OverviewWaits:
    for _ in range(_WARM_UP):
        (await staff.answer("GET", path)).raise_for_status()
    before_s = processor_s(pid)
    times_ms: list[float] = []
    sizes: list[int] = []
    began_s = time.perf_counter()
    while len(sizes) < requests and (
        len(sizes) < _LEAST or time.perf_counter() < began_s + _MOST_S
    ):
        started_s = time.perf_counter()
        answer = await staff.answer("GET", path)
        times_ms.append(1000 * (time.perf_counter() - started_s))
        sizes.append(len(answer.raise_for_status().content))
    return OverviewWaits(
        name=name,
        requests=len(sizes),
        median_ms=round(statistics.median(times_ms), 1),
        p99_ms=round(statistics.quantiles(times_ms, n=100, method="inclusive")[-1], 1),
        least_ms=round(min(times_ms), 1),
        processor_ms=round(1000 * (processor_s(pid) - before_s) / len(sizes), 1),
        bytes=max(sizes),
    )
