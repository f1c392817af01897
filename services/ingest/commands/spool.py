"""What was read of a file until it is recorded: in memory, or by local day on disk if it is much.

Readings have their place in a local day there: schema PLACED.

All records of a local day must be laid over what is stored together: only then is it known which
of two that contradict each other came first, and the day has one revision and one event.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

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
_STREAM_ROWS = 500
"""A stream has as many at least, if the file does: each takes some kilobytes besides its rows."""

# Short on disk; they are texts again when they are read.
_ON_DISK = pl.Schema(
    PLACED
    | {
        "direction": pl.Enum([one.value for one in Direction]),
        "nature": pl.Enum([one.value for one in Nature]),
        "letter": pl.Enum(list(NATURE_LETTERS.values())),
    }
)


class Stream(NamedTuple):
    """Where a file has the readings of some days that follow each other, as Arrow of its own.

    To read some rows of a larger one takes ten times as long, and each group reads of every file.
    """

    first: date
    last: date
    begin_byte: int
    end_byte: int


@dataclass(frozen=True)
class Part:
    """Once its readings are in a file, by day, the document has none."""

    document: int
    parsed: Parsed
    file_number: int | None = None
    rows_of_day: Mapping[date, int] = field(default_factory=dict)  # in ascending order, as streams
    streams: Sequence[Stream] = ()

    def on_disk(self, folder: Path, file_number: int) -> "Part":
        readings = self.parsed.readings
        by_day = readings.sort("day", maintain_order=True).cast(_ON_DISK)
        lengths = by_day["day"].rle().struct.unnest()
        rows_of_day = dict(lengths.select("value", "len").iter_rows())
        streams: list[Stream] = []
        first_row = 0
        with _file(folder, file_number).open("wb") as written:
            for first, last, rows in _together(rows_of_day):
                begin_byte = written.tell()
                by_day.slice(first_row, rows).write_ipc_stream(written)
                streams.append(Stream(first, last, begin_byte, written.tell()))
                first_row += rows
        rest = replace(
            self.parsed,
            readings=readings.clear(),
            record_count=self.parsed.record_count - readings.height,
        )
        return Part(self.document, rest, file_number, rows_of_day, streams)

    def read(self, folder: Path, first: date, last: date) -> Iterator[pl.DataFrame]:
        """The readings of the days from first to last, in frames of schema _ON_DISK."""
        wanted = [one for one in self.streams if one.first <= last and first <= one.last]
        if not wanted:
            return
        assert self.file_number is not None
        with _file(folder, self.file_number).open("rb") as written:
            for one in wanted:
                written.seek(one.begin_byte)
                frame = pl.read_ipc_stream(written.read(one.end_byte - one.begin_byte))
                is_within = first <= one.first and one.last <= last
                yield frame if is_within else frame.filter(pl.col("day").is_between(first, last))

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


class Spool:
    """The parts of one file, in its order."""

    def __init__(self, folder: Path, parts: Sequence[Part] = (), *, written: int = 0) -> None:
        self._folder = folder
        self._parts = [*parts]
        self._in_memory_rows = sum(one.parsed.readings.height for one in parts)
        self._written = written  # files

    @property
    def parts(self) -> Sequence[Part]:
        return self._parts

    @property
    def written(self) -> int:
        """How many files the folder has of it."""
        return self._written

    def add(self, part: DocumentPart) -> None:
        """Take what was read next; of a document that withdraws, forget what came before."""
        if part.withdraws:
            self._parts = [one for one in self._parts if one.document != part.document]
        readings = place(part.parsed.readings)
        self._parts.append(Part(part.document, replace(part.parsed, readings=readings)))
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
            per_day.update(one.rows_of_day)
        for first, last, rows in _ranges(per_day):
            shards = 1 + (rows - 1) // GROUP_ROWS
            for shard in range(shards):
                if some := list(self._of_days(first, last, shard, shards)):
                    yield some

    def _of_days(self, first: date, last: date, shard: int, shards: int) -> Iterator[Parsed]:
        """Each document with what it has of the days from first to last; one share of the points.

        That is all of them if there is one share. What is said of a document its first part says.
        """
        for _, parts in groupby(self._parts, key=lambda one: one.document):
            some = [*parts]
            frames = [
                frame if shards == 1 else _share(frame, shard, shards)
                for one in some
                for frame in one.read(self._folder, first, last)
            ]
            readings = pl.concat([_ON_DISK.to_frame(), *frames])
            if readings.height:
                yield some[0].of_readings(readings.cast(PLACED))

    def _write(self) -> None:
        """In one file for each document: each group that is read later looks into every file."""
        in_memory = [one for one in self._parts if one.file_number is None]
        self._parts = [one for one in self._parts if one.file_number is not None]
        for document, parts in groupby(in_memory, key=lambda one: one.document):
            self._written += 1
            whole = Part(document, joined([one.parsed for one in parts]))
            self._parts.append(whole.on_disk(self._folder, self._written))
        self._in_memory_rows = 0


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number}.arrow"


def _share(frame: pl.DataFrame, shard: int, shards: int) -> pl.DataFrame:
    share = frame.filter(pl.col("prm").hash() % shards == shard)
    # New texts: what is filtered keeps those of all that it is filtered from.
    return share.with_columns(pl.col("prm") + "", pl.col("position") + "")


def _together(rows_of_day: Mapping[date, int]) -> Iterator[tuple[date, date, int]]:
    """Days that make a stream, and how many rows they have."""
    first: date | None = None
    rows = 0
    for day, count in rows_of_day.items():
        first, rows = first or day, rows + count
        if rows >= _STREAM_ROWS:
            yield first, day, rows
            first, rows = None, 0
    if first is not None:
        yield first, day, rows


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
