"""Which questions are due, and which we may ask."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import PARIS, Month
from libs.common.ids import Direction, OperationId, Prm
from services.ingest.domain.pulls import PullSource, Question, Resource
from services.ingest.domain.pulls.planning import (
    curve_questions,
    days_in,
    due_days,
    due_months,
    may_pull,
    result_questions,
    split,
    whole_months,
)
from services.ingest.domain.readings.coverage import Participation

_PRM = Prm("99000000000017")
_POINT = (_PRM, Direction.CONSUMPTION)
_OPERATION = OperationId("ACC00000101")
_OTHER = OperationId("ACC00000102")
_FIRST = date(2026, 1, 1)


def _day(number: int) -> date:
    return _FIRST + timedelta(days=number)


def _part(start: int, end: int | None, operation_id: OperationId = _OPERATION) -> Participation:
    to_day = None if end is None else _day(end)
    return Participation(operation_id, *_POINT, uuid4(), _day(start), to_day)


def _curve(start: int, end: int) -> Question:
    days = _day(start), _day(end)
    return Question(PullSource.DATA_CONNECT, Resource.LOAD_CURVE, None, *_POINT, *days)


periods = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@given(periods)
def test_the_parts_of_a_period_are_its_days_once_each_and_at_most_seven(
    period: tuple[int, int],
) -> None:
    parts = list(split((_day(period[0]), _day(period[1]))))

    assert parts[0][0] == _day(period[0])
    assert parts[-1][1] == _day(period[1])
    assert all(span[1] == other[0] for span, other in pairwise(parts))
    assert all(timedelta() < end - start <= timedelta(days=7) for start, end in parts)


@given(st.lists(periods, max_size=4), periods)
def test_exactly_the_days_of_participations_are_asked_for(
    taken: list[tuple[int, int]], period: tuple[int, int]
) -> None:
    parts = [_part(*row) for row in taken]

    questions = curve_questions(parts, (_day(period[0]), _day(period[1])))

    asked = [
        number
        for question in questions
        for number in range((question.from_day - _FIRST).days, (question.to_day - _FIRST).days)
    ]
    days = {number for start, end in taken for number in range(start, end)}
    assert asked == sorted(days & set(range(*period)))
    assert all(may_pull(question, parts) for question in questions)


def test_participations_that_follow_one_another_are_one_range() -> None:
    parts = [_part(0, 10), _part(10, None, _OTHER)]

    assert days_in(parts, _POINT, (_day(5), _day(15))) == [(_day(5), _day(15))]


def test_a_curve_may_be_pulled_if_the_point_takes_part_on_each_of_its_days() -> None:
    parts = [_part(3, 9)]

    assert may_pull(_curve(3, 9), parts)
    assert not may_pull(_curve(2, 9), parts)
    assert not may_pull(_curve(3, 10), parts)
    assert not may_pull(_curve(3, 9), [])


def test_results_may_be_pulled_if_the_point_takes_part_in_that_operation_in_that_month() -> None:
    (january,) = [
        question
        for question in result_questions(_OPERATION, [_part(20, None)], [Month(2026, 1)])
        if question.resource == Resource.DEFINITIVE_ACTIVE_ENERGY
    ]

    assert may_pull(january, [_part(20, None)])
    assert not may_pull(january, [_part(40, None)])
    assert not may_pull(january, [_part(0, None, _OTHER)])


def test_who_takes_part_in_no_day_of_a_month_is_not_asked_for() -> None:
    questions = result_questions(_OPERATION, [_part(40, None)], [Month(2026, 1)])

    assert [question.resource for question in questions] == [Resource.PERIMETER]


@pytest.mark.parametrize(
    ("planned_to", "hour", "days"),
    [
        (None, 9, ("2026-10-26", "2026-10-27")),
        (None, 7, ("2026-10-25", "2026-10-26")),
        ("2026-10-26", 7, None),
        ("2026-10-26", 8, ("2026-10-26", "2026-10-27")),
        ("2026-10-27", 8, None),
        ("2026-10-20", 8, ("2026-10-20", "2026-10-27")),
        ("2026-01-01", 8, ("2026-09-29", "2026-10-27")),
        ("2026-10-29", 8, None),
    ],
)
def test_yesterday_is_due_from_eight_oclock_on(
    planned_to: str | None, hour: int, days: tuple[str, str] | None
) -> None:
    now = datetime(2026, 10, 27, hour, tzinfo=PARIS)
    planned = date.fromisoformat(planned_to) if planned_to else None

    planned_days = due_days(planned, now)

    assert (planned_days and tuple(map(str, planned_days))) == days


@pytest.mark.parametrize(
    ("planned_to", "today", "months"),
    [
        (None, "2026-11-04", ["2026-09"]),
        (None, "2026-11-05", ["2026-10"]),
        ("2026-10-01", "2026-11-04", []),
        ("2026-10-01", "2026-11-05", ["2026-10"]),
        ("2026-11-01", "2026-11-30", []),
        ("2026-09-01", "2026-11-05", ["2026-09", "2026-10"]),
        ("2025-12-01", "2026-01-10", ["2025-12"]),
    ],
)
def test_last_month_is_due_from_its_day_on(
    planned_to: str | None, today: str, months: list[str]
) -> None:
    now = datetime.fromisoformat(f"{today}T12:00").replace(tzinfo=PARIS)
    planned = date.fromisoformat(planned_to) if planned_to else None

    assert [str(month) for month in due_months(planned, now, from_day_of_month=5)] == months


def test_a_long_absence_is_caught_up_with_for_a_year() -> None:
    now = datetime(2026, 11, 5, 12, tzinfo=PARIS)

    months = due_months(date(2020, 1, 1), now, from_day_of_month=5)

    assert (len(months), str(months[0])) == (12, "2025-11")


def test_only_whole_months_are_months() -> None:
    months = whole_months((date(2026, 1, 1), date(2026, 3, 1)))

    assert [str(month) for month in months or []] == ["2026-01", "2026-02"]
    assert whole_months((date(2026, 1, 2), date(2026, 3, 1))) is None
    assert whole_months((date(2026, 1, 1), date(2026, 2, 28))) is None
