"""The DSO numbers its files: what their names reveal about files that never came.

A gap shows only when a later file of the same series comes.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

_ID = "[0-9A-Za-z-]{1,40}"
# ``ERDF_R50_<EIC>_<contract>_<subscription>_<seq5>_<Q|M>_<n>_<m>_<stamp>.zip`` (domain: §2.3)
_R50 = re.compile(
    rf"(?P<flow>ERDF_R50_{_ID}_{_ID}_{_ID})_(?P<number>[0-9]{{5}})_(?P<mode>[QM])"
    r"_(?P<part>[0-9]{5})_(?P<parts>[0-9]{5})_[0-9]{14}\.\w+",
    re.ASCII,
)
# ``ENEDIS_<flow>_<mode>_<kind>_<demand>[_<contract>]_<seq5>_<stamp>.zip`` (domain: §2.5)
_R6X = re.compile(
    rf"(?P<flow>ENEDIS_R6[0-9][A-Z]?_[PQHM]_{_ID}_{_ID}(?:_{_ID})?)"
    r"_(?P<number>[0-9]{5})_[0-9]{14}\.\w+",
    re.ASCII,
)
_ONE_OFF = re.compile(r"ENEDIS_R6[0-9][A-Z]?_P_")


@dataclass(frozen=True)
class SequencePlace:
    """The place of a file in its series: a numbered publication, and its part of so many."""

    series: str
    number: int
    part_number: int
    parts: int


@dataclass(frozen=True)
class Seen:
    """The parts of one number of a series that came, out of how many, and when the first came."""

    series: str
    number: int
    parts_seen: Sequence[int]
    parts: int
    since: datetime


@dataclass(frozen=True)
class Absent:
    """Numbers ``first … last`` that never came, missed since a later number came."""

    first: int
    last: int
    since: datetime


@dataclass(frozen=True)
class Incomplete:
    """A number with parts that never came, missed since the first of its other parts came."""

    number: int
    parts: int
    absent_parts: Sequence[tuple[int, int]]  # first, last
    since: datetime


@dataclass(frozen=True)
class FileSeries:
    """A series of files in which something is missing."""

    name: str
    first: int
    last: int
    absent: Sequence[Absent]
    incomplete: Sequence[Incomplete]


def place_of(name: str) -> SequencePlace | None:
    """Return the place that a file's name gives; None if the DSO does not number such files.

    An R50's daily and monthly files are numbered separately.
    """
    if match := _R50.fullmatch(name):
        part_number, parts = int(match["part"]), int(match["parts"])
        is_right = 1 <= part_number <= parts
        series = f"{match['flow']}_{match['mode']}"
        return SequencePlace(series, int(match["number"]), part_number, parts) if is_right else None
    if match := _R6X.fullmatch(name):
        return SequencePlace(match["flow"], int(match["number"]), 1, 1)
    return None


def places_of(paths: Iterable[str]) -> set[SequencePlace]:
    """Return the places of files and of their archives: ``a.zip/b.csv`` has two names."""
    names = (name for path in paths for name in path.replace("\\", "/").split("/"))
    return {place for name in names if (place := place_of(name))}


def list_lacking(publications: Iterable[Seen]) -> list[FileSeries]:
    """Return the series in which something is missing, by name.

    publications: each number of a series once. What a series had before its first number is
    unknown, except for a one-off demand: its files are numbered from 1.
    """
    publications_by_series: Mapping[str, list[Seen]] = defaultdict(list)
    for publication in publications:
        publications_by_series[publication.series].append(publication)
    all_series = (
        _series(name, publications_by_series[name]) for name in sorted(publications_by_series)
    )
    return [series for series in all_series if series.absent or series.incomplete]


def _series(name: str, publications: Iterable[Seen]) -> FileSeries:
    in_order = sorted(publications, key=lambda publication: publication.number)
    return FileSeries(
        name,
        in_order[0].number,
        in_order[-1].number,
        sorted(_absent(name, in_order), key=lambda absence: absence.first),
        [
            Incomplete(publication.number, publication.parts, absent_parts, publication.since)
            for publication in in_order
            if (
                absent_parts := list(
                    _ranges(publication.parts_seen, first=1, end=publication.parts + 1)
                )
            )
        ],
    )


def _absent(name: str, in_order: Sequence[Seen]) -> Iterator[Absent]:
    """Yield the gaps, from the last to the first: each counts from the first arrival after it."""
    earlier = [publication.number for publication in in_order[:-1]]
    before_first = 0 if _ONE_OFF.match(name) else in_order[0].number - 1
    since = in_order[-1].since
    for later, number in zip(reversed(in_order), [*reversed(earlier), before_first], strict=True):
        since = min(since, later.since)
        if later.number - number > 1:
            yield Absent(number + 1, later.number - 1, since)


def _ranges(present: Iterable[int], *, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of numbers of ``[first, end)`` that are not present."""
    expected = first
    for number in (*sorted(set(present)), end):
        if number > expected:
            yield expected, number - 1
        expected = number + 1
