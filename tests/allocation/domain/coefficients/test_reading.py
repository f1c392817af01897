"""Coefficient files that others have written, or spoiled."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.allocation.domain.coefficients.period import FilePeriod
from services.allocation.domain.coefficients.problems import CoefficientFileRefused
from services.allocation.domain.coefficients.reading import is_coefficient_file, read_file
from services.allocation.domain.keys.fractions import ONE
from tests.allocation.domain.coefficients.world import ANNA, BRUNO, DAY

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def lines_of(day: date = DAY, step_min: int = 60, cells: str = "45,0;12,345") -> list[str]:
    stamps = FilePeriod(day, day, step_min).stamps
    return [f"Horodate;{BRUNO};{ANNA}", *(f"{stamp};{cells}" for stamp in stamps)]


def refusal(lines: list[str], days: tuple[date, date] | None = None) -> list[tuple[int, str]]:
    with pytest.raises(CoefficientFileRefused) as refused:
        read_file("\n".join(lines).encode(), days=days)
    errors = refused.value.facts["errors"]
    assert isinstance(errors, list)
    assert refused.value.detail.startswith(f"Line {errors[0]['line']}: {errors[0]['what']}")
    return [(error["line"], error["what"]) for error in errors]


def replaced(line: int, text: str) -> list[str]:
    """The good file with another text in a line; the header is line 1."""
    lines = lines_of()
    lines[line - 1] = text
    return lines


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_exactly(ending: str, mark: bytes) -> None:
    content = mark + ending.join([*lines_of(), ""]).encode()

    period, coefficients = read_file(content)

    assert is_coefficient_file(content)
    assert period == FilePeriod(DAY, DAY, 60)
    assert coefficients.consumers == (ANNA, BRUNO)
    assert coefficients.producers == ("",)
    expected = np.array([[[123_450_000], [450_000_000]]])
    assert np.array_equal(coefficients.share_billionths, np.repeat(expected, 24, axis=2))


def test_the_hour_that_comes_twice_is_told_apart_by_its_order() -> None:
    lines = lines_of(AUTUMN)
    lines[3], lines[4] = "25/10/2026 02:00;1;0", "25/10/2026 02:00;2;0"

    _, coefficients = read_file("\n".join(lines).encode())

    assert coefficients.share_billionths[0, 1, 2:4].tolist() == [10_000_000, 20_000_000]
    assert np.diff(coefficients.starts_epoch_min).tolist() == [60] * 24


def test_the_hour_that_comes_twice_must_come_twice() -> None:
    lines = lines_of(AUTUMN)
    del lines[4]
    assert refusal(lines) == [(5, "25/10/2026 03:00, where 25/10/2026 02:00 is missing before it.")]


def test_the_hour_that_does_not_exist_is_refused() -> None:
    lines = lines_of(SPRING)
    assert len(lines) == 24
    lines.insert(3, "29/03/2026 02:00;0;0")
    assert refusal(lines) == [
        (4, "29/03/2026 02:00 does not exist: clocks go forward over it."),
    ]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (f"Date;{ANNA};{BRUNO}", f"The header is Horodate;<prm>;<prm>…, not 'Date;{ANNA};9900…'."),
        (f"Horodate,{ANNA},{BRUNO}", None),
        (f"Horodate;9900000000010;{BRUNO}", "'9900000000010' is not a prm: 14 digits."),
        (f"Horodate;{ANNA};{ANNA}", f"{ANNA} has 2 columns."),
        ("Horodate", "The header is Horodate;<prm>;<prm>…, not 'Horodate'."),
    ],
)
def test_a_header_must_name_points(header: str, what: str | None) -> None:
    line, reason = refusal(replaced(1, header))[0]
    assert line == 1
    assert what is None or reason[:30] == what[:30]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("abc", "'abc' is not a percentage such as 45,00."),
        ("", "'' is not a percentage such as 45,00."),
        ("-1,5", "'-1,5' is negative."),
        ("1.5", "'1.5' has a decimal point: write a comma."),
        ("1,23456789", "'1,23456789' is above 100, or has more than 7 decimals."),
        ("٤٥", "'٤٥' is not a percentage such as 45,00."),
    ],
)
def test_a_cell_must_be_a_percentage(cell: str, what: str) -> None:
    lines = replaced(3, f"12/10/2026 01:00;{cell};0")
    assert refusal(lines) == [(3, f"{BRUNO}: {what}")]


def test_every_wrong_cell_is_told_up_to_twenty() -> None:
    assert [line for line, _ in refusal(lines_of(cells="x;0"))] == list(range(2, 22))


def test_a_row_may_be_100_percent_but_not_more() -> None:
    read_file("\n".join(replaced(2, "12/10/2026 00:00;99,99;0,01")).encode())
    lines = replaced(2, "12/10/2026 00:00;99,99;0,02")
    assert refusal(lines) == [(2, "The row adds up to 100,01 %, above 100 %.")]


@pytest.mark.parametrize(
    ("line", "stamp", "what"),
    [
        (4, "12/10/2026 2:00", "'12/10/2026 2:00' is not a stamp such as 01/11/2026 00:00."),
        (4, "32/10/2026 02:00", "'32/10/2026 02:00' is not a stamp such as 01/11/2026 00:00."),
        (4, "01/01/0001 02:00", "'01/01/0001 02:00' is not a stamp such as 01/11/2026 00:00."),
        (4, "12/10/2026 02:10", "12/10/2026 02:10 does not begin a step of 60 minutes."),
        (4, "13/10/2026 02:00", "13/10/2026 02:00 is not in the days from 2026-10-12"),
        (4, "12/10/2026 01:00", "12/10/2026 01:00, where 12/10/2026 02:00 is due here."),
        (3, "12/10/2026 00:07", "A step of 7 minutes after line 2; it is one of (5,"),
    ],
)
def test_stamps_follow_one_another(line: int, stamp: str, what: str) -> None:
    ((found_line, reason),) = refusal(replaced(line, f"{stamp};0;0"))
    assert (found_line, reason[: len(what)]) == (line, what)


def test_a_missing_row_is_named() -> None:
    lines = lines_of()
    del lines[5]
    assert refusal(lines) == [
        (6, "12/10/2026 05:00, where 12/10/2026 04:00 is missing before it."),
    ]


def test_a_file_must_be_about_all_the_days_that_are_asked_for() -> None:
    november = (DAY, date(2026, 10, 13))
    assert refusal(lines_of(), november) == [(26, "The row of 13/10/2026 00:00 is missing.")]
    other = (date(2026, 11, 1), date(2026, 11, 30))
    assert refusal(lines_of(), other)[0][0] == 2


def test_rows_after_the_last_day_are_refused() -> None:
    lines = [*lines_of(), "13/10/2026 00:00;0;0"]
    assert refusal(lines, (DAY, DAY)) == [
        (26, "'13/10/2026 00:00' comes after the last step of 2026-10-12."),
    ]


def test_rows_have_as_many_columns_as_the_header() -> None:
    lines = replaced(3, "12/10/2026 01:00;1;2;3")
    assert refusal(lines) == [(3, "4 columns, the header has 3.")]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n\n", b"Horodate;99000000000101\n", b"\xff\xfe", b"PK\x03\x04\x00\n\n\n"]
)
def test_rubbish_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(CoefficientFileRefused):
        read_file(content)


@given(
    day=st.sampled_from([DAY, SPRING, AUTUMN]),
    place=st.integers(0, 800),
    cut=st.integers(0, 40),
    put=st.binary(max_size=20) | st.text("0123456789;,/: \r\n-é²", max_size=20).map(str.encode),
    days_are_given=st.booleans(),
)
def test_a_spoilt_file_is_read_or_refused(
    day: date, place: int, cut: int, put: bytes, *, days_are_given: bool
) -> None:
    good = "\n".join([*lines_of(day), ""]).encode()
    spoilt = good[:place] + put + good[place + cut :]
    try:
        period, coefficients = read_file(spoilt, days=(day, day) if days_are_given else None)
    except CoefficientFileRefused:
        return
    assert len(coefficients.starts_epoch_min) == len(period.stamps)
    assert coefficients.share_billionths.sum(axis=1).max() <= ONE


@pytest.mark.parametrize(
    ("wrong", "more"),
    [
        (1, ""),
        (3, " 2 other errors follow."),
        (20, " 19 other errors follow."),
        (21, " More than 19 other errors follow."),
    ],
)
def test_a_refusal_says_how_many_errors_follow(wrong: int, more: str) -> None:
    header = ";".join(["Horodate", *["x"] * wrong])
    with pytest.raises(CoefficientFileRefused) as refused:
        read_file("\n".join([header, *lines_of()[1:]]).encode())
    assert refused.value.detail == f"Line 1: 'x' is not a prm: 14 digits.{more}"
