"""Series of gatherings: on which days, at which hours."""

# ruff: noqa: DTZ001 - local times, as a clock on the wall shows them

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import PARIS
from services.community.domain.gatherings.gathering import (
    Gathering,
    GatheringAudience,
    GatheringKind,
)
from services.community.domain.gatherings.problems import SeriesUnfit
from services.community.domain.gatherings.recurrence import (
    Frequency,
    RecurrenceRule,
    Weekday,
    occurrences,
)

_SERIES = UUID("0b9a8e52-5f0e-4a63-9d3c-2b6f1c9d7a10")


def _first(start: datetime, *, reply_by: datetime | None = None) -> Gathering:
    """Of two hours; start is local."""
    starts_at = start.replace(tzinfo=PARIS).astimezone(UTC)
    return Gathering(
        id=uuid4(),
        operation_id=None,
        kind=GatheringKind.WORKSHOP,
        title="Repair café",
        description="",
        agenda=[],
        place="Moulin",
        url=None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        audience=GatheringAudience.EVERYBODY,
        capacity=None,
        max_guests=0,
        reply_by=reply_by,
        facilitator_ids=[],
        remind_days=None,
    )


def _rule(frequency: str, **changes: object) -> RecurrenceRule:
    rule: dict[str, object] = {"interval": 1, "weekdays": [], "nth": None, "until": None}
    more = {"count": None if "until" in changes else 3}
    return RecurrenceRule(frequency=Frequency(frequency), **(rule | more | changes))  # type: ignore[arg-type]


def _days(first: datetime, rule: RecurrenceRule) -> list[str]:
    made = occurrences(_first(first), rule, series_id=_SERIES)
    return [
        occurrence.starts_at.astimezone(PARIS).strftime("%a %Y-%m-%d %H:%M") for occurrence in made
    ]


def test_every_second_week_on_two_days() -> None:
    rule = _rule("weekly", interval=2, weekdays=[Weekday.TU, Weekday.TH], count=4)

    assert _days(datetime(2027, 1, 14, 19), rule) == [
        "Thu 2027-01-14 19:00",
        "Tue 2027-01-26 19:00",
        "Thu 2027-01-28 19:00",
        "Tue 2027-02-09 19:00",
    ]


def test_the_second_and_the_last_weekday_of_a_month() -> None:
    second = _rule("monthly", weekdays=[Weekday.TH], nth=2)
    last = _rule("monthly", weekdays=[Weekday.TH], nth=-1)

    first = datetime(2027, 1, 1, 19)
    assert [day[4:14] for day in _days(first, second)] == ["2027-01-14", "2027-02-11", "2027-03-11"]
    assert [day[4:14] for day in _days(first, last)] == ["2027-01-28", "2027-02-25", "2027-03-25"]


def test_a_month_without_the_date_is_left_out() -> None:
    days = _days(datetime(2027, 1, 31, 19), _rule("monthly"))

    assert [day[4:14] for day in days] == ["2027-01-31", "2027-03-31", "2027-05-31"]


def test_until_is_the_last_day() -> None:
    days = _days(datetime(2027, 1, 14, 19), _rule("weekly", until=date(2027, 1, 28)))

    assert [day[4:14] for day in days] == ["2027-01-14", "2027-01-21", "2027-01-28"]


def test_the_hours_on_the_wall_stay_when_the_clocks_change() -> None:
    made = occurrences(_first(datetime(2027, 3, 21, 19)), _rule("weekly"), series_id=_SERIES)

    assert [occurrence.starts_at.hour for occurrence in made] == [
        18,
        17,
        17,
    ]  # UTC; 2027-03-28 is the change
    assert {occurrence.ends_at - occurrence.starts_at for occurrence in made} == {
        timedelta(hours=2)
    }


def test_over_the_change_itself_the_end_on_the_wall_counts() -> None:
    first = _first(datetime(2027, 10, 24, 1))  # to 3:00; a week later 2:00 comes twice

    _, changing = occurrences(first, _rule("weekly", count=2), series_id=_SERIES)

    assert changing.ends_at.astimezone(PARIS).hour == 3
    assert changing.ends_at - changing.starts_at == timedelta(hours=3)


def test_an_hour_that_is_left_out_is_the_one_after() -> None:
    _, changing = occurrences(
        _first(datetime(2027, 3, 21, 2, 30)), _rule("weekly", count=2), series_id=_SERIES
    )

    assert changing.starts_at.astimezone(PARIS) == datetime(2027, 3, 28, 3, 30, tzinfo=PARIS)


def test_replies_close_as_long_before_each() -> None:
    start = datetime(2027, 1, 14, 19)
    reply_by = datetime(2027, 1, 12, 19, tzinfo=PARIS).astimezone(UTC)

    made = occurrences(_first(start, reply_by=reply_by), _rule("weekly"), series_id=_SERIES)

    assert {occurrence.starts_at - occurrence.replies_until for occurrence in made} == {
        timedelta(days=2)
    }


@pytest.mark.parametrize(
    ("frequency", "changes"),
    [
        ("weekly", {"count": None}),
        ("weekly", {"count": 3, "until": date(2027, 6, 30)}),
        ("weekly", {"nth": 1, "weekdays": [Weekday.MO]}),
        ("monthly", {"weekdays": [Weekday.MO]}),
        ("monthly", {"nth": 1}),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(
    frequency: str, changes: dict[str, object]
) -> None:
    with pytest.raises(SeriesUnfit):
        _rule(frequency, **changes)


def test_a_series_has_an_end_and_a_beginning() -> None:
    first = _first(datetime(2027, 1, 14, 19))

    with pytest.raises(SeriesUnfit, match="104"):
        occurrences(first, _rule("weekly", until=date(2199, 1, 1)), series_id=_SERIES)
    with pytest.raises(SeriesUnfit, match="No day"):
        occurrences(first, _rule("weekly", until=date(2027, 1, 1)), series_id=_SERIES)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.integers(1, 104))
def test_all_are_at_the_same_hour_or_the_clock_has_none(first: datetime, count: int) -> None:
    first = first.replace(microsecond=0, fold=0)

    made = occurrences(_first(first), _rule("weekly", count=count), series_id=_SERIES)

    assert len({occurrence.id for occurrence in made}) == count
    walls = [occurrence.starts_at.astimezone(PARIS) for occurrence in made]
    assert all((wall.minute, wall.second) == (first.minute, first.second) for wall in walls)
    assert len({wall.hour for wall in walls}) <= 2  # 2:30 is 3:30 on one Sunday of March
