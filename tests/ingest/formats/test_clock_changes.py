"""Both days of the year on which clocks change, in each format, down to the instant."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from services.ingest.formats import Parsed, parse
from tests.ingest.formats.files import (
    PARIS,
    day_ends,
    follow_each_other,
    hdm,
    naive,
    pdc,
    r4x_of,
    r4x_point,
    r50,
    r63,
    r63_row,
    starts,
    utc,
)


@pytest.fixture(autouse=True, params=["UTC", "Europe/Paris", "Asia/Tokyo"])
def _process_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever the time zone of the process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def _r63_of(ends: Sequence[datetime]) -> bytes:
    return r63(r63_row(stamp) for stamp in naive(ends))


def _r50_of(ends: Sequence[datetime]) -> bytes:
    return r50(pdc(end.isoformat()) for end in ends)


def _r4x_of(ends: Sequence[datetime]) -> bytes:
    return r4x_of([r4x_point(stamp) for stamp in _start_stamps(ends, 30)], step="30")


def _hdm_of(ends: Sequence[datetime]) -> bytes:
    return hdm((end.isoformat(), "478") for end in ends)


FORMATS = [
    pytest.param(_r63_of, id="R63"),
    pytest.param(_r50_of, id="R50"),
    pytest.param(_r4x_of, id="R4x"),
    pytest.param(_hdm_of, id="HDM"),
]
FileOf = Callable[[Sequence[datetime]], bytes]


def _start_stamps(ends: Sequence[datetime], step_min: int) -> list[str]:
    """As files of C4 points write them, with the offset of each start."""
    length = timedelta(minutes=step_min)
    return [(end.astimezone(UTC) - length).astimezone(PARIS).isoformat() for end in ends]


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


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
@pytest.mark.parametrize("step_min", [5, 10])
@pytest.mark.parametrize("format_name", ["R4x XML", "HDM CSV"])
def test_steps_of_c4_points_have_as_many_hours_from_midnight_to_midnight(
    day: str, hours: int, step_min: int, format_name: str
) -> None:
    ends = day_ends(day, step_min)
    stamps = _start_stamps(ends, step_min)
    content = (
        hdm((stamp, "12000") for stamp in stamps)
        if format_name == "HDM CSV"
        else r4x_of(map(r4x_point, stamps), step=str(step_min))
    )

    parsed = _only(content)

    assert parsed.format == format_name
    assert parsed.rejected == ()
    assert parsed.readings.height == hours * 60 // step_min
    assert parsed.readings["step_min"].unique().to_list() == [step_min]
    assert starts(parsed.readings)[0] == datetime.fromisoformat(f"{day}T00:00").replace(
        tzinfo=PARIS
    )
    assert starts(parsed.readings)[-1] + timedelta(minutes=step_min) == ends[-1]
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("stamp", ["2026-03-29 02:00:00", "2026-03-29 02:30:00"])
def test_a_local_time_that_march_skips_is_rejected(stamp: str) -> None:
    parsed = _only(r63([r63_row("2026-03-29 01:30:00"), r63_row(stamp)]))

    assert parsed.readings.height == 1
    assert parsed.rejected[0].position == "line 3"
    assert "skipped when clocks went forward" in parsed.rejected[0].reason
