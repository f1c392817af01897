"""The form of a format, and the result of reading a document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import IO

import polars as pl

from services.ingest.domain.facts.contracts import CONTRACT_EVENTS
from services.ingest.domain.facts.indexes import INDEXES, INVOICED
from services.ingest.domain.refusals import RefusalCode
from services.ingest.domain.results.results import DSO_POINTS, RESULT_ENERGIES, RESULT_VALUES
from services.ingest.formats.problems import FileMalformed

RECORD_CHARS = 200


def kept_short(text: str) -> str:
    """Shorten a text that every record repeats; one that is too long means nothing anyway."""
    return text if len(text) <= RECORD_CHARS else f"{text[: RECORD_CHARS - 1]}…"


@dataclass(frozen=True)
class Rejected:
    """A record that is not a reading, with what its sender needs to correct it."""

    position: (
        str  # "line 12", "line 12, PRM 99…/2026-10-25T00:30:00+02:00", or an archive member's name
    )
    reason: str  # a stable, short sentence
    record: str  # as received, at most RECORD_CHARS characters
    code: str = RefusalCode.UNREADABLE


@dataclass(frozen=True)
class Parsed:
    """One document, or part of a large one: each record is in one of the frames, or ``rejected``.

    readings, indexes, invoiced, contract_events: one row per record read, in file order, duplicates
    included; schemas ``READINGS``, ``INDEXES``, ``INVOICED``, ``CONTRACT_EVENTS``.
    result_values, result_energies, dso_points: the same; schemas of ``domain.results.results``.
    """

    format: str
    readings: pl.DataFrame
    rejected: tuple[Rejected, ...]
    record_count: int
    member: str = ""  # its path inside the archive, empty when it came by itself
    published_at: datetime | None = None  # when its sender made it; None if nothing says so
    notes: tuple[str, ...] = ()  # what was passed over without loss, as an unknown column
    indexes: pl.DataFrame = field(default_factory=INDEXES.to_frame)
    invoiced: pl.DataFrame = field(default_factory=INVOICED.to_frame)
    contract_events: pl.DataFrame = field(default_factory=CONTRACT_EVENTS.to_frame)
    result_values: pl.DataFrame = field(default_factory=RESULT_VALUES.to_frame)
    result_energies: pl.DataFrame = field(default_factory=RESULT_ENERGIES.to_frame)
    dso_points: pl.DataFrame = field(default_factory=DSO_POINTS.to_frame)
    name_pattern: str = ""  # for the file's name, on result_values: groups operation, prm

    def __post_init__(self) -> None:
        heights = [getattr(self, name).height for name in FRAMES]
        assert sum(heights) + len(self.rejected) == self.record_count


FRAMES = [column.name for column in fields(Parsed) if column.type is pl.DataFrame]
"""The fields of ``Parsed`` that hold records."""


WHOLE_BYTES = 64 * 1024**2
"""The largest document of a format that can only be read as a whole."""


@dataclass(frozen=True)
class Format:
    """A layout of documents that ingest reads.

    name: as deliveries and refusals state it.
    holds: what is in such a document, for lists of formats.
    recognises: sees only the first bytes of a document.
    read: yields the document in parts, each of a size that memory has room for.
    """

    name: str
    holds: str
    recognises: Callable[[bytes], bool]
    read: Callable[[IO[bytes]], Iterator[Parsed]]

    @classmethod
    def of_whole(
        cls,
        name: str,
        holds: str,
        recognises: Callable[[bytes], bool],
        read: Callable[[bytes], Parsed],
    ) -> "Format":
        """Make a format whose documents are read as a whole, up to ``WHOLE_BYTES``."""

        def read_whole(file: IO[bytes]) -> Iterator[Parsed]:
            content = file.read(WHOLE_BYTES + 1)
            if len(content) > WHOLE_BYTES:
                limit_mib = WHOLE_BYTES // 1024**2
                raise FileMalformed(
                    f"{name} is read as a whole, up to {limit_mib} MiB: send it in parts."
                )
            yield read(content)

        return cls(name, holds, recognises, read_whole)
