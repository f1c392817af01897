"""Parts of a file are read by two threads, and nobody who takes them can tell."""

import threading
from collections.abc import Iterator

import pytest

from services.ingest.formats.files.in_turn import in_turn


def test_results_come_in_the_order_of_the_parts() -> None:
    second_has_begun = threading.Event()

    def read(number: int) -> int:
        if number == 0:
            assert second_has_begun.wait(30)
        if number == 1:
            second_has_begun.set()
        return number * number

    assert list(in_turn(read, range(9))) == [number * number for number in range(9)]


def test_a_part_that_cannot_be_read_is_told_after_those_before_it() -> None:
    def read(number: int) -> int:
        if number == 2:
            raise ValueError(number)
        return number

    results = in_turn(read, range(5))

    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="2"):
        next(results)


def test_the_fault_of_a_part_is_told_before_that_of_getting_the_next_one() -> None:
    def parts() -> Iterator[int]:
        yield 0
        message = "no more of the file can be read"
        raise OSError(message)

    def read(number: int) -> int:
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        list(in_turn(read, parts()))
    with pytest.raises(OSError, match="no more"):
        list(in_turn(str, parts()))


def test_whoever_takes_no_more_leaves_nothing_running() -> None:
    read: list[int] = []
    results = in_turn(read.append, range(1000))

    next(results)
    results.close()  # type: ignore[attr-defined] # a generator

    assert len(read) < 1000
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("parts")]


def test_a_file_without_parts_has_no_results() -> None:
    assert list(in_turn(str, [])) == []
