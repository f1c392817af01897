"""The parts of a file from reading to recording: in memory, or by local day on disk.

Readings have their place in a local day here: schema PLACED.

All records of a local day must be laid over what is stored together: only then is it known which of
two that contradict each other came first, and the day has one revision and one event.
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
from services.ingest.domain.readings.blocks import NATURE_LETTERS
from services.ingest.domain.readings.placing import PLACED, place
from services.ingest.domain.readings.readings import Nature
from services.ingest.formats import DocumentPart, Parsed, joined

IN_MEMORY_ROWS = 240_000
"""The readings that are written to one file; each group looks into all files."""
GROUP_ROWS = 160_000
"""The readings that are recorded together; their recording takes some 300 bytes each."""
_STREAM_ROWS = 500
"""The least rows of a stream, if the file has as many: each takes some kilobytes besides its rows.
"""

# Coded on disk to be short; they become texts again when they are read.
_ON_DISK = pl.Schema(
    PLACED
    | {
        "direction": pl.Enum([direction.value for direction in Direction]),
        "nature": pl.Enum([nature.value for nature in Nature]),
        "letter": pl.Enum(list(NATURE_LETTERS.values())),
    }
)


class Stream(NamedTuple):
    """The place in a file of some consecutive days' readings, a separate Arrow stream.

    Reading some rows of a larger stream takes ten times as long, and each group reads of every
    file.
    """

    first: date
    last: date
    begin_byte: int
    end_byte: int


@dataclass(frozen=True)
class SpooledPart:
    """A part of a document; once its readings are in a file, by day, ``parsed`` has none."""

    document: int
    parsed: Parsed
    file_number: int | None = None
    rows_of_day: Mapping[date, int] = field(default_factory=dict)  # in ascending order, as streams
    streams: Sequence[Stream] = ()

    def on_disk(self, folder: Path, file_number: int) -> "SpooledPart":
        readings = self.parsed.readings
        readings_by_day = readings.sort("day", maintain_order=True).cast(_ON_DISK)
        lengths = readings_by_day["day"].rle().struct.unnest()
        rows_of_day = dict(lengths.select("value", "len").iter_rows())
        streams: list[Stream] = []
        first_row = 0
        with _file(folder, file_number).open("wb") as file:
            for first, last, rows in _streams(rows_of_day):
                begin_byte = file.tell()
                readings_by_day.slice(first_row, rows).write_ipc_stream(file)
                streams.append(Stream(first, last, begin_byte, file.tell()))
                first_row += rows
        without_readings = replace(
            self.parsed,
            readings=readings.clear(),
            record_count=self.parsed.record_count - readings.height,
        )
        return SpooledPart(self.document, without_readings, file_number, rows_of_day, streams)

    def read(self, folder: Path, first: date, last: date) -> Iterator[pl.DataFrame]:
        """Yield the readings of the days from first to last, in frames of schema _ON_DISK."""
        streams = [
            stream for stream in self.streams if stream.first <= last and first <= stream.last
        ]
        if not streams:
            return
        assert self.file_number is not None
        with _file(folder, self.file_number).open("rb") as file:
            for stream in streams:
                file.seek(stream.begin_byte)
                frame = pl.read_ipc_stream(file.read(stream.end_byte - stream.begin_byte))
                is_within = first <= stream.first and stream.last <= last
                yield frame if is_within else frame.filter(pl.col("day").is_between(first, last))

    def of_readings(self, readings: pl.DataFrame) -> Parsed:
        """Return the document with only these readings of its own."""
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

    def __init__(
        self, folder: Path, parts: Sequence[SpooledPart] = (), *, written: int = 0
    ) -> None:
        self._folder = folder
        self._parts = [*parts]
        self._in_memory_rows = sum(file_part.parsed.readings.height for file_part in parts)
        self._written = written  # files

    @property
    def parts(self) -> Sequence[SpooledPart]:
        return self._parts

    @property
    def written(self) -> int:
        """The number of files in the folder."""
        return self._written

    def add(self, document_part: DocumentPart) -> None:
        """Add the next part; one that withdraws its document first removes its other parts."""
        if document_part.withdraws:
            self._parts = [
                file_part
                for file_part in self._parts
                if file_part.document != document_part.document
            ]
        readings = place(document_part.parsed.readings)
        self._parts.append(
            SpooledPart(document_part.document, replace(document_part.parsed, readings=readings))
        )
        self._in_memory_rows += document_part.parsed.readings.height
        if self._in_memory_rows > IN_MEMORY_ROWS:
            self._write()

    @property
    def is_on_disk(self) -> bool:
        return self._written > 0

    @property
    def documents(self) -> list[Parsed]:
        """All parts, without the readings that are on disk."""
        return [file_part.parsed for file_part in self._parts]

    def groups(self) -> Iterator[list[Parsed]]:
        """Yield everything once: all readings of some days, or of some points on one day.

        The first group has all that is no reading.
        """
        if not self.is_on_disk:
            yield self.documents
            return
        self._write()
        yield self.documents
        per_day: Counter[date] = Counter()
        for file_part in self._parts:
            per_day.update(file_part.rows_of_day)
        for first, last, rows in _groups_of_days(per_day):
            shards = 1 + (rows - 1) // GROUP_ROWS
            for shard in range(shards):
                if group := list(self._of_days(first, last, shard, shards)):
                    yield group

    def _of_days(self, first: date, last: date, shard: int, shards: int) -> Iterator[Parsed]:
        """Yield each document with its readings from first to last, of one shard of the points.

        A single shard has all points. The first part of a document describes it.
        """
        for _, parts in groupby(self._parts, key=lambda file_part: file_part.document):
            document_parts = [*parts]
            frames = [
                frame if shards == 1 else _share(frame, shard, shards)
                for file_part in document_parts
                for frame in file_part.read(self._folder, first, last)
            ]
            readings = pl.concat([_ON_DISK.to_frame(), *frames])
            if readings.height:
                yield document_parts[0].of_readings(readings.cast(PLACED))

    def _write(self) -> None:
        """Write one file for each document: each group that is read later opens every file."""
        in_memory = [file_part for file_part in self._parts if file_part.file_number is None]
        self._parts = [file_part for file_part in self._parts if file_part.file_number is not None]
        for document, parts in groupby(in_memory, key=lambda file_part: file_part.document):
            self._written += 1
            joined_part = SpooledPart(document, joined([file_part.parsed for file_part in parts]))
            self._parts.append(joined_part.on_disk(self._folder, self._written))
        self._in_memory_rows = 0


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number}.arrow"


def _share(frame: pl.DataFrame, shard: int, shards: int) -> pl.DataFrame:
    share = frame.filter(pl.col("prm").hash() % shards == shard)
    # Copies of the texts: a filtered frame keeps the texts of the whole frame in memory.
    return share.with_columns(pl.col("prm") + "", pl.col("position") + "")


def _streams(rows_of_day: Mapping[date, int]) -> Iterator[tuple[date, date, int]]:
    """Yield the first and last day of each stream, and its number of rows."""
    first: date | None = None
    rows = 0
    for day, count in rows_of_day.items():
        first, rows = first or day, rows + count
        if rows >= _STREAM_ROWS:
            yield first, day, rows
            first, rows = None, 0
    if first is not None:
        yield first, day, rows


def _groups_of_days(rows_of_day: Mapping[date, int]) -> Iterator[tuple[date, date, int]]:
    """Yield the first and last day of each group, and its number of rows."""
    first: date | None = None
    last, rows = date.min, 0
    for day, count in sorted(rows_of_day.items()):
        if first is not None and rows + count > GROUP_ROWS:
            yield first, last, rows
            first, rows = None, 0
        first, last, rows = first or day, day, rows + count
    if first is not None:
        yield first, last, rows
