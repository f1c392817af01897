"""Local days of instants, told run by run, are those that the time zone tells one by one."""

from datetime import UTC, datetime, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import PARIS, day_start, local_day
from services.ingest.domain.readings.local_days import in_local_days

_INSTANTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"),
    datetime.fromisoformat("2099-12-31"),
    timezones=st.just(UTC),
)
_CHANGES = st.sampled_from(
    [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
)
_NEAR_CHANGES = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), _CHANGES, st.integers(-3000, 3000)
)


@given(st.lists(_INSTANTS | _NEAR_CHANGES, max_size=30))
def test_days_are_those_of_the_time_zone(instants: list[datetime]) -> None:
    local_days = in_local_days(pl.Series(instants, dtype=pl.Datetime("us", "UTC")))

    days = [local_day(instant) for instant in instants]
    assert local_days["day"].to_list() == days
    assert local_days["since_us"].to_list() == [
        (instant - day_start(day)) // timedelta(microseconds=1)
        for instant, day in zip(instants, days, strict=True)
    ]


def test_a_year_of_half_hours_is_told_as_one_by_one() -> None:
    first = datetime(2026, 1, 1, tzinfo=PARIS)
    instants = [first.astimezone(UTC) + timedelta(minutes=30 * n) for n in range(17_520)]

    days = in_local_days(pl.Series(instants, dtype=pl.Datetime("us", "UTC")))

    assert days["day"].to_list() == [local_day(instant) for instant in instants]
    assert days["since_us"].min() == 0
    assert days["since_us"].max() == 24.5 * 3600 * 1_000_000
