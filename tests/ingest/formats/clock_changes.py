"""Files of every format with one whole local day, as their senders would stamp it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from services.demo.dso_files import CURVES, Shape, written
from tests.ingest.formats.files import PRM, day_starts, naive
from tests.ingest.formats.json_files import r63_json_of, r63_point

DAYS = {"2026-03-29": 23, "2026-10-25": 25}
"""Of so many hours."""


def _generated(name: str, day: str, step_min: int, prm: str) -> bytes:
    number = int(prm.removeprefix("99"))
    return written(name, Shape(1, 1, step_min, date.fromisoformat(day), first=number))


def _r63a(day: str, step_min: int, prm: str) -> bytes:
    """Of a C4 point whose steps may be as long as those of C5."""
    stamps = naive(day_starts(day, step_min))
    points = [r63_point(stamp, nature="R", step=f"PT{step_min}M") for stamp in stamps]
    return r63_json_of(points, flow="R63A", prm=prm)


FileOf = Callable[[str, int, str], bytes]
FILES: dict[str, FileOf] = {name: partial(_generated, name) for name in CURVES} | {
    "R63A JSON": _r63a
}
"""By name: the file of a local day, a step in minutes and a PRM."""


def file_of(name: str, day: str, step_min: int, prm: str = PRM) -> bytes:
    return FILES[name](day, step_min, prm)
