"""HDM: stamps with an offset, and a step that the file may not state."""

from datetime import datetime, timedelta

import pytest

from services.ingest.formats import FileMalformed, FormatUnknown, Parsed, parse
from tests.ingest.formats.files import PARIS, PRM, hdm, starts, utc

MIDNIGHT = datetime(2026, 7, 1, tzinfo=PARIS)


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    assert parsed.format == "HDM CSV"
    return parsed


def _rows(*minutes: int) -> list[tuple[str, str]]:
    """Rows stamped so many minutes after midnight."""
    return [((MIDNIGHT + timedelta(minutes=minute)).isoformat(), "478") for minute in minutes]


def _steps(*minutes: int) -> list[int]:
    parsed = _only(hdm(_rows(*minutes)))
    assert parsed.rejected == ()
    return parsed.readings["step_min"].to_list()


def test_a_row_becomes_a_reading_that_starts_before_its_stamp() -> None:
    readings = _only(hdm(_rows(30, 60))).readings

    assert readings.row(0, named=True) == {
        "prm": PRM,
        "direction": "consumption",
        "start": utc("2026-06-30T22:00"),
        "step_min": 30,
        "power_w": 478,
        "nature": "measured",
        "doubtful": False,
        "position": "line 4",
    }


def test_a_stated_step_is_trusted() -> None:
    parsed = _only(hdm(_rows(60, 120, 180), step="30"))

    assert parsed.readings["step_min"].to_list() == [30, 30, 30]
    assert starts(parsed.readings)[0] == utc("2026-06-30T22:30")


def test_the_step_is_the_distance_to_the_row_before() -> None:
    assert _steps(60, 120, 180, 210, 240) == [60, 60, 60, 30, 30]
    assert _steps(30, 60, 120, 180, 240) == [30, 30, 60, 60, 60]


def test_one_absent_half_hour_does_not_make_an_hour() -> None:
    assert _steps(30, 60, 90, 150, 180, 210) == [30] * 6
    assert _steps(30, 60, 120, 150, 180) == [30] * 5


def test_a_hole_in_hourly_rows_does_not_make_a_step() -> None:
    assert _steps(60, 120, 180, 300, 360) == [60] * 5


def test_a_row_after_a_hole_has_the_step_of_the_rows_it_begins() -> None:
    assert _steps(60, 120, 180, 930, 960, 990) == [60, 60, 60, 30, 30, 30]


def test_a_row_alone_between_holes_has_the_step_of_its_neighbours() -> None:
    assert _steps(30, 60, 510, 930, 960) == [30] * 5


def test_order_and_repetition_do_not_change_the_step() -> None:
    assert _steps(90, 60, 30, 60) == [30] * 4


def test_one_row_alone_has_no_step() -> None:
    parsed = _only(hdm(_rows(30)))

    assert "step" in parsed.rejected[0].reason


def test_ten_minute_rows_are_stamped_at_their_start() -> None:
    readings = _only(hdm(_rows(0, 10, 20), unit="", direction="Production")).readings

    assert readings["direction"].unique().to_list() == ["production"]
    assert readings["step_min"].to_list() == [10, 10, 10]
    assert starts(readings)[0] == utc("2026-06-30T22:00")


def test_a_c4_row_becomes_a_reading_that_starts_at_its_stamp() -> None:
    stamps = [stamp for stamp, _ in _rows(0, 10, 20)]

    readings = _only(hdm(zip(stamps, ["18000", "", "0"], strict=True), unit="")).readings

    assert readings.select("start", "step_min", "power_w", "nature", "position").rows() == [
        (utc("2026-06-30T22:00"), 10, 18_000, "measured", "line 4"),
        (utc("2026-06-30T22:10"), 10, None, "missing", "line 5"),
        (utc("2026-06-30T22:20"), 10, 0, "measured", "line 6"),
    ]


def test_a_stated_step_of_c4_is_stamped_at_its_start_even_alone() -> None:
    readings = _only(hdm([("2026-07-01T00:10:00+02:00", "18")], unit="kW", step="10")).readings

    assert starts(readings) == [utc("2026-06-30T22:10")]
    assert readings["power_w"].to_list() == [18_000]


def test_holes_in_ten_minute_rows_do_not_make_a_step() -> None:
    minutes = (0, 10, 30, 40, 100, 110, 140, 200, 210)

    assert _steps(*minutes) == [10] * 9
    assert [start.minute for start in starts(_only(hdm(_rows(*minutes))).readings)] == [
        minute % 60 for minute in minutes
    ]


def test_a_c4_meter_that_goes_from_ten_minutes_to_five_keeps_its_start_stamps() -> None:
    readings = _only(hdm(_rows(0, 10, 20, 25, 30, 35))).readings

    assert readings["step_min"].to_list() == [10, 10, 5, 5, 5, 5]
    assert [start.minute for start in starts(readings)] == [0, 10, 20, 25, 30, 35]


def test_order_and_repetition_do_not_change_the_start_of_a_c4_row() -> None:
    readings = _only(hdm(_rows(20, 0, 10, 0))).readings

    assert readings["step_min"].to_list() == [10] * 4
    assert [start.minute for start in starts(readings)] == [20, 0, 10, 0]


def test_a_c4_stamp_between_two_steps_is_rejected() -> None:
    parsed = _only(hdm([*_rows(0, 10, 20), *_rows(33)], step="10"))

    assert "whole number of steps" in parsed.rejected[0].reason
    assert parsed.readings.height == 3


def test_a_c4_file_that_is_cut_keeps_its_whole_rows() -> None:
    content = hdm([(stamp, "18000") for stamp, _ in _rows(0, 10, 20)]).rstrip(b"\n")

    parsed = _only(content[: -len("T00:20:00+02:00;18000")])

    assert parsed.readings["power_w"].to_list() == [18_000, 18_000]
    assert [rejected.position for rejected in parsed.rejected] == ["line 6"]


def test_an_empty_value_is_missing() -> None:
    (stamp, _), *others = _rows(30, 60, 90)

    readings = _only(hdm([(stamp, ""), *others])).readings

    assert readings["power_w"].to_list() == [None, 478, 478]
    assert readings["nature"].to_list() == ["missing", "measured", "measured"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("2026-07-01T02:00:00", "478"), "not a date and time"),
        (("01/07/2026 02:00", "478"), "not a date and time"),
        (("2026-07-01T02:00:00+02:00", "4,78"), "not in whole watts"),
        (("2026-07-01T02:00:00+02:00", "n/a"), "not a number"),
    ],
)
def test_a_row_that_is_no_reading_is_rejected_with_its_line(
    row: tuple[str, str], reason: str
) -> None:
    parsed = _only(hdm([*_rows(30, 60, 90), row]))

    (rejected,) = parsed.rejected
    assert rejected.position == "line 7"
    assert reason in rejected.reason
    assert rejected.record == ";".join(row)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"physical": "Energie reactive"}, "not active power"),
        ({"unit": "VAr"}, "not active power"),
        ({"prm": "123"}, "14 digits"),
        ({"direction": "Stockage"}, "direction"),
        ({"step": "45"}, "step"),
    ],
)
def test_a_heading_that_is_wrong_refuses_the_file_once(
    changed: dict[str, str], reason: str
) -> None:
    with pytest.raises(FileMalformed, match=reason) as refusal:
        parse(hdm(_rows(30, 60), **changed))

    (word,) = changed.values()
    assert refusal.value.detail.startswith(f"line 2: {word!r}: ")
    assert refusal.value.facts == {"line": 2}


def test_a_history_of_indexes_is_no_load_curve() -> None:
    with pytest.raises(FormatUnknown, match="Courbe de charge"):
        parse(hdm(_rows(30), kind="Index"))
