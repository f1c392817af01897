"""Parsing alone: every format, generated files of a year or so, in this process."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from rich.console import Console

from libs.common.memory import keep_freed_memory
from services.demo.dso_files import CURVES, WRITERS, Shape, written
from services.ingest.formats import parse_parts

_YEAR = Shape(points=60, days=365)
_AS_A_WHOLE = Shape(points=15, days=365)  # far from 64 MiB, the most of such formats
_SHAPES: Mapping[str, Shape] = {
    "R4x XML": Shape(points=30, days=365, step_min=10),
    "HDM CSV": Shape(points=1, days=20 * 365, first_day=date(2005, 1, 1)),
    "R63 JSON": _AS_A_WHOLE,
    "Data Connect JSON": _AS_A_WHOLE,
    "generic CSV": _AS_A_WHOLE,
    "generic JSON": _AS_A_WHOLE,
    "R64 JSON": _AS_A_WHOLE,
    "R151 XML": _AS_A_WHOLE,
    "R171 XML": _AS_A_WHOLE,
    "ACC CSV long": Shape(points=6, days=365),
    "ACC CSV wide-energy": Shape(points=6, days=365),
    "ACC CSV one-point-power": Shape(points=1, days=6 * 365, first_day=date(2019, 1, 1)),
    "ACC API definitive_load_curves": Shape(points=3, days=365),
    # Of these, a year of a point is a few records.
    "R67 JSON": Shape(points=1_000, days=365, step_min=60),
    "ACC API definitive_active_energy": Shape(points=600, days=365, step_min=60),
    "ACC API perimeter": Shape(points=30_000, days=1),
    "C15 XML": Shape(points=10_000, days=1),
}


@dataclass(frozen=True)
class Parsing:
    format: str
    records: int
    megabytes: float
    median_s: float
    processor_s: float  # of all threads, median
    records_per_s: int


def measure_parsing(console: Console, *, runs: int) -> list[Parsing]:
    """Return the median of some runs after one that does not count."""
    keep_freed_memory()  # as the services do
    parsings = []
    for name in WRITERS:
        with console.status(f"{name} is parsed…"):
            parsings.append(_measure(name, _SHAPES.get(name, _YEAR), runs=runs))
    return parsings


def _measure(name: str, shape: Shape, *, runs: int) -> Parsing:
    content = written(name, shape)
    walls, processors = [], []
    records = 0
    for _ in range(runs + 1):
        wall_s, processor_s = time.perf_counter(), time.process_time()
        records = rejected = 0
        for document_part in parse_parts(BytesIO(content)):
            records += document_part.parsed.record_count
            rejected += len(document_part.parsed.rejected)
        walls.append(time.perf_counter() - wall_s)
        processors.append(time.process_time() - processor_s)
        assert not rejected, f"{rejected} records of {name} were rejected"
    if name in CURVES:
        assert records == shape.reading_count, f"{records} of {shape.reading_count} were read"
    median_s = statistics.median(walls[1:])
    return Parsing(
        format=name,
        records=records,
        megabytes=len(content) / 1e6,
        median_s=round(median_s, 3),
        processor_s=round(statistics.median(processors[1:]), 3),
        records_per_s=round(records / median_s),
    )
