"""Which files of an inbox are taken, and under which names they are kept."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.deliveries.inbox import (
    FileState,
    Look,
    is_finished,
    look_again,
    may_keep_name,
    settled,
    with_tag,
)

TAG = "0123456789abcdef"


def _state(size_bytes: int = 1, changed_ns: int = 0, inode: int = 1) -> FileState:
    return FileState(inode, size_bytes, changed_ns)


@pytest.mark.parametrize("name", [".a.zip", "a.zip.part", "A.ZIP.FILEPART", "a.tmp", ".part"])
def test_a_file_whose_name_says_that_it_is_written_is_left_alone(name: str) -> None:
    assert not is_finished(name)
    assert is_finished("a.zip")


@pytest.mark.parametrize("change", [_state(2), _state(changed_ns=1), _state(inode=2)])
def test_a_file_that_changes_begins_anew(change: FileState) -> None:
    looks = look_again({}, {"a": _state()}, now_s=0)
    assert settled(looks, now_s=9.9, settle_s=10) == []

    looks = look_again(looks, {"a": change}, now_s=10)

    assert settled(looks, now_s=10, settle_s=10) == []
    looks = look_again(looks, {"a": change}, now_s=20)
    assert settled(looks, now_s=20, settle_s=10) == ["a"]


def test_a_file_that_was_away_begins_anew() -> None:
    looks = look_again({}, {"a": _state()}, now_s=0)
    looks = look_again(looks, {}, now_s=5)

    assert look_again(looks, {"a": _state()}, now_s=10) == {"a": Look(_state(), 10)}


def test_files_are_taken_in_the_order_in_which_they_were_written() -> None:
    states = {"b": _state(changed_ns=1), "c": _state(changed_ns=0), "a": _state(changed_ns=1)}

    assert settled(look_again({}, states, now_s=0), now_s=1, settle_s=1) == ["c", "a", "b"]


def test_a_second_file_of_a_name_gets_a_tag_before_its_ending() -> None:
    assert with_tag("a.csv", TAG) == f"a.{TAG}.csv"
    assert with_tag("a", TAG) == f"a.{TAG}"


def test_what_ends_like_a_problem_never_takes_a_problems_place() -> None:
    assert not may_keep_name("a.csv.Problem.JSON")
    assert may_keep_name(with_tag("a.csv.problem.json", TAG))


names = st.binary(min_size=1, max_size=255).map(os.fsdecode)


@given(names)
def test_a_tagged_name_always_fits_with_its_problem_beside_it(name: str) -> None:
    tagged = with_tag(name, TAG)

    assert len(os.fsencode(f"{tagged}.problem.json")) <= 255
    assert may_keep_name(tagged)
    assert TAG in tagged
