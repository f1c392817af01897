"""``elocoop readings``: the DSO's files, as one CSV that people and other commands can use."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from libs.common.errors import Problem
from libs.common.settings import get_settings
from services.ingest.domain.readings import READINGS
from services.ingest.formats import Decryption, Parsed, parse
from services.ingest.formats.publication import of_name

_ALL_READ, _SOME_REJECTED, _NOT_UNDERSTOOD = 0, 1, 2


def readings(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="R63 (CSV, JSON), R50, R4x, HDM, Data Connect and generic files, zipped or not.",
            metavar="FILE…",
        ),
    ],
) -> None:
    """Print the readings of files as CSV; rejected records and notes go to standard error.

    A note tells what a file holds beyond its format, as a column that nobody knows, and loses
    nothing. What is printed is generic CSV, which can be pushed and read again. Encrypted files
    are opened with the keys of DECRYPTION_KEYS.

    Exit status: 0 if everything was read, whatever the notes, 1 if a record was rejected, 2 if a
    file was not understood at all.
    """
    status = _ALL_READ
    frames = [pl.DataFrame(schema=READINGS)]
    for file in files:
        try:
            documents = parse(file.read_bytes(), _decryption(file))
        except (Problem, OSError) as refusal:
            typer.echo(f"{file}: {_one_line(refusal)}", err=True)
            status = _NOT_UNDERSTOOD
            continue
        frames.extend(document.readings for document in documents)
        for line in _notes(file, documents):
            typer.echo(line, err=True)
        for line in _rejections(file, documents):
            typer.echo(line, err=True)
            status = max(status, _SOME_REJECTED)
    _print_csv(pl.concat(frames))
    raise typer.Exit(status)


def _notes(file: Path, documents: list[Parsed]) -> Iterator[str]:
    """One line per note: ``file: note``, or ``file:member: note``."""
    for document in documents:
        place = f"{file}:{document.member}" if document.member else f"{file}"
        for note in document.notes:
            yield f"{place}: {note}"
        if document.readings.is_empty() and document.record_count > len(document.rejected):
            yield f"{place}: {document.format} holds no readings: push it to ingest"


def _decryption(file: Path) -> Decryption:
    return Decryption(get_settings().file_keys, of_name(file.name) or datetime.now(UTC))


def _rejections(file: Path, documents: list[Parsed]) -> Iterator[str]:
    """One line per rejected record: ``file:position: reason``."""
    for document in documents:
        for rejected in document.rejected:
            is_record = document.member and rejected.position != document.member
            place = f"{document.member} {rejected.position}" if is_record else rejected.position
            yield f"{file}:{place}: {rejected.reason}"


def _print_csv(frame: pl.DataFrame) -> None:
    """Print readings (schema READINGS) in the order and the columns that users rely on."""
    order = ["prm", "direction", "start", "step_min"]
    csv = (
        frame.sort(order, maintain_order=True)
        .select(
            "prm",
            "direction",
            pl.col("start").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "step_min",
            "power_w",
            "nature",
            pl.col("doubtful").cast(pl.Int8),
        )
        .write_csv()
    )
    # Written by Python, not by polars: a reader that stops early, as `head` does, is no failure.
    sys.stdout.write(csv)


def _one_line(refusal: Problem | OSError) -> str:
    if isinstance(refusal, Problem):
        return refusal.detail
    return f"The file cannot be read: {refusal.strerror or refusal}."
