"""All data kept of one member, as files: each table as JSON and as CSV, in one archive."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from libs.common.spreadsheets import spreadsheet_text

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o600 << 16


@dataclass(frozen=True)
class OwnDataTable:
    """Rows with the same columns, in an order that does not change."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, object]]

    @property
    def json(self) -> bytes:
        rows = [{name: row[name] for name in self.columns} for row in self.rows]
        return f"{json.dumps(rows, ensure_ascii=False, indent=2, default=_plain)}\n".encode()

    @property
    def csv(self) -> bytes:
        """Comma, UTF-8; lists are JSON inside their cell, unknown values are empty.

        A cell that a spreadsheet would run gets `'` before it, here only: the JSON has it as it is.
        """
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(self.columns)
        writer.writerows([_cell(row[name]) for name in self.columns] for row in self.rows)
        return text.getvalue().encode()


def table_files(tables: Iterable[OwnDataTable]) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents."""
    for table in tables:
        yield f"{table.name}.json", table.json
        yield f"{table.name}.csv", table.csv


def archive(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield a ZIP of these files, piece by piece; the same files give the same bytes."""
    pieces = _Pieces()
    with ZipFile(pieces, "w", ZIP_DEFLATED) as opened:
        for name, content in files:
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            opened.writestr(entry, content)
            yield pieces.take()
    yield pieces.take()


class _Pieces:
    """An append-only stream whose content is taken away piece by piece."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, content: bytes) -> int:
        self._written += content
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to give back."""

    def take(self) -> bytes:
        piece = bytes(self._written)
        self._written.clear()
        return piece


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    assert isinstance(value, UUID), value
    return str(value)


def _cell(value: object) -> object:
    match value:
        case str():
            return spreadsheet_text(value)
        case None | int() if not isinstance(value, bool):
            return value
        case bool() | list() | dict():
            return json.dumps(value, ensure_ascii=False, default=_plain)
        case _:
            return _plain(value)
