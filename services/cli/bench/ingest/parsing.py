"""Parsing alone: every format, generated files of a year, in this process."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from rich.console import Console

from services.demo.dso_files import WRITERS, Shape, written
from services.ingest.formats import parse_parts

_YEAR = Shape(points=60, days=365)
_SHAPES: Mapping[str, Shape] = {
    "R4x XML": Shape(points=30, days=365, step_min=10),
    "HDM CSV": Shape(points=1, days=20 * 365, step_min=30, first_day=date(2005, 1, 1)),
}


@dataclass(frozen=True)
class Parsing:
    format: str
    readings: int
    megabytes: float
    median_s: float
    processor_s: float  # of all threads, median
    readings_per_s: int


def measure_parsing(console: Console, *, runs: int) -> list[Parsing]:
    """The median of some runs after one that does not count."""
    found = []
    for name in WRITERS:
        with console.status(f"{name} is parsed…"):
            found.append(_measure(name, _SHAPES.get(name, _YEAR), runs=runs))
    return found


def _measure(name: str, shape: Shape, *, runs: int) -> Parsing:
    content = written(name, shape)
    walls, processors = [], []
    for _ in range(runs + 1):
        wall_s, processor_s = time.perf_counter(), time.process_time()
        read = sum(part.parsed.readings.height for part in parse_parts(BytesIO(content)))
        walls.append(time.perf_counter() - wall_s)
        processors.append(time.process_time() - processor_s)
        assert read == shape.reading_count, f"{read} of {shape.reading_count} were read"
    median_s = statistics.median(walls[1:])
    return Parsing(
        format=name,
        readings=shape.reading_count,
        megabytes=len(content) / 1e6,
        median_s=round(median_s, 3),
        processor_s=round(statistics.median(processors[1:]), 3),
        readings_per_s=round(shape.reading_count / median_s),
    )
