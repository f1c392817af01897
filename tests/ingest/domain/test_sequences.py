"""What the names of files tell of those that never came."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.deliveries.sequences import (
    Absent,
    Incomplete,
    Seen,
    SequencePlace,
    list_lacking,
    place_of,
    places_of,
)

R50 = (
    "ERDF_R50_17X100A100A0001A_GRD-F123_4567_{number:05}_Q_{part:05}_{parts:05}_20261102083000.zip"
)
R63B = "ENEDIS_R63B_Q_CdC_M0DEMOA1_00012_20261102083000.zip"
DAY = datetime(2026, 11, 2, tzinfo=UTC)


def _seen(
    number: int,
    parts_seen: Iterable[int] = (1,),
    parts: int = 1,
    *,
    hours: int = 0,
    series: str = "s",
) -> Seen:
    return Seen(series, number, list(parts_seen), parts, DAY + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (
            R50.format(number=7, part=2, parts=3),
            SequencePlace("ERDF_R50_17X100A100A0001A_GRD-F123_4567_Q", 7, 2, 3),
        ),
        (
            R50.format(number=8, part=1, parts=1).replace("_Q_", "_M_"),
            SequencePlace("ERDF_R50_17X100A100A0001A_GRD-F123_4567_M", 8, 1, 1),
        ),
        (R63B, SequencePlace("ENEDIS_R63B_Q_CdC_M0DEMOA1", 12, 1, 1)),
        (
            "ENEDIS_R64_P_INDEX_M0DEMOA1_GRDF123_00001_20261102083000.json",
            SequencePlace("ENEDIS_R64_P_INDEX_M0DEMOA1_GRDF123", 1, 1, 1),
        ),
    ],
)
def test_a_name_tells_its_series_its_number_and_its_part(name: str, place: SequencePlace) -> None:
    assert place_of(name) == place


@pytest.mark.parametrize(
    "name",
    [
        "",
        "r63.csv",
        "ENEDIS_17X100A100A0001A_R4Q_CDC_20261102083000.zip",  # an R4x is not numbered
        R63B.replace("_00012", ""),
        R63B.replace("20261102083000", "2026110208300"),
        R50.format(number=7, part=4, parts=3),
        R50.format(number=7, part=0, parts=0),
        R63B.replace("M0DEMOA1", "M" * 41),
        R63B.replace("M0DEMOA1", "M\x00"),
        R63B.replace("00012", "٠٠٠١٢"),
    ],
)
def test_other_names_tell_nothing(name: str) -> None:
    assert place_of(name) is None


@given(st.text(max_size=120))
def test_no_name_is_a_mistake_of_ours(name: str) -> None:
    place_of(name)


def test_names_are_found_in_archives_somebody_made() -> None:
    paths = [
        "all.zip",
        f"2026/{R63B}/{R63B[:-3]}csv",
        "c\\" + R50.format(number=1, part=1, parts=1),
    ]

    assert {place.number for place in places_of(paths)} == {12, 1}


def test_a_gap_is_told_once_a_later_number_has_come_and_since_when() -> None:
    seen = [_seen(4), _seen(9, hours=3), _seen(5, hours=1), _seen(12, hours=2)]

    (series,) = list_lacking(seen)

    assert (series.first, series.last) == (4, 12)
    # Number 12 came before 9 did, so both gaps were known then.
    assert series.absent == [
        Absent(6, 8, DAY + timedelta(hours=2)),
        Absent(10, 11, DAY + timedelta(hours=2)),
    ]
    assert not series.incomplete


def test_a_publication_tells_the_parts_that_never_came() -> None:
    (series,) = list_lacking([_seen(7, [5, 2, 2], 6, hours=1)])

    assert series.incomplete == [
        Incomplete(7, 6, [(1, 1), (3, 4), (6, 6)], DAY + timedelta(hours=1))
    ]
    assert not series.absent


def test_only_a_one_off_demand_is_known_to_begin_at_one() -> None:
    recurrent, one_off = "ENEDIS_R63B_Q_CdC_M0DEMOA1", "ENEDIS_R63_P_CdC_M0DEMOA1"

    (series,) = list_lacking([_seen(3, series=recurrent), _seen(3, series=one_off)])

    assert (series.name, series.absent) == (one_off, [Absent(1, 2, DAY)])


numbers = st.sets(st.integers(1, 40), min_size=1)


@given(numbers, st.randoms(use_true_random=False))
def test_what_came_and_what_is_absent_are_all_numbers_in_any_order(
    came: set[int], random: Random
) -> None:
    seen = [_seen(number, hours=number) for number in came]
    random.shuffle(seen)

    series = list_lacking(seen)

    absent = {
        number
        for sequence in series
        for gap in sequence.absent
        for number in range(gap.first, gap.last + 1)
    }
    assert absent | came == set(range(min(came), max(came) + 1))
    assert not absent & came


@given(
    st.integers(1, 20).flatmap(
        lambda m: st.tuples(st.just(m), st.sets(st.integers(1, m), min_size=1))
    )
)
def test_a_publication_is_complete_with_its_last_part(case: tuple[int, set[int]]) -> None:
    parts, came = case

    lacking = list_lacking([_seen(1, came, parts)])

    assert (not lacking) == (len(came) == parts)
    absent = {
        number
        for series in lacking
        for day in series.incomplete
        for first, last in day.absent_parts
        for number in range(first, last + 1)
    }
    assert absent == set(range(1, parts + 1)) - came
