"""A number of any size, in any alphabet, in the place of any number of any format."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

from libs.common.errors import Problem
from services.ingest.formats import parse, recognise
from tests.ingest.formats.samples import SAMPLES

_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_ODD = [
    b"9" * 5000,  # more digits than Python makes a number of
    b"0" * 5000,
    b"9" * 19,  # more than 64 bits have room for
    b"-" + b"9" * 400,
    b"1e999999999",
    b"1e-999999999",
    b"1." + b"9" * 5000,
    b"NaN",
    b"1_000",
    "٣".encode(),
    "²".encode(),
]


def _places(content: bytes) -> Iterator[tuple[int, int]]:
    """Of each kind of number once: those behind the same words are of one kind."""
    seen = set()
    for match in _NUMBER.finditer(content):
        before = re.sub(rb"\d+", b"0", content[max(0, match.start() - 25) : match.start()])
        if before not in seen:
            seen.add(before)
            yield match.span()


def _check(content: bytes, odds: Callable[[int], Iterable[bytes]]) -> None:
    """odds: what stands in the place of a kind, by its number."""
    assert recognise(content)
    for number, (start, end) in enumerate(_places(content)):
        for odd in odds(number):
            with suppress(Problem):
                for parsed_file in parse(content[:start] + odd + content[end:]):
                    parsed_file.readings.write_csv()  # parse has checked its count of records


_of_each_sample = pytest.mark.parametrize("content", SAMPLES, ids=range(len(SAMPLES)))


@_of_each_sample
def test_every_record_is_read_or_rejected_or_the_file_is_refused(content: bytes) -> None:
    _check(content, lambda number: {_ODD[0], _ODD[number % len(_ODD)]})


@pytest.mark.nightly
@_of_each_sample
def test_the_same_of_each_odd_number_in_each_place(content: bytes) -> None:
    _check(content, lambda _: _ODD)
