"""What to ask the DSO for again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.ingest.domain.completeness.completeness import completeness
from services.ingest.domain.re_requests import (
    Flow,
    MissingDays,
    choose_flow,
    late_months,
    list_lacks,
    next_attempt,
    split_into_calls,
)
from tests.ingest.domain.days import (
    JULY,
    OTHER_PRM,
    PRM,
    days_of,
    letter_frame,
    letters,
    takes_part,
)

_CONSUMPTION = Direction.CONSUMPTION
_TODAY = date(2026, 7, 20)


def _day(number: int) -> date:
    return date(2026, 7, number)


def _lacks(
    counts: pl.DataFrame,
    formats: Mapping[tuple[Prm, Direction], str] | None = None,
    *,
    today: date = _TODAY,
) -> list[MissingDays]:
    return list_lacks(counts, formats or {}, today=today, grace_days=3)


def test_days_in_a_row_are_one_range() -> None:
    days = days_of(takes_part(), takes_part(OTHER_PRM), days=5)
    there = [letters("m" * 48, prm=prm, day=_day(3)) for prm in (PRM, OTHER_PRM)]
    some = letters("m" * 40 + "x", day=_day(2))

    lacks = _lacks(completeness(days, letter_frame(*there, some)))

    assert [
        (lack.prm, lack.from_day.day, lack.to_day.day, lack.missing_steps) for lack in lacks
    ] == [
        (PRM, 1, 3, 56),
        (PRM, 4, 6, 96),
        (OTHER_PRM, 1, 3, 96),
        (OTHER_PRM, 4, 6, 96),
    ]


def test_a_day_is_missing_after_whole_days_of_grace() -> None:
    counts = completeness(days_of(days=4), letter_frame())

    before = _lacks(counts, today=_day(4))
    after = _lacks(counts, today=_day(5))

    assert before == []
    assert [(lack.from_day, lack.to_day, lack.missing_since) for lack in after] == [
        (_day(1), _day(2), _day(5))
    ]


def test_our_own_estimates_are_asked_for_and_those_of_the_dso_are_not() -> None:
    days = days_of(days=2)
    ours, theirs = letters("i" * 48), letters("e" * 48, day=_day(2))

    assert [lack.from_day for lack in _lacks(completeness(days, letter_frame(ours, theirs)))] == [
        JULY
    ]


@pytest.mark.parametrize(
    ("last_format", "age_days", "flow"),
    [
        ("R50 XML", 20, Flow.R50),
        ("R50 XML", 21, Flow.R63),
        ("R4x XML", 20, Flow.R4Q),
        ("R4x XML", 21, Flow.R63),
        ("R63 CSV", 5, Flow.R63),
        ("HDM CSV", 5, Flow.R63),
        ("Data Connect", 5, Flow.DATA_CONNECT),
        ("Data Connect", 400, Flow.DATA_CONNECT),
        ("", 5, Flow.R63),
        ("R50 XML", 731, Flow.NONE),
        ("Data Connect", 731, Flow.NONE),
    ],
)
def test_the_flow_goes_by_the_last_format_and_the_age(
    last_format: str, age_days: int, flow: Flow
) -> None:
    assert choose_flow(last_format, _TODAY - timedelta(days=age_days), today=_TODAY) == flow


def _lack(prm: str, flow: Flow, first: int, after: int) -> MissingDays:
    return MissingDays(Prm(prm), _CONSUMPTION, _day(first), _day(after), 48, _day(first), flow)


def test_a_demand_takes_1500_points_that_lack_the_same_days() -> None:
    prms = [f"99{number:012}" for number in range(1501)]
    lacks = [_lack(prm, Flow.R63, 1, 3) for prm in prms]

    calls = split_into_calls([*lacks, _lack(PRM, Flow.R63, 1, 4)])

    assert [(len(call.prms), call.from_day.day, call.to_day.day) for call in calls] == [
        (1500, 1, 3),
        (1, 1, 3),
        (1, 1, 4),
    ]


def test_data_connect_takes_one_point_and_seven_days() -> None:
    calls = split_into_calls([_lack(PRM, Flow.DATA_CONNECT, 1, 17)])

    assert [(call.prms, call.from_day.day, call.to_day.day) for call in calls] == [
        ([PRM], 1, 8),
        ([PRM], 8, 15),
        ([PRM], 15, 17),
    ]


def test_nobody_is_asked_for_what_is_too_old() -> None:
    assert split_into_calls([_lack(PRM, Flow.NONE, 1, 3)]) == []


def test_pauses_grow_and_end_after_eight_attempts() -> None:
    at = datetime(2026, 7, 20, tzinfo=UTC)
    pauses = [next_attempt(attempts, at) for attempts in range(1, 10)]

    lengths = [pause for pause in pauses if pause is not None]
    assert lengths == sorted(lengths)
    assert (lengths[0] - at, len(lengths), pauses[-1]) == (timedelta(hours=1), 8, None)


@pytest.mark.parametrize(
    ("today", "grace_days", "months"),
    [
        (date(2026, 7, 20), 3, (Month(2026, 6), Month(2026, 7))),
        (date(2026, 7, 5), 3, (Month(2026, 6), Month(2026, 7))),
        (date(2026, 7, 4), 3, (Month(2026, 5), Month(2026, 6))),
        (date(2026, 1, 1), 0, (Month(2025, 11), Month(2025, 12))),
        (date(2026, 7, 20), 60, (Month(2026, 4), Month(2026, 5))),
    ],
)
def test_the_last_two_months_with_late_days_are_looked_at(
    today: date, grace_days: int, months: tuple[Month, Month]
) -> None:
    assert late_months(today, grace_days=grace_days) == months
