"""CSV bytes as a frame of text columns, with the line that each row came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

import numpy as np
import polars as pl
from polars.exceptions import PolarsError

from services.ingest.formats.columns import plain
from services.ingest.formats.files.text_parts import count_byte, parts
from services.ingest.formats.files.utf_8 import BOM, text_of
from services.ingest.formats.parsed import RECORD_CHARS
from services.ingest.formats.problems import FileMalformed, FormatUnknown

_HEADER_BYTES = 65_536
_FEW_LINES = 100_000


@dataclass(frozen=True)
class Lines:
    """The bytes of a text file whose lines end with a line feed."""

    content: bytes
    separator: str = ";"
    line_offset: int = (
        0  # to a line's number, to get its number in the file of which this is a part
    )

    @classmethod
    def of(cls, content: bytes, *, separator: str = ";") -> "Lines":
        """Remove the byte-order mark, old line ends, and the quotes that some exports add."""
        content = content.removeprefix(BOM)
        if b"\n" not in content:
            content = content.replace(b"\r", b"\n")
        if content.startswith(b'"'):
            content = content.replace(b'"', b"")
        return cls(content, separator)

    @classmethod
    def in_parts(cls, file: IO[bytes]) -> Iterator["Lines"]:
        """Yield the lines of a file of any size in parts, each with the file's first line."""
        start = file.read(_HEADER_BYTES).removeprefix(BOM)
        file.seek(0)
        end = b"\n" if b"\n" in start else b"\r"
        header = start[: start.find(end) + 1]
        for content, lines_before in parts(file, end, heading=header):
            text = content.removeprefix(b"" if lines_before else BOM)
            if end == b"\r":
                text = text.replace(end, b"\n")
            if start.startswith(b'"'):
                text = text.replace(b'"', b"")
            yield cls(text, line_offset=max(0, lines_before - 1))

    def cells(self, line: int) -> list[str]:
        """Return the cells of a line near the top, counted from 1; an absent line has none."""
        lines = self.content[:_HEADER_BYTES].split(b"\n", line)
        if len(lines) < line:
            return []
        return text_of(lines[line - 1]).rstrip("\r").split(self.separator)

    def texts(self, numbers: pl.Series) -> list[str]:
        """Return the beginnings of these lines, counted from 1, for a message to the sender."""
        ends = np.flatnonzero(np.frombuffer(self.content, dtype=np.uint8) == ord("\n"))
        starts = np.concatenate(([0], ends + 1))
        # A character of UTF-8 has at most four bytes.
        longest = 4 * RECORD_CHARS
        pairs = [
            (int(starts[n - 1]), int(ends[n - 1]) if n <= len(ends) else None) for n in numbers
        ]
        return [
            text_of(self.content[start:end][:longest]).strip("\r\n")[:RECORD_CHARS]
            for start, end in pairs
        ]


def read_columns(
    lines: Lines, columns: Mapping[str, str], *, header_line: int, shortest_bytes: int
) -> pl.DataFrame:
    """Read columns of a CSV, wherever they stand in it; the others are ignored.

    columns: name in the result → the header's plain name.
    shortest_bytes: no record of the format, with its line end, has fewer.
    Returns one row per line after the header that is not blank, in order — ``columns`` str, empty
    where the file has nothing, and line i64, counted from 1.
    Raises FormatUnknown if the header lacks a column, FileMalformed if the content is no text at
    all, or its lines are on average too short to be records.
    """
    _check_that_lines_may_be_records(lines.content, shortest_bytes)
    header = [plain(cell) for cell in lines.cells(header_line)]
    absent = [name for name in columns.values() if name not in header]
    if absent:
        raise FormatUnknown(f"The header has no column {', '.join(map(repr, absent))}.")
    places = {name: header.index(column) for name, column in columns.items()}
    table = _read(lines, sorted(places.values()), skip_lines=header_line - 1)
    ordered = sorted(places, key=places.__getitem__)
    table = table.rename(dict(zip(table.columns, ordered, strict=True)))
    table = table.with_row_index("line", offset=header_line + 1).cast({"line": pl.Int64})
    table = _without_blank_lines(table, lines)
    return table.with_columns(
        pl.col(name).fill_null("") for name in ordered if table[name].null_count()
    )


def _check_that_lines_may_be_records(content: bytes, shortest_bytes: int) -> None:
    """Refuse tiny lines: a table of millions of them takes fifty times its file's size."""
    count = count_byte(content, ord("\n"))
    if count > _FEW_LINES and len(content) < count * shortest_bytes:
        raise FileMalformed(f"Its {count} lines are too short to be records of load curves.")


def _read(lines: Lines, places: list[int], *, skip_lines: int) -> pl.DataFrame:
    for text in (lines.content, None):
        try:
            return pl.read_csv(
                lines.content.decode("latin-1").encode() if text is None else text,
                separator=lines.separator,
                quote_char=None,  # a stray quote must not swallow the lines that follow
                infer_schema=False,
                columns=places,
                skip_lines=skip_lines,
                truncate_ragged_lines=True,
            )
        except PolarsError as error:
            failure = error
    raise FileMalformed("The file cannot be read as CSV.") from failure


def _without_blank_lines(table: pl.DataFrame, lines: Lines) -> pl.DataFrame:
    if not all(table[name].null_count() for name in table.columns if name != "line"):
        return table
    empty = table.select(pl.all_horizontal(pl.exclude("line").is_null())).to_series()
    if not empty.any():
        return table
    texts = lines.texts(table["line"].filter(empty))
    space = f"{lines.separator} \t\r"
    blank = pl.Series([not text.strip(space) for text in texts], dtype=pl.Boolean)
    return table.filter(~empty.scatter(empty.arg_true(), blank))
