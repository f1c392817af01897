"""Our own CSV, for operators and meters whose files have no parser (docs/use/generic-push.md).

One row per step: ``prm, direction, start, step_min`` and one of ``power_w, power_kw, energy_wh,
energy_kwh``; ``nature``, ``doubtful`` and ``published_at`` are optional. ``elocoop readings``
prints such a file. Cells are separated by commas, semicolons or tabs; between commas, decimals have
a point.
"""

from dataclasses import replace
from datetime import datetime

import numpy as np
import polars as pl

from services.ingest.formats import columns, generic_records
from services.ingest.formats.csv.table import Lines, read_columns
from services.ingest.formats.notes import unknown_columns
from services.ingest.formats.parsed import Format, Parsed
from services.ingest.formats.problems import FileMalformed, FormatUnknown
from services.ingest.formats.stamps import iso_instant
from services.ingest.formats.verdicts import parsed

NAME = "generic CSV"

_REQUIRED = {"prm": "prm", "direction": "direction", "stamp": "start", "step": "step_min"}
_OPTIONAL = {"letter": "nature", "likelihood": "doubtful", "published_at": "published_at"}
_UNITS = {f"power_{unit.lower()}": unit for unit in ("W", "kW")} | {
    f"energy_{unit.lower()}": unit for unit in ("Wh", "kWh")
}
_SEPARATORS = (",", ";", "\t")
_SHORTEST_RECORD_BYTES = 39  # 14 of the PRM, 16 of the stamp, 4 of the direction, 5 separators
_EXCESS = "more cells than columns"


def recognises(head: bytes) -> bool:
    lines = _lines(head)
    return set(_REQUIRED.values()) <= _header(lines) and not _UNITS.keys().isdisjoint(
        _header(lines)
    )


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FormatUnknown if a column is absent, FileMalformed if it is no text.
    """
    lines = _lines(content)
    header = _header(lines)
    values = sorted(_UNITS.keys() & header)
    if len(values) != 1:
        raise FormatUnknown(f"The header has {' and '.join(values)}: send one of them.")
    present = {name: column for name, column in _OPTIONAL.items() if column in header}
    wanted_columns = _REQUIRED | {"value": values[0]} | present
    rows = read_columns(lines, wanted_columns, header_line=1, shortest_bytes=_SHORTEST_RECORD_BYTES)
    rows = rows.with_columns(
        [pl.lit("").alias(name) for name in _OPTIONAL if name not in present],
        unit=pl.lit(_UNITS[values[0]]),
    )
    records = generic_records.records(_without_excess(rows, lines)).with_columns(
        position=pl.format("line {}", "line")
    )
    outcome = parsed(NAME, records, lambda refused: lines.texts(refused["line"]))
    known_columns = {*_REQUIRED.values(), *_OPTIONAL.values(), *_UNITS}
    return replace(
        outcome,
        published_at=_published_at(rows["published_at"]),
        notes=unknown_columns(lines.cells(1), known_columns),
    )


FORMAT = Format.of_whole(NAME, "load curves of any operator or meter", recognises, read)


def _lines(content: bytes) -> Lines:
    """Split the content into lines, by the separator that is most frequent in the header."""
    first = Lines.of(content).cells(1)
    text = ";".join(first)
    return Lines.of(content, separator=max(_SEPARATORS, key=text.count))


def _header(lines: Lines) -> set[str]:
    return {columns.plain(cell) for cell in lines.cells(1)}


def _without_excess(rows: pl.DataFrame, lines: Lines) -> pl.DataFrame:
    """Remove the value where a row has more cells than the header, as with a decimal comma."""
    separators = len(lines.cells(1)) - 1
    if lines.content.count(lines.separator.encode()) <= separators * (rows.height + 1):
        return rows
    signs = np.frombuffer(lines.content, dtype=np.uint8)
    ends = np.append(np.flatnonzero(signs == ord("\n")), len(signs))
    counts = np.diff(
        np.searchsorted(np.flatnonzero(signs == ord(lines.separator)), ends), prepend=0
    )
    has_excess = pl.Series(counts > separators).gather(rows["line"] - 1)
    return rows.with_columns(value=rows["value"].set(has_excess, _EXCESS))


def _published_at(column: pl.Series) -> datetime | None:
    stamps = column.unique().to_list()
    if stamps in ([], [""]):
        return None
    published_at = iso_instant(stamps[0])
    if len(stamps) > 1 or published_at is None:
        raise FileMalformed(
            "published_at is the moment, with its offset, at which the whole file was made: "
            "the same on every line."
        )
    return published_at
