"""Whatever happens to a file on its way, its reading ends in records or in a refusal."""

import gzip
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.common.errors import Problem
from services.demo.dso_files import FACTS, RESULTS, Shape, written
from services.ingest.formats import FORMATS, UNKNOWN, parse, recognise
from tests.ingest.formats.clock_changes import DAYS, FILES, file_of
from tests.ingest.formats.files import zipped
from tests.ingest.formats.samples import SAMPLES
from tests.support.nightly import parts

_OF_A_MONTH = "ACC API definitive_active_energy"
_WHOLE = {f"{name} {day}": file_of(name, day, 60) for name in FILES for day in DAYS} | {
    name: written(name, Shape(1, 31 if name == _OF_A_MONTH else 2, 60, date(2026, 10, 1)))
    for name in [*RESULTS, *FACTS]
}
_SPLINTERS = [
    *[b"\x00", b";", b",", b"\n", b'"', b"[", b"{", b"}", b"\xff"],
    *[b"\\ud800", b"<a>", b"&a;", b'"v":', b"-9"],
]


def _cut(content: bytes, start: int, end: int, _splinter: bytes) -> bytes:
    return content[: max(start, end)]


def _removed(content: bytes, start: int, end: int, _splinter: bytes) -> bytes:
    return content[:start] + content[end:]


def _repeated(content: bytes, start: int, end: int, _splinter: bytes) -> bytes:
    return content[:end] + content[start:end] + content[end:]


def _swapped(content: bytes, start: int, end: int, _splinter: bytes) -> bytes:
    middle = (start + end) // 2
    return content[:start] + content[middle:end] + content[start:middle] + content[end:]


def _splintered(content: bytes, start: int, _end: int, splinter: bytes) -> bytes:
    return content[:start] + splinter + content[start + 1 :]


def _replaced(content: bytes, start: int, _end: int, splinter: bytes) -> bytes:
    """Everywhere: a separator or a bracket that is always another one."""
    sign = content[start : start + 1]
    return content.replace(sign, splinter) if sign else content


def _encoded(content: bytes, _start: int, _end: int, splinter: bytes) -> bytes:
    return content.decode("latin-1").encode("utf-16" if splinter == b"\x00" else "utf-8")


_MUTATIONS: list[Callable[[bytes, int, int, bytes], bytes]] = [
    *[_cut, _removed, _repeated, _swapped, _splintered, _splintered, _replaced, _encoded]
]


def _zipped(content: bytes) -> bytes:
    return zipped({"a.csv": content, "b.xml": b"<R50/>", "../c.csv": content})


_FILES = sorted({*_WHOLE.values(), *SAMPLES})


def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)  # else the time is in it


_PACKINGS: list[Callable[[bytes], bytes]] = [bytes, bytes, bytes, _zipped, _gzipped]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    content = draw(st.sampled_from(_FILES))
    for _ in range(draw(st.integers(0, 2))):
        content = draw(st.sampled_from(_PACKINGS))(content)
        for mutate in draw(st.lists(st.sampled_from(_MUTATIONS), max_size=3)):
            start, end = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
            content = mutate(content, start, end, draw(st.sampled_from(_SPLINTERS)))
    return content


def test_every_format_is_among_those_that_are_spoiled() -> None:
    recognised = [recognise(content) for content in SAMPLES]

    assert {file_format.name for file_format in recognised if file_format} == {
        file_format.name for file_format in FORMATS
    }


@pytest.mark.parametrize("_part", parts(41))
@settings(max_examples=500)
@given(content=_mutated())
def test_every_record_of_a_mutated_file_is_read_or_rejected_or_the_file_is_refused(
    _part: int, content: bytes
) -> None:
    _check(content)


def _check(content: bytes) -> None:
    try:
        documents = parse(content)
    except Problem:
        return
    for document in documents:  # which checks its own count of records
        assert len(document.notes) <= 40
        assert document.format == UNKNOWN or ".." not in document.member.split("/")
        document.readings.write_csv().encode()
        " ".join(
            [
                *document.notes,
                *(rejection.record + rejection.position for rejection in document.rejected),
            ]
        ).encode()


@pytest.mark.parametrize("name", _WHOLE)
def test_a_file_that_is_cut_anywhere_never_gives_more_than_it_had(name: str) -> None:
    content = _WHOLE[name]
    whole = parse(content)[0].record_count

    for end in range(0, len(content), 97):
        try:
            documents = parse(content[:end])
        except Problem:
            continue
        assert sum(document.record_count for document in documents) <= whole
