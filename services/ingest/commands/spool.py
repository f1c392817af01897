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

import polars as pl

from libs.common.ids import Direction
from services.ingest.domain.blocks import NATURE_LETTERS
from services.ingest.domain.placing import PLACED, place
from services.ingest.domain.readings import Nature
from services.ingest.formats import DocumentPart, Parsed, joined

IN_MEMORY_ROWS = 200_000
"""So many readings are written to one file; each group looks into all files."""
GROUP_ROWS = 110_000
"""So many readings are recorded together; what is made of them takes some 300 bytes each."""
_READ_AT_ONCE = 16  # files

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
            per_day.update(one.rows_of_day)
        for first, last, rows in _ranges(per_day):
            shards = 1 + (rows - 1) // GROUP_ROWS
            for shard in range(shards):
                scanned = [one.scan(first, last, shard, shards) for one in self._parts]
                # Some at once: to read them one by one takes more than twice as long, all of them
                # more memory.
                read = [
                    readings
                    for begin in range(0, len(scanned), _READ_AT_ONCE)
                    for readings in pl.collect_all(
                        scanned[begin : begin + _READ_AT_ONCE], engine="streaming"
                    )
                ]
                if some := [
                    one.of_readings(readings)
                    for one, readings in zip(self._parts, read, strict=True)
                    if readings.height
                ]:
                    yield some

    def _write(self) -> None:
        """In one file for each document: each group that is read later looks into every file."""
        in_memory = [one for one in self._parts if one.file is None]
        self._parts = [one for one in self._parts if one.file is not None]
        for document, parts in groupby(in_memory, key=lambda one: one.document):
            self._written += 1
            whole = _Part(document, joined([one.parsed for one in parts]))
            self._parts.append(whole.on_disk(self._folder / f"{self._written}.arrow"))
        self._in_memory_rows = 0


@dataclass(frozen=True)
class _Part:
    """Once its readings are in a file, by day, the document has none."""

    document: int
    parsed: Parsed
    file: Path | None = None
    rows_of_day: Mapping[date, int] = field(default_factory=dict)  # in the order of the file

    def on_disk(self, file: Path) -> "_Part":
        readings = self.parsed.readings
        by_day = readings.sort("day", maintain_order=True)
        by_day.cast(_ON_DISK).write_ipc(file, record_batch_size=4_096)
        rest = replace(
            self.parsed,
            readings=readings.clear(),
            record_count=self.parsed.record_count - readings.height,
        )
        rows_of_day = by_day.group_by("day", maintain_order=True).len()
        return _Part(self.document, rest, file, dict(rows_of_day.iter_rows()))

    def scan(self, first: date, last: date, shard: int, shards: int) -> pl.LazyFrame:
        """The readings of the days from first to last; one share of the points if not all."""
        assert self.file is not None
        offset = sum(rows for day, rows in self.rows_of_day.items() if day < first)
        count = sum(rows for day, rows in self.rows_of_day.items() if first <= day <= last)
        readings = pl.scan_ipc(self.file).slice(offset, count)
        if shards > 1:
            readings = readings.filter(pl.col("prm").hash() % shards == shard)
        return readings.cast(PLACED)

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
