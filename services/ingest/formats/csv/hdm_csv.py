"""HDM: the history of measurements of one point, a CSV of SGE (domain: §2.6).

A header and its one line of values, then ``Horodate;Valeur`` and rows such as
``2026-10-25T00:30:00+02:00;478``. The step and the unit may be empty: the step is then deduced from
the stamps (``steps.deduce_steps``), the unit is the watt.

Points of the segments C1–C4 and of C5 have the same columns; only the steps, 10 minutes rather than
30 or 60, show that the stamps of the former are the start of the interval, not its end
(``stamps.is_start_stamped``).
"""

from dataclasses import replace
from typing import NamedTuple

import polars as pl

from services.ingest.domain.readings.readings import Nature
from services.ingest.formats import columns
from services.ingest.formats.csv.table import Lines, read_columns
from services.ingest.formats.notes import unknown_columns
from services.ingest.formats.parsed import Format, Parsed
from services.ingest.formats.power import read_power
from services.ingest.formats.problems import FormatUnknown
from services.ingest.formats.stamps import interval_start, is_start_stamped, read_offset
from services.ingest.formats.steps import deduce_steps
from services.ingest.formats.verdicts import nature_or_missing, parsed

NAME = "HDM CSV"

_COLUMNS = {"stamp": "horodate", "value": "valeur"}
_COLUMNS_LINE = 3
_SHORTEST_RECORD_BYTES = 20  # a stamp, a separator
_HEADING = {
    "identifiant prm",
    "type de donnees",
    "date de debut",
    "date de fin",
    "grandeur physique",
    "grandeur metier",
    "etape metier",
    "unite",
    "pas en minutes",
}


def recognises(head: bytes) -> bool:
    header = {columns.plain(cell) for cell in Lines.of(head).cells(1)}
    return {"identifiant prm", "type de donnees", "pas en minutes"} <= header


def read(content: bytes) -> Parsed:
    """Read a document. Raises FormatUnknown for the variants that hold no load curve."""
    lines = Lines.of(content)
    heading = _heading(lines)
    rows = read_columns(
        lines, _COLUMNS, header_line=_COLUMNS_LINE, shortest_bytes=_SHORTEST_RECORD_BYTES
    )
    outcome = parsed(NAME, _records(rows, heading), lambda refused: lines.texts(refused["line"]))
    cells = [*lines.cells(1), *lines.cells(_COLUMNS_LINE)]
    return replace(outcome, notes=unknown_columns(cells, {*_HEADING, *_COLUMNS.values()}))


FORMAT = Format.of_whole(NAME, "a point's history of measurements", recognises, read)


class _Heading(NamedTuple):
    """The statements of the second line about every row; None is an unreadable word."""

    prm: str | None
    direction: str | None
    is_active: bool
    unit_w: int | None
    step_min: int | None
    is_step_stated: bool


def _heading(lines: Lines) -> _Heading:
    names = [columns.plain(cell) for cell in lines.cells(1)]
    values = dict(zip(names, lines.cells(2), strict=False))
    kind = values.get("type de donnees", "")
    if columns.plain(kind) != "courbe de charge":
        raise FormatUnknown(f"This history holds {kind!r}: ask SGE for the 'Courbe de charge'.")
    step = values.get("pas en minutes", "")
    return _Heading(
        prm=columns.prm(values["identifiant prm"]),
        direction=columns.direction(values.get("grandeur metier", "")),
        is_active=columns.is_active(values.get("grandeur physique", "")),
        unit_w=columns.unit_w(values.get("unite", "").strip() or "W"),
        step_min=columns.step_min(step),
        is_step_stated=bool(step.strip()),
    )


def _records(rows: pl.DataFrame, heading: _Heading) -> pl.DataFrame:
    stamped_at = read_offset(rows["stamp"])
    rows = rows.with_columns(
        rows["value"].str.strip_chars(),
        prm=pl.lit(heading.prm, pl.String),
        direction=pl.lit(heading.direction, pl.String),
        is_active=pl.lit(heading.is_active),
        unit_w=pl.lit(heading.unit_w, pl.Int64),
        step_min=pl.lit(heading.step_min, pl.Int32)
        if heading.is_step_stated
        else deduce_steps(stamped_at),
        is_linky=pl.lit(value=False),
        doubtful=pl.lit(value=False),
        is_stamped=stamped_at.is_not_null(),
        nature=nature_or_missing(pl.lit(Nature.MEASURED.value)),
    )
    return rows.with_columns(
        start=interval_start(stamped_at, rows["step_min"], at_start=is_start_stamped(rows)),
        power_w=read_power(rows["value"], rows["unit_w"]),
        position=pl.format("line {}", "line"),
    )
