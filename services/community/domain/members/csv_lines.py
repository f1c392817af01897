"""A CSV file that people fill in: its header, its numbered lines, and those that are refused."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias, TypeVar

from libs.common.errors import Problem

Cells: TypeAlias = Mapping[str, str | None]
"""By column; None where it is empty."""
_Line = TypeVar("_Line")


class PreviewOutdated(Problem):
    status, slug, title = 409, "preview-outdated", "The effect of the file has changed"
    example_detail = "Ask for a preview again, look at it, and send its hash."


@dataclass(frozen=True)
class RefusedLine:
    number: int
    detail: str


class LinesRefused(Problem):
    status, slug, title = 409, "lines-refused", "Some lines cannot be taken"
    example_detail = "2 lines are refused. Correct or remove them; the preview says which and why."

    @classmethod
    def of(cls, lines: Sequence[RefusedLine]) -> Self:
        """Name the first of them."""
        refusal = (
            "1 line is refused. Correct or remove it"
            if len(lines) == 1
            else f"{len(lines)} lines are refused. Correct or remove them"
        )
        numbers = [line.number for line in lines[:100]]
        return cls(f"{refusal}; the preview says which and why.", lines=numbers)


@dataclass(frozen=True, kw_only=True)
class CsvLayout:
    """A kind of file: the columns that it may have and must have, and what refuses it whole."""

    columns: Sequence[str]
    required: Sequence[str]
    max_lines: int
    unreadable: type[Problem]
    too_long: type[Problem]


def read_lines(
    text: str, layout: CsvLayout, parse: Callable[[int, Cells], _Line]
) -> tuple[list[_Line], list[RefusedLine]]:
    """Read a file with semicolons or commas; number a line with breaks in its cells by its first.

    parse: raises ValueError or a Problem, in words for people, to refuse a line.
    Raises layout.unreadable, layout.too_long.
    """
    rows = _number_rows(text, layout)
    _, header = next(rows, (1, []))
    names = _columns(header, layout)
    lines: list[_Line] = []
    refused: list[RefusedLine] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        try:
            lines.append(parse(number, _cells(names, row)))
        except (ValueError, Problem) as error:
            refused.append(RefusedLine(number, str(error)))
        if len(lines) + len(refused) > layout.max_lines:
            message = f"It has more than {layout.max_lines:,} lines: send it in parts."
            raise layout.too_long(message)
    return lines, refused


def _number_rows(text: str, layout: CsvLayout) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield each row, the header too, with the number of its first line in the file."""
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") >= header.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for row in rows:
            yield number, row
            number = rows.line_num + 1
    except csv.Error as error:
        message = f"Line {number}: {error}. Are all quotes closed?"
        raise layout.unreadable(message) from error


def _columns(header: Sequence[str], layout: CsvLayout) -> Sequence[str]:
    """Raises layout.unreadable, also for an unknown column: it may be a typing error."""
    names = [cell.strip().lower() for cell in header]
    if missing := [name for name in layout.required if name not in names]:
        message = f"The first line lacks these columns: {', '.join(missing)}."
        raise layout.unreadable(message)
    if set(names) - set(layout.columns) or len(set(names)) < len(names):
        message = f"The first line may name each of these once: {', '.join(layout.columns)}."
        raise layout.unreadable(message)
    return names


def _cells(names: Sequence[str], row: Sequence[str]) -> Cells:
    """Raises ValueError, in words for people."""
    if len(row) != len(names):
        message = f"It has {len(row)} cells, the header has {len(names)}."
        raise ValueError(message)
    return {name: cell.strip() or None for name, cell in zip(names, row, strict=True)}
