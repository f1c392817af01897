"""R63 as CSV: load curves sent on request, one row per step (Enedis guide 0503, domain: §2.5).

A header of 13 columns, then rows such as, shortened,
``99000000000631;…;PA;CONS;BRUT;W;2026-10-25 00:30:00;478;B;PT30M;0;0``. Stamps are naive local
time; ``stamps.is_start_stamped`` says which end of the interval they are.
"""

from collections.abc import Iterator
from typing import IO

import polars as pl

from services.ingest.formats import columns, text_parts
from services.ingest.formats.csv_table import Lines, read_columns
from services.ingest.formats.file_context import FileContext
from services.ingest.formats.parsed import Parsed
from services.ingest.formats.power import read_power
from services.ingest.formats.repeated_hour import second_hour
from services.ingest.formats.stamps import (
    FINE_STEPS_MIN,
    interval_start,
    is_start_stamped,
    read_local,
    utc_from_local,
)
from services.ingest.formats.verdicts import nature_or_missing, parsed

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
_DOUBTFUL = "1"
_SHORTEST_RECORD_BYTES = 48  # 14 of the PRM, 19 of the stamp, 12 separators and a few signs


def recognises(head: bytes) -> bool:
    header = {columns.plain(cell) for cell in Lines.of(head).cells(1)}
    return {"identifiant prm", "horodate", "valeur", "pas"} <= header


def read(content: bytes) -> Parsed:
    """Raises FormatUnknown if a column is absent, FileMalformed if the content is no text."""
    return _read(Lines.of(content), None)


def read_parts(file: IO[bytes]) -> Iterator[Parsed]:
    """As ``read``; of a large file, what tells how to read its stamps is collected before."""
    content = file.read(text_parts.PART_BYTES + 1)
    if len(content) <= text_parts.PART_BYTES:
        yield read(content)
        return
    del content
    file.seek(0)
    context = FileContext.of(_series_and_stamps(lines) for lines in Lines.in_parts(file))
    file.seek(0)
    for lines in Lines.in_parts(file):
        yield _read(lines, context)


def _series_and_stamps(lines: Lines) -> pl.DataFrame:
    """Of the rows that may matter to others: see ``FileContext``."""
    wanted = {name: _REQUIRED[name] for name in ("prm", "direction", "stamp", "step")}
    rows = read_columns(lines, wanted, header_line=1, shortest_bytes=_SHORTEST_RECORD_BYTES)
    rows = rows.with_columns(
        pl.col("line") + lines.added,
        step_min=columns.translate(rows["step"], columns.step_min, pl.Int32()),
    )
    in_october = pl.col("stamp").str.contains("-10-", literal=True)
    rows = rows.filter(in_october | pl.col("step_min").is_in(FINE_STEPS_MIN))
    return rows.select(
        columns.translate(rows["prm"], columns.prm, pl.String()),
        columns.translate(rows["direction"], columns.direction, pl.String()),
        "step_min",
        "line",
        local=read_local(rows["stamp"]),
    )


def _read(lines: Lines, context: FileContext | None) -> Parsed:
    header = {columns.plain(cell) for cell in lines.cells(1)}
    likelihood = _LIKELIHOOD if header.issuperset(_LIKELIHOOD.values()) else {}
    rows = read_columns(
        lines, _REQUIRED | likelihood, header_line=1, shortest_bytes=_SHORTEST_RECORD_BYTES
    )
    if not likelihood:
        rows = rows.with_columns(likelihood=pl.lit(""))
    rows = rows.with_columns(file_line=pl.col("line") + lines.added)
    return parsed(NAME, _records(rows, context), lambda refused: lines.texts(refused["line"]))


def _records(rows: pl.DataFrame, context: FileContext | None) -> pl.DataFrame:
    translate, text, number, flag = columns.translate, pl.String(), pl.Int64(), pl.Boolean()
    letter = translate(rows["letter"], str.strip, text)
    rows = rows.with_columns(
        translate(rows["prm"], columns.prm, text),
        translate(rows["direction"], columns.direction, text),
        rows["value"].str.strip_chars(),
        is_active=translate(rows["physical"], columns.is_active, flag),
        unit_w=translate(rows["unit"], columns.unit_w, number),
        step_min=translate(rows["step"], columns.step_min, pl.Int32()),
        doubtful=translate(rows["likelihood"], lambda sign: sign.strip() == _DOUBTFUL, flag),
        nature=translate(letter, columns.nature, text),
        is_linky=translate(letter, lambda sign: sign.upper() == "B", flag),
        local=read_local(rows["stamp"]),
    )
    start = interval_start(
        utc_from_local(rows, context.second_hour if context else second_hour),
        rows["step_min"],
        at_start=is_start_stamped(rows, context.fine_series if context else None),
    )
    known = pl.col("nature").is_not_null() | (letter == "")
    return rows.with_columns(
        start=start,
        power_w=read_power(rows["value"], rows["unit_w"]),
        is_stamped=pl.col("local").is_not_null(),
        nature=pl.when(known).then(nature_or_missing(pl.col("nature"))),
        position=pl.format("line {}", "file_line"),
    )
