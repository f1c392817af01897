"""Both days of the year on which clocks change, in each format, down to the instant."""

from datetime import datetime, timedelta

import pytest

from services.ingest.formats import Parsed, parse
from tests.ingest.formats.clock_changes import DAYS, FILES, file_of
from tests.ingest.formats.files import (
    PARIS,
    day_ends,
    follow_each_other,
    naive,
    r63,
    r63_row,
    starts,
    utc,
)

pytestmark = pytest.mark.usefixtures("process_zone")


def _only(content: bytes) -> Parsed:
    (parsed,) = parse(content)
    return parsed


@pytest.mark.parametrize("name", FILES)
def test_the_october_day_has_50_half_hours_from_midnight_to_midnight(name: str) -> None:
    parsed = _only(file_of(name, "2026-10-25", 30))

    assert parsed.rejected == ()
    assert parsed.readings.height == 50
    assert starts(parsed.readings)[0] == utc("2026-10-24T22:00")
    assert starts(parsed.readings)[-1] == utc("2026-10-25T22:30")
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("name", FILES)
def test_the_march_day_has_46_half_hours_from_midnight_to_midnight(name: str) -> None:
    parsed = _only(file_of(name, "2026-03-29", 30))

    assert parsed.rejected == ()
    assert parsed.readings.height == 46
    assert starts(parsed.readings)[0] == utc("2026-03-28T23:00")
    assert starts(parsed.readings)[-1] == utc("2026-03-29T21:30")
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("step_min", [5, 10, 15, 60])
@pytest.mark.parametrize("name", FILES)
def test_every_step_has_as_many_hours_from_midnight_to_midnight(
    name: str, step_min: int, day: str
) -> None:
    parsed = _only(file_of(name, day, step_min))

    midnight = datetime.fromisoformat(day).replace(tzinfo=PARIS)
    assert parsed.rejected == ()
    assert parsed.readings.height == DAYS[day] * 60 // step_min
    assert parsed.readings["step_min"].unique().to_list() == [step_min]
    assert starts(parsed.readings)[0] == midnight
    assert starts(parsed.readings)[-1] + timedelta(minutes=step_min) == day_ends(day, 60)[-1]
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("day", DAYS)
def test_an_hour_may_be_spelt_otherwise(day: str) -> None:
    parsed = _only(r63(r63_row(stamp, step="PT1H") for stamp in naive(day_ends(day, 60))))

    assert parsed.readings.height == DAYS[day]
    assert follow_each_other(parsed.readings)


@pytest.mark.parametrize("stamp", ["2026-03-29 02:00:00", "2026-03-29 02:30:00"])
def test_a_local_time_that_march_skips_is_rejected(stamp: str) -> None:
    parsed = _only(r63([r63_row("2026-03-29 01:30:00"), r63_row(stamp)]))

    assert parsed.readings.height == 1
    assert parsed.rejected[0].position == "line 3"
    assert "skipped when clocks went forward" in parsed.rejected[0].reason
