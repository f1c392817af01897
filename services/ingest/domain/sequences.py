"""The DSO numbers its files: what their names tell of files that never came.

A name tells only of its own series, so a gap is seen when a later file of the series comes.
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
class Place:
    """Where a file stands in its series: the part of so many of a numbered publication."""

    series: str
    number: int
    part: int
    parts: int


@dataclass(frozen=True)
class Seen:
    """What came of one number of a series: which parts of how many, and the first of them when."""

    series: str
    number: int
    parts_seen: Sequence[int]
    parts: int
    since: datetime


@dataclass(frozen=True)
class Absent:
    """Numbers ``first … last`` that never came, missed since a later one did."""

    first: int
    last: int
    since: datetime


@dataclass(frozen=True)
class Incomplete:
    """A number of which parts never came, missed since the first of the others did."""

    number: int
    parts: int
    absent_parts: Sequence[tuple[int, int]]  # first, last
    since: datetime


@dataclass(frozen=True)
class Series:
    """A series of files in which something is missing."""

    name: str
    first: int
    last: int
    absent: Sequence[Absent]
    incomplete: Sequence[Incomplete]


def place_of(name: str) -> Place | None:
    """What a file's name tells; None if it is not one that the DSO numbers.

    An R50's daily and monthly files are numbered apart.
    """
    if found := _R50.fullmatch(name):
        part, parts = int(found["part"]), int(found["parts"])
        is_right = 1 <= part <= parts
        series = f"{found['flow']}_{found['mode']}"
        return Place(series, int(found["number"]), part, parts) if is_right else None
    if found := _R6X.fullmatch(name):
        return Place(found["flow"], int(found["number"]), 1, 1)
    return None


def places_of(paths: Iterable[str]) -> set[Place]:
    """Those of files, and of the archives in which they came: ``a.zip/b.csv`` has two names."""
    names = (name for path in paths for name in path.replace("\\", "/").split("/"))
    return {place for name in names if (place := place_of(name))}


def list_lacking(seen: Iterable[Seen]) -> list[Series]:
    """The series in which something is missing, by name.

    seen: each number of a series once. What a series had before its first number is not known,
    but for a one-off demand: its files are numbered from 1.
    """
    by_series: Mapping[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_series[one.series].append(one)
    found = (_series(name, by_series[name]) for name in sorted(by_series))
    return [one for one in found if one.absent or one.incomplete]


def _series(name: str, seen: Iterable[Seen]) -> Series:
    in_order = sorted(seen, key=lambda one: one.number)
    return Series(
        name,
        in_order[0].number,
        in_order[-1].number,
        sorted(_absent(name, in_order), key=lambda one: one.first),
        [
            Incomplete(one.number, one.parts, lacking, one.since)
            for one in in_order
            if (lacking := list(_ranges(one.parts_seen, first=1, end=one.parts + 1)))
        ],
    )


def _absent(name: str, in_order: Sequence[Seen]) -> Iterator[Absent]:
    """The gaps, from the last to the first: whatever came after one tells that it is there."""
    earlier = [one.number for one in in_order[:-1]]
    before_first = 0 if _ONE_OFF.match(name) else in_order[0].number - 1
    since = in_order[-1].since
    for later, number in zip(reversed(in_order), [*reversed(earlier), before_first], strict=True):
        since = min(since, later.since)
        if later.number - number > 1:
            yield Absent(number + 1, later.number - 1, since)


def _ranges(present: Iterable[int], *, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of numbers of ``[first, end)`` that are not present."""
    expected = first
    for number in (*sorted(set(present)), end):
        if number > expected:
            yield expected, number - 1
        expected = number + 1
