"""``elocoop readings``: the DSO's files, as one CSV that people and other commands can use."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated

import polars as pl
import typer

from libs.common.errors import Problem
from services.ingest.domain.readings import READINGS
from services.ingest.formats import Parsed, parse_parts

_COLUMNS = ["prm", "direction", "start", "step_min", "power_w", "nature", "doubtful"]
_PRINTED_AT_ONCE = 100_000
_ALL_READ, _SOME_REJECTED, _NOT_UNDERSTOOD = 0, 1, 2


def readings(
    files: Annotated[
        list[Path],
        typer.Argument(help="R63, R50, R4x or HDM files, zipped or not.", metavar="FILE…"),
    ],
) -> None:
    """Print the readings of DSO files as CSV; rejected records go to standard error.

    Files may be of any size, but all their readings are sorted in memory: some 70 bytes each.

    Exit status: 0 if everything was read, 1 if a record was rejected, 2 if a file was not
    understood at all.
    """
    status = _ALL_READ
    frames = [pl.DataFrame(schema=READINGS).select(_COLUMNS)]
    for file in files:
        try:
            with file.open("rb") as stream:
                parts = _parts(stream)
        except (Problem, OSError) as refusal:
            typer.echo(f"{file}: {_one_line(refusal)}", err=True)
            status = _NOT_UNDERSTOOD
            continue
        frames.extend(readings for readings, _ in parts)
        for line in (line for _, rejections in parts for line in rejections):
            typer.echo(f"{file}:{line}", err=True)
            status = max(status, _SOME_REJECTED)
    _print_csv(pl.concat(frames))
    raise typer.Exit(status)


def _parts(stream: IO[bytes]) -> list[tuple[pl.DataFrame, list[str]]]:
    """What is printed of a file, part by part: readings, and a line for each rejected record."""
    found: list[tuple[int, pl.DataFrame, list[str]]] = []
    for part in parse_parts(stream):
        if part.withdraws:
            found = [one for one in found if one[0] != part.document]
        readings = part.parsed.readings.select(_COLUMNS)
        found.append((part.document, readings, list(_rejections(part.parsed))))
    return [(readings, rejections) for _, readings, rejections in found]


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
        # Not by polars: a reader that stops early, as `head` does, is no failure.
        sys.stdout.write(csv)


def _one_line(refusal: Problem | OSError) -> str:
    if isinstance(refusal, Problem):
        return refusal.detail
    return f"The file cannot be read: {refusal.strerror or refusal}."
