"""What was read of a file until it is recorded: in memory, or by local day on disk if it is much.

Readings have their place in a local day there: schema PLACED.

All records of a local day must be laid over what is stored together: only then is it known which
of two that contradict each other came first, and the day has one revision and one event.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

import polars as pl

from libs.common.ids import Direction
from services.ingest.domain.blocks import NATURE_LETTERS
from services.ingest.domain.placing import PLACED, place
from services.ingest.domain.readings import Nature
from services.ingest.formats import DocumentPart, Parsed, joined

IN_MEMORY_ROWS = 240_000
"""So many readings are written to one file; each group looks into all files."""
GROUP_ROWS = 160_000
"""So many readings are recorded together; what is made of them takes some 300 bytes each."""

# Short on disk; they are texts again when they are read.
_ON_DISK = pl.Schema(
    PLACED
    | {
        "direction": pl.Enum([one.value for one in Direction]),
        "nature": pl.Enum([one.value for one in Nature]),
        "letter": pl.Enum(list(NATURE_LETTERS.values())),
    }
)


class Spool:
    """The parts of one file, in its order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: list[_Part] = []
        self._in_memory_rows = 0
        self._written = 0  # files

    def add(self, part: DocumentPart) -> None:
        """Take what was read next; of a document that withdraws, forget what came before."""
        if part.withdraws:
            self._parts = [one for one in self._parts if one.document != part.document]
        readings = place(part.parsed.readings)
        self._parts.append(_Part(part.document, replace(part.parsed, readings=readings)))
        self._in_memory_rows += part.parsed.readings.height
        if self._in_memory_rows > IN_MEMORY_ROWS:
            self._write()

    @property
    def is_on_disk(self) -> bool:
        return self._written > 0

    @property
    def documents(self) -> list[Parsed]:
        """All parts; readings that are on disk are not among theirs."""
        return [one.parsed for one in self._parts]

    def groups(self) -> Iterator[list[Parsed]]:
        """Everything, once: a group has all readings of its days, or of some points in one day.

        Whatever is no reading is in the first group.
        """
        if not self.is_on_disk:
            yield self.documents
            return
        self._write()
        yield self.documents
        per_day: Counter[date] = Counter()
        for one in self._parts:
            per_day.update({day: place.rows for day, place in one.days.items()})
        for first, last, rows in _ranges(per_day):
            shards = 1 + (rows - 1) // GROUP_ROWS
            for shard in range(shards):
                if some := list(self._of_days(first, last, shard, shards)):
                    yield some

    def _of_days(self, first: date, last: date, shard: int, shards: int) -> Iterator[Parsed]:
        """Each document with what it has of the days from first to last; one share of the points.

        That is all of them if there is one share.
        """
        for _, parts in groupby(self._parts, key=lambda one: one.document):
            some = [*parts]
            days = [day for one in some for day in one.read(first, last)]
            if not days:
                continue
            readings = pl.concat(days)
            if shards > 1:
                readings = readings.filter(pl.col("prm").hash() % shards == shard)
            if readings.height:
                yield some[0].of_readings(readings.cast(PLACED))

    def _write(self) -> None:
        """In one file for each document: each group that is read later looks into every file."""
        in_memory = [one for one in self._parts if one.file is None]
        self._parts = [one for one in self._parts if one.file is not None]
        for document, parts in groupby(in_memory, key=lambda one: one.document):
            self._written += 1
            whole = _Part(document, joined([one.parsed for one in parts]))
            self._parts.append(whole.on_disk(self._folder / f"{self._written}.arrow"))
        self._in_memory_rows = 0


class _Day(NamedTuple):
    """Where the readings of a day are in a file, and how many.

    They are an Arrow stream of their own: to read some rows of a larger one takes ten times as
    long, and each group reads some of every file.
    """

    begin_byte: int
    end_byte: int
    rows: int


@dataclass(frozen=True)
class _Part:
    """Once its readings are in a file, by day, the document has none."""

    document: int
    parsed: Parsed
    file: Path | None = None
    days: Mapping[date, _Day] = field(default_factory=dict)  # in the order of the file

    def on_disk(self, file: Path) -> "_Part":
        readings = self.parsed.readings
        by_day = readings.sort("day", maintain_order=True).cast(_ON_DISK)
        days: dict[date, _Day] = {}
        first_row = 0
        with file.open("wb") as written:
            for rows, day in by_day["day"].rle().struct.unnest().iter_rows():
                begin_byte = written.tell()
                by_day.slice(first_row, rows).write_ipc_stream(written)
                days[day] = _Day(begin_byte, written.tell(), rows)
                first_row += rows
        rest = replace(
            self.parsed,
            readings=readings.clear(),
            record_count=self.parsed.record_count - readings.height,
        )
        return _Part(self.document, rest, file, days)

    def read(self, first: date, last: date) -> list[pl.DataFrame]:
        """The readings of the days from first to last, a frame for each; schema _ON_DISK."""
        places = [place for day, place in self.days.items() if first <= day <= last]
        if not places or self.file is None:
            return []
        with self.file.open("rb") as written:
            return [_read_day(written, place) for place in places]

    def of_readings(self, readings: pl.DataFrame) -> Parsed:
        """The document with some of its readings alone."""
        return Parsed(
            format=self.parsed.format,
            readings=readings,
            rejected=(),
            record_count=readings.height,
            member=self.parsed.member,
            published_at=self.parsed.published_at,
        )


def _read_day(written: BinaryIO, place: _Day) -> pl.DataFrame:
    written.seek(place.begin_byte)
    return pl.read_ipc_stream(written.read(place.end_byte - place.begin_byte))


def _ranges(rows_of_day: Mapping[date, int]) -> Iterator[tuple[date, date, int]]:
    """Days that follow each other, as many as make a group, and how many rows they have."""
    first: date | None = None
    last, rows = date.min, 0
    for day, count in sorted(rows_of_day.items()):
        if first is not None and rows + count > GROUP_ROWS:
            yield first, last, rows
            first, rows = None, 0
        first, last, rows = first or day, day, rows + count
    if first is not None:
        yield first, last, rows
