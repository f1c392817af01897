"""The DSO's own split of the latest month, which differs from ours in a few places."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from libs.common.calendar import PARIS
from services.demo.api import Api
from services.demo.cooperative import MONTH, DemoOperation
from services.demo.load.people import People
from services.demo.load.progress import ReportProgress
from services.demo.load.readings import load_curves, wait_for_files

_HEADER = (
    "PRM;Horodate;Consommation (Wh);Production (Wh);Autoconsommation (Wh);Surplus (Wh);"
    "Complément (Wh)"
)
_INCOMPLETE = ("99110000000107", "2026-10-14")
"""A point that lacks the morning of a day in the DSO's split."""
_SHARED_LESS = ("99110000000105", "2026-10-20")
"""A point to which the DSO gave a tenth less on a day."""


async def deliver_results(
    people: People, operation: DemoOperation, progress: ReportProgress
) -> None:
    """Deliver our own shares as the DSO's, with these differences."""
    curves = await load_curves(people.staff, operation, MONTH)
    shared = await _shared_wmin(people.staff, operation)
    lines = [_HEADER]
    for (prm, direction), curve in curves.items():
        lines += _lines(prm, direction, curve, shared)
    content = "\n".join([*lines, ""]).encode()
    files = {"file": (f"{operation.id}_{MONTH}.csv", content)}
    delivery = await people.feed.call("POST", "/ingest/deliveries", files=files)
    await wait_for_files(people.feed, [delivery], progress, what="DSO's results")
    await _wait_for_comparison(people.organiser, operation)


async def _wait_for_comparison(api: Api, operation: DemoOperation) -> None:
    async def compared() -> bool:
        path = f"/allocation/operations/{operation.id}/reconciliation"
        answer = await api.answer("GET", path, params={"month": MONTH})
        return answer.is_success or api.not_yet(answer)

    await api.wait_until("the DSO's results are compared with ours", compared)


async def _shared_wmin(api: Api, operation: DemoOperation) -> dict[tuple[str, str], int]:
    """Return what each point took or gave, by point and start."""
    path = f"/allocation/operations/{operation.id}/shares.csv"
    answer = await api.answer("GET", path, params={"month": MONTH, "by": "step"})
    shared: dict[tuple[str, str], int] = {}
    for row in csv.DictReader(io.StringIO(answer.text)):
        for prm in (row["producer"], row["consumer"]):
            at = (prm, row["start"])
            shared[at] = shared.get(at, 0) + int(row["energy_wmin"])
    return shared


def _lines(
    prm: str, direction: str, curve: dict[str, Any], shared: dict[tuple[str, str], int]
) -> Iterator[str]:
    for block in curve["blocks"]:
        start = datetime.fromisoformat(block["start"])
        step_min = block["step_min"]
        for power_w in block["power_w"]:
            metered = power_w * step_min
            shared_wmin = shared.get((prm, f"{start:%Y-%m-%dT%H:%M:%SZ}"), 0)
            stamp = start.astimezone(PARIS)
            values = _values(prm, direction, stamp, metered, shared_wmin)
            yield f"{prm};{stamp:%d/%m/%Y %H:%M};{values}"
            start += timedelta(minutes=step_min)


def _values(prm: str, direction: str, stamp: datetime, metered: int, shared_wmin: int) -> str:
    day = f"{stamp:%Y-%m-%d}"
    if (prm, day) == _INCOMPLETE and 9 <= stamp.hour < 12:  # noqa: PLR2004 - of the clock
        return ";;;;"
    if (prm, day) == _SHARED_LESS:
        shared_wmin = shared_wmin * 9 // 10
    total_wh, shared_wh, rest_wh = (
        _wh(energy) for energy in (metered, shared_wmin, metered - shared_wmin)
    )
    if direction == "production":
        return f";{total_wh};{shared_wh};{rest_wh};"
    return f"{total_wh};;{shared_wh};;{rest_wh}"


def _wh(energy_wmin: int) -> str:
    """Return whole watt-hours, rounded as the DSO does."""
    return str((energy_wmin + 30) // 60)
