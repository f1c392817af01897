"""R63 stamps of October's repeated hour, which only their order tells apart."""

from datetime import UTC

import pytest

from services.ingest.formats import parse
from tests.ingest.formats.clock_changes import file_of
from tests.ingest.formats.files import (
    OTHER_PRM,
    PRM,
    day_ends,
    day_starts,
    naive,
    r63,
    r63_row,
    shuffle,
    starts,
)
from tests.ingest.formats.json_files import (
    r63_json_of,
    r63_point,
)

FIRST, SECOND = 0, 60  # minutes after the summer-time reading of the stamp


def _hours(*times: str, prm: str = PRM, step: str = "PT30M") -> list[int]:
    """For each end stamp between 02:00 and 03:00, in file order, which of the hours it is in."""
    rows = [r63_row(f"2026-10-25 {time}:00", prm=prm, step=step) for time in times]
    (parsed,) = parse(r63(rows))
    assert parsed.rejected == ()
    ends = parsed.readings["start"].dt.offset_by(step.removeprefix("PT").lower())
    minutes = []
    for time, end in zip(times, ends, strict=True):
        if time.startswith("02"):
            minutes.append(end.hour * 60 + end.minute - int(time[3:]))
    return minutes


@pytest.mark.parametrize(
    ("times", "hours"),
    [
        (["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"], [FIRST, FIRST, SECOND, SECOND]),
        (["02:30", "02:00", "02:30", "03:00"], [FIRST, SECOND, SECOND]),
        (["01:30", "02:30", "02:00", "02:30"], [FIRST, SECOND, SECOND]),
        (["01:30", "02:00", "02:30", "02:00"], [FIRST, FIRST, SECOND]),
        (["01:30", "02:00", "02:00", "02:30", "03:00"], [FIRST, SECOND, SECOND]),
        (["01:30", "02:00", "02:00"], [FIRST, SECOND]),
    ],
    ids=["complete", "cut at 02:30", "hole", "cut in the second", "hole before", "two stamps"],
)
def test_the_clock_going_back_begins_the_second_hour(times: list[str], hours: list[int]) -> None:
    assert _hours(*times) == hours


def test_rows_sorted_by_stamp_pair_up() -> None:
    assert _hours("01:30", "02:00", "02:00", "02:30", "02:30", "03:00") == [
        FIRST,
        SECOND,
        FIRST,
        SECOND,
    ]


def test_rows_in_reverse_order_are_read_from_their_end() -> None:
    times = ["03:00", "02:30", "02:00", "02:30", "02:00", "01:30"]

    assert _hours(*times) == [SECOND, SECOND, FIRST, FIRST]


def test_a_file_that_begins_in_the_second_hour_continues_into_three_o_clock() -> None:
    assert _hours("02:00", "02:30", "03:00", "03:30") == [SECOND, SECOND]


def test_a_file_that_ends_in_the_first_hour_stays_in_summer_time() -> None:
    assert _hours("01:30", "02:00", "02:30") == [FIRST, FIRST]


def test_a_lone_stamp_is_in_summer_time() -> None:
    assert _hours("02:30") == [FIRST]


def test_hourly_rows_have_two_stamps_at_two() -> None:
    assert _hours("01:00", "02:00", "02:00", "03:00", step="PT60M") == [FIRST, SECOND]


def test_a_day_that_is_repeated_in_the_file_is_read_twice_alike() -> None:
    night = ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]

    assert _hours(*night, *night) == [FIRST, FIRST, SECOND, SECOND] * 2


def test_points_that_alternate_row_by_row_do_not_disturb_each_other() -> None:
    times = ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]
    rows = [
        r63_row(f"2026-10-25 {time}:00", prm=prm, direction=direction)
        for time in times
        for prm, direction in [(PRM, "CONS"), (PRM, "PROD"), (OTHER_PRM, "CONS")]
    ]

    (parsed,) = parse(r63(rows))

    series = parsed.readings.partition_by("prm", "direction")
    assert len(series) == 3
    assert all(curve["start"].is_sorted() for curve in series)
    assert all(curve["start"].n_unique() == 6 for curve in series)


def test_a_step_that_changes_inside_the_hour_does_not_hide_the_clock_going_back() -> None:
    rows = [
        r63_row("2026-10-25 02:00:00"),
        r63_row("2026-10-25 02:30:00"),
        r63_row("2026-10-25 02:00:00", step="PT60M"),
        r63_row("2026-10-25 03:00:00", step="PT60M"),
    ]

    (parsed,) = parse(r63(rows))

    starts = [f"{start:%H:%M}" for start in parsed.readings["start"]]
    assert starts == ["23:30", "00:00", "00:00", "01:00"]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("step_min", [10, 15, 30, 60])
def test_rows_in_no_order_are_not_guessed_but_rejected(step_min: int, seed: int) -> None:
    stamps = shuffle(naive(day_ends("2026-10-25", step_min)), seed=seed)
    points = [r63_point(stamp, step=f"PT{step_min}M") for stamp in stamps]

    (parsed,) = parse(r63_json_of(points))

    assert len(parsed.rejected) == 2 * 60 // step_min
    assert all("came twice that night" in rejection.reason for rejection in parsed.rejected)
    assert parsed.readings["start"].n_unique() == parsed.readings.height
    all_day = {start.astimezone(UTC) for start in day_starts("2026-10-25", step_min)}
    assert set(starts(parsed.readings)) < all_day


def test_only_the_point_whose_rows_are_in_no_order_is_rejected() -> None:
    stamps = naive(day_ends("2026-10-25", 30))
    shuffled = shuffle(stamps, seed=1)
    rows = [
        r63_row(stamp, prm=prm)
        for pair in zip(stamps, shuffled, strict=True)
        for stamp, prm in zip(pair, (PRM, OTHER_PRM), strict=True)
    ]

    (parsed,) = parse(r63(rows))

    assert {rejection.record[:14] for rejection in parsed.rejected} == {OTHER_PRM}
    assert parsed.readings.filter(prm=PRM)["start"].is_sorted()
    assert parsed.readings.filter(prm=PRM).height == 50


@pytest.mark.parametrize("name", ["HDM CSV", "generic CSV"])
def test_stamps_with_an_offset_need_no_order(name: str) -> None:
    lines = file_of(name, "2026-10-25", 30).splitlines(keepends=True)
    backwards = [*lines[:-50], *reversed(lines[-50:])]
    shuffled = [*lines[:-50], *shuffle(lines[-50:], seed=2)]

    readings = [parse(b"".join(some))[0].readings for some in (lines, backwards, shuffled)]

    assert all(sorted(starts(reading)) == starts(readings[0]) for reading in readings)
