"""``elocoop readings``: the DSO's files, as one CSV for people and other commands."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, NamedTuple

import polars as pl
import typer

from libs.common.errors import Problem
from libs.common.settings import get_settings
from services.ingest.domain.readings.readings import READINGS
from services.ingest.formats import CURVE_FORMATS, Decryption, Parsed, parse_parts
from services.ingest.formats.publication import of_name

_COLUMNS = ["prm", "direction", "start", "step_min", "power_w", "nature", "doubtful"]
_PRINTED_AT_ONCE = 100_000
_ALL_READ, _SOME_REJECTED, _NOT_UNDERSTOOD = 0, 1, 2


def readings(
    files: Annotated[
        list[Path],
        typer.Argument(
            help=f"Files of {', '.join(format_.name for format_ in CURVE_FORMATS)}; zipped or not.",
            metavar="FILE…",
        ),
    ],
) -> None:
    """Print the readings of files as CSV; rejected records and notes go to standard error.

    A note reports content beyond the file's format, such as an unknown column, and loses nothing.
    The output is generic CSV, which can be pushed and read again. Encrypted files are opened with
    the keys of DECRYPTION_KEYS. Files may be of any size, but all their readings are sorted in
    memory: some 70 bytes each. Exit status: 0 if everything was read, whatever the notes, 1 if a
    record was rejected, 2 if a file was not understood at all.
    """
    status = _ALL_READ
    frames = [pl.DataFrame(schema=READINGS).select(_COLUMNS)]
    for file in files:
        try:
            with file.open("rb") as stream:
                printed_parts = _parts(stream, _decryption(file))
        except (Problem, OSError) as refusal:
            typer.echo(f"{file}: {_one_line(refusal)}", err=True)
            status = _NOT_UNDERSTOOD
            continue
        frames.extend(printed.readings for printed in printed_parts)
        for note in dict.fromkeys(note for printed in printed_parts for note in printed.notes):
            typer.echo(f"{file}:{note}", err=True)
        for rejection in (
            rejection for printed in printed_parts for rejection in printed.rejections
        ):
            typer.echo(f"{file}:{rejection}", err=True)
            status = max(status, _SOME_REJECTED)
    _print_csv(pl.concat(frames))
    raise typer.Exit(status)


class _Printed(NamedTuple):
    """The output for a part: readings, and a line for each note and each rejected record."""

    document: int
    readings: pl.DataFrame
    notes: list[str]
    rejections: list[str]


def _parts(stream: IO[bytes], decryption: Decryption) -> list[_Printed]:
    printed_parts: list[_Printed] = []
    for document_part in parse_parts(stream, decryption):
        if document_part.withdraws:
            printed_parts = [
                printed for printed in printed_parts if printed.document != document_part.document
            ]
        readings = document_part.parsed.readings.select(_COLUMNS)
        notes, rejections = (
            list(_notes(document_part.parsed)),
            list(_rejections(document_part.parsed)),
        )
        printed_parts.append(_Printed(document_part.document, readings, notes, rejections))
    return printed_parts


def _decryption(file: Path) -> Decryption:
    return Decryption(get_settings().file_keys, of_name(file.name) or datetime.now(UTC))


def _notes(document: Parsed) -> Iterator[str]:
    """One line per note: `` note``, or ``member: note``."""
    place = f"{document.member}: " if document.member else " "
    for note in document.notes:
        yield f"{place}{note}"
    if document.readings.is_empty() and document.record_count > len(document.rejected):
        yield f"{place}{document.format} holds no readings: push it to ingest"


def _rejections(document: Parsed) -> Iterator[str]:
    """One line per rejected record: ``position: reason``."""
    for rejected in document.rejected:
        is_record = document.member and rejected.position != document.member
        place = f"{document.member} {rejected.position}" if is_record else rejected.position
        yield f"{place}: {rejected.reason}"


def _print_csv(frame: pl.DataFrame) -> None:
    """Print readings in the order and the columns that users rely on."""
    order = ["prm", "direction", "start", "step_min"]
    ordered = frame.sort(order, maintain_order=True)
    sys.stdout.write(",".join(_COLUMNS) + "\n")
    for rows in ordered.iter_slices(_PRINTED_AT_ONCE):
        csv = rows.with_columns(
            pl.col("start").dt.strftime("%Y-%m-%dT%H:%M:%SZ"), pl.col("doubtful").cast(pl.Int8)
        ).write_csv(include_header=False)
        # Not by polars: a reader that stops early, such as `head`, is no failure.
        sys.stdout.write(csv)


def _one_line(refusal: Problem | OSError) -> str:
    if isinstance(refusal, Problem):
        return refusal.detail
    return f"The file cannot be read: {refusal.strerror or refusal}."
