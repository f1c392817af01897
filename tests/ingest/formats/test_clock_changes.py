"""Both days of the year on which clocks change, in each format, down to the instant."""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from services.ingest.formats import Parsed, parse
from tests.ingest.formats.files import (
    day_ends,
    follow_each_other,
    hdm,
    naive,
    pdc,
    r50,
    r63,
    r63_row,
    starts,
    utc,
)


def _r63_of(ends: Sequence[datetime]) -> bytes:
    return r63(r63_row(stamp) for stamp in naive(ends))


def _r50_of(ends: Sequence[datetime]) -> bytes:
    return r50(pdc(end.isoformat()) for end in ends)


def _hdm_of(ends: Sequence[datetime]) -> bytes:
    return hdm((end.isoformat(), "478") for end in ends)


FORMATS = [
    pytest.param(_r63_of, id="R63"),
    pytest.param(_r50_of, id="R50"),
    pytest.param(_hdm_of, id="HDM"),
]
FileOf = Callable[[Sequence[datetime]], bytes]


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    return parsed


@pytest.mark.parametrize("file_of", FORMATS)
def test_the_october_day_has_50_half_hours_from_midnight_to_midnight(file_of: FileOf) -> None:
    parsed = _only(file_of(day_ends("2026-10-25", 30)))

    assert parsed.rejected == ()
    assert parsed.readings.height == 50
    assert starts(parsed.readings)[0] == utc("2026-10-24T22:00")
    assert starts(parsed.readings)[-1] == utc("2026-10-25T22:30")
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("file_of", FORMATS)
def test_the_march_day_has_46_half_hours_from_midnight_to_midnight(file_of: FileOf) -> None:
    parsed = _only(file_of(day_ends("2026-03-29", 30)))

    assert parsed.rejected == ()
    assert parsed.readings.height == 46
    assert starts(parsed.readings)[0] == utc("2026-03-28T23:00")
    assert starts(parsed.readings)[-1] == utc("2026-03-29T21:30")
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
@pytest.mark.parametrize(("step_min", "step"), [(15, "PT15M"), (60, "PT60M"), (60, "PT1H")])
def test_other_end_stamped_steps_have_as_many_hours(
    day: str, hours: int, step_min: int, step: str
) -> None:
    parsed = _only(r63(r63_row(stamp, step=step) for stamp in naive(day_ends(day, step_min))))

    assert parsed.rejected == ()
    assert parsed.readings.height == hours * 60 // step_min
    assert parsed.readings["step_min"].unique().to_list() == [step_min]
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_start_stamped_ten_minute_steps_have_as_many_hours(day: str, hours: int) -> None:
    ends = day_ends(day, 10)
    stamps = [f"{day} 00:00:00", *naive(ends[:-1])]

    parsed = _only(r63(r63_row(stamp, nature="R", step="PT10M") for stamp in stamps))

    assert parsed.readings.height == hours * 6
    assert starts(parsed.readings)[-1] == ends[-2]
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("stamp", ["2026-03-29 02:00:00", "2026-03-29 02:30:00"])
def test_a_local_time_that_march_skips_is_rejected(stamp: str) -> None:
    parsed = _only(r63([r63_row("2026-03-29 01:30:00"), r63_row(stamp)]))

    assert parsed.readings.height == 1
    assert parsed.rejected[0].position == "line 3"
    assert "skipped when clocks went forward" in parsed.rejected[0].reason
