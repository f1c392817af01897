"""R63 as CSV: load curves sent on request, one row per step (Enedis guide 0503, domain: §2.5).

A header of 13 columns, then rows such as, shortened, ``99000000000631;…;PA;CONS;BRUT;W;2026-10-25
00:30:00;478;B;PT30M;0;0``. Stamps are naive local time. R63A, R63B and R63 on request have the same
columns, so that only the rows show which end of the interval a stamp is: see
``stamps.is_start_stamped``.

Rows of reactive power (PRI, PRC) and voltage (E) are passed over, as in R4x.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import IO

import polars as pl

from services.ingest.formats import columns, local_rows
from services.ingest.formats.csv import regular_rows
from services.ingest.formats.csv.grid import Irregular
from services.ingest.formats.csv.table import Lines, read_columns
from services.ingest.formats.file_context import FileContext, may_matter, of_some_rows
from services.ingest.formats.files import text_parts
from services.ingest.formats.files.in_turn import in_turn
from services.ingest.formats.notes import passed_over, unknown_columns
from services.ingest.formats.parsed import Format, Parsed
from services.ingest.formats.verdicts import parsed

NAME = "R63 CSV"

_REQUIRED = {
    "prm": "identifiant prm",
    "physical": "grandeur physique",
    "direction": "grandeur metier",
    "unit": "unite",
    "stamp": "horodate",
    "value": "valeur",
    "letter": "nature",
    "step": "pas",
}
_LIKELIHOOD = {"likelihood": "indice de vraisemblance"}
_PASSED_OVER = {"date de debut", "date de fin", "etape metier", "etat complementaire"}
_OF_CONTEXT = "prm", "physical", "direction", "stamp", "step"
_SHORTEST_RECORD_BYTES = 48  # 14 of the PRM, 19 of the stamp, 12 separators and a few signs


def recognises(head: bytes) -> bool:
    header = {columns.plain(cell) for cell in Lines.of(head).cells(1)}
    return {"identifiant prm", "horodate", "valeur", "pas"} <= header


def read(content: bytes) -> Parsed:
    """Read a document.

    Raises FormatUnknown if a column is absent, FileMalformed if it is no text.
    """
    return _read(Lines.of(content))


def read_parts(file: IO[bytes]) -> Iterator[Parsed]:
    """Read as ``read`` does; the context of a large file's stamps is collected in a first pass."""
    content = file.read(text_parts.PART_BYTES + 1)
    if len(content) <= text_parts.PART_BYTES:
        yield read(content)
        return
    del content
    file.seek(0)
    context = FileContext.of(in_turn(_series_and_stamps, Lines.in_parts(file)))
    file.seek(0)
    yield from in_turn(partial(_read, context=context), Lines.in_parts(file))


FORMAT = Format(NAME, "load curves sent on request", recognises, read_parts)


def _series_and_stamps(lines: Lines) -> pl.DataFrame:
    """Return the rows of a part that ``FileContext.of`` needs."""
    context_columns = {name: _REQUIRED[name] for name in _OF_CONTEXT}
    try:
        rows = regular_rows.read_relevant_rows(lines, context_columns)
    except Irregular:
        rows = read_columns(
            lines, context_columns, header_line=1, shortest_bytes=_SHORTEST_RECORD_BYTES
        )
        rows = may_matter(rows)
    rows, _ = local_rows.of_active_power(rows)
    return of_some_rows(rows.with_columns(line=pl.col("line") + lines.line_offset))


def _read(lines: Lines, *, context: FileContext | None = None) -> Parsed:
    header = lines.cells(1)
    has_likelihood = {columns.plain(cell) for cell in header}.issuperset(_LIKELIHOOD.values())
    wanted_columns = _REQUIRED | (_LIKELIHOOD if has_likelihood else {})
    known_columns = {*_REQUIRED.values(), *_LIKELIHOOD.values(), *_PASSED_OVER}
    notes = unknown_columns(header, known_columns)
    with suppress(Irregular):
        readings = regular_rows.readings(lines, wanted_columns, context=context)
        return Parsed(NAME, readings, (), readings.height, notes=notes)
    rows = read_columns(lines, wanted_columns, header_line=1, shortest_bytes=_SHORTEST_RECORD_BYTES)
    if not has_likelihood:
        rows = rows.with_columns(likelihood=pl.lit(""))
    rows, other_quantities = local_rows.of_active_power(rows)
    rows = rows.with_columns(file_line=pl.col("line") + lines.line_offset)
    records = local_rows.records(rows, context=context)
    outcome = parsed(
        NAME,
        records.with_columns(position=pl.format("line {}", "file_line")),
        lambda refused: lines.texts(refused["line"]),
    )
    return replace(outcome, notes=notes + passed_over(other_quantities))
