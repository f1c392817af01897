"""HDM: the history of measurements of one point, a CSV of SGE (domain: §2.6).

A header and its one line of values, then ``Horodate;Valeur`` and rows such as
``2026-10-25T00:30:00+02:00;478``. The step and the unit may be empty: the step is then deduced from
the stamps (``steps.deduce_steps``), the unit is the watt.

Points of the segments C1–C4 and of C5 have the same columns; only the steps, 10 minutes rather than
30 or 60, show that the stamps of the former are the start of the interval, not its end
(``stamps.is_start_stamped``).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

import polars as pl

from services.ingest.domain.readings.readings import Nature
from services.ingest.formats import columns
from services.ingest.formats.csv.table import Lines, read_columns
from services.ingest.formats.notes import unknown_columns
from services.ingest.formats.parsed import Format, Parsed, kept_short
from services.ingest.formats.power import read_power
from services.ingest.formats.problems import FileMalformed, FormatUnknown
from services.ingest.formats.stamps import interval_start, is_start_stamped, read_offset
from services.ingest.formats.steps import deduce_steps
from services.ingest.formats.verdicts import (
    DIRECTION_FAULT,
    NOT_ACTIVE_FAULT,
    STEP_FAULT,
    nature_or_missing,
    parsed,
)

NAME = "HDM CSV"

_Meaning = TypeVar("_Meaning")

_COLUMNS = {"stamp": "horodate", "value": "valeur"}
_VALUES_LINE, _COLUMNS_LINE = 2, 3
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
    # A history of indexes has no step; it is refused with what to ask for instead.
    return {"identifiant prm", "type de donnees"} <= header


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
    """The statements of the second line about every row; step_min is None if it states none."""

    prm: str
    direction: str
    unit_w: int
    step_min: int | None


def _heading(lines: Lines) -> _Heading:
    names = [columns.plain(cell) for cell in lines.cells(1)]
    values = dict(zip(names, lines.cells(_VALUES_LINE), strict=False))
    kind = values.get("type de donnees", "")
    if columns.plain(kind) != "courbe de charge":
        raise FormatUnknown(f"This history holds {kind!r}: ask SGE for the 'Courbe de charge'.")
    physical, unit, step = (
        values.get(name, "").strip() for name in ("grandeur physique", "unite", "pas en minutes")
    )
    if not columns.is_active(physical):
        raise _refused(physical, NOT_ACTIVE_FAULT)
    return _Heading(
        prm=_stated(values["identifiant prm"], columns.prm, columns.PRM_FAULT),
        direction=_stated(values.get("grandeur metier", ""), columns.direction, DIRECTION_FAULT),
        unit_w=_stated(unit or "W", columns.unit_w, NOT_ACTIVE_FAULT),
        step_min=_stated(step, columns.step_min, STEP_FAULT) if step else None,
    )


def _stated(text: str, meaning: Callable[[str], _Meaning | None], fault: str) -> _Meaning:
    """Return the meaning of a word of the heading. Raises FileMalformed if it has none."""
    word = meaning(text)
    if word is None:
        raise _refused(text, fault)
    return word


def _refused(text: str, fault: str) -> FileMalformed:
    """The heading states what holds for every row: one refusal, not one for each of them."""
    return FileMalformed(f"line {_VALUES_LINE}: {kept_short(text)!r}: {fault}", line=_VALUES_LINE)


def _records(rows: pl.DataFrame, heading: _Heading) -> pl.DataFrame:
    stamped_at = read_offset(rows["stamp"])
    rows = rows.with_columns(
        rows["value"].str.strip_chars(),
        prm=pl.lit(heading.prm, pl.String),
        direction=pl.lit(heading.direction, pl.String),
        is_active=pl.lit(value=True),
        unit_w=pl.lit(heading.unit_w, pl.Int64),
        step_min=deduce_steps(stamped_at)
        if heading.step_min is None
        else pl.lit(heading.step_min, pl.Int32),
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
