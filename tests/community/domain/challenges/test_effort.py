"""Effort is a change against oneself: worked out by hand, and its properties."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import OperationId
from services.community.domain.challenges.challenge import (
    Challenge,
    ChallengeKind,
    ChallengePeriod,
    ChallengeWindow,
    Stay,
)
from services.community.domain.challenges.effort import (
    Measured,
    Outcome,
    judge,
    together,
)
from services.community.domain.challenges.problems import ChallengeUnfit
from services.community.domain.gatherings.recurrence import Weekday

MONDAY = date(2026, 11, 23)
WEEK = Challenge(
    id=uuid4(),
    operation_id=OperationId("ACC00000101"),
    title="Noon",
    text="",
    kind=ChallengeKind.USE_MORE,
    first_day=MONDAY,
    last_day=MONDAY + timedelta(days=6),
    windows=[ChallengeWindow(22, 30)],
    weekdays=[Weekday.MO, Weekday.TU],
    target_percent=10,
    baseline_weeks=4,
    freeze_after_days=10,
)
TUESDAY = MONDAY + timedelta(days=1)


def weeks_before(day: date, *consumptions: int) -> dict[date, Measured]:
    """Of the same weekday, the last week first."""
    return {
        day - timedelta(weeks=week): Measured(wmin) for week, wmin in enumerate(consumptions, 1)
    }


def test_more_is_told_against_the_mean_of_the_same_weekdays() -> None:
    days = {
        **weeks_before(MONDAY, 80, 100, 120, 100),  # 100
        **weeks_before(TUESDAY, 300, 100),  # 200: half of the weeks are enough
        MONDAY: Measured(130),
        TUESDAY: Measured(230),
    }

    effort = judge(WEEK, days)

    assert (effort.outcome, effort.days, effort.effort_permille) == (Outcome.MEASURED, 2, 200)
    less = judge(replace(WEEK, kind=ChallengeKind.USE_LESS), days)
    assert less.effort_permille == -200


def test_a_weekday_without_enough_weeks_is_left_out_and_alone_it_is_no_baseline() -> None:
    thin = {**weeks_before(TUESDAY, 100), TUESDAY: Measured(900)}

    assert judge(WEEK, thin).outcome == Outcome.NO_BASELINE
    both = judge(WEEK, {**thin, **weeks_before(MONDAY, 100, 100), MONDAY: Measured(110)})
    assert (both.days, both.effort_permille) == (1, 100)


def test_before_any_day_is_known_there_is_nothing_to_tell() -> None:
    assert judge(WEEK, weeks_before(MONDAY, 100, 100)).outcome == Outcome.NOT_YET
    assert judge(WEEK, {}).outcome == Outcome.NOT_YET


def test_who_used_nothing_before_has_no_baseline() -> None:
    days = {**weeks_before(MONDAY, 0, 0, 0), MONDAY: Measured(10)}

    assert judge(WEEK, days).outcome == Outcome.NO_BASELINE


def test_days_of_other_weekdays_and_of_longer_ago_count_for_nothing() -> None:
    days = {**weeks_before(MONDAY, 100, 100), MONDAY: Measured(150)}
    wednesday, long_ago = MONDAY + timedelta(days=2), MONDAY - timedelta(weeks=5)
    more = {wednesday: Measured(9000), long_ago: Measured(9000)}

    assert judge(WEEK, days | more) == judge(WEEK, days)


def test_a_local_share_is_told_in_percentage_points() -> None:
    local = replace(WEEK, kind=ChallengeKind.LOCAL_SHARE)
    days = {
        MONDAY - timedelta(weeks=1): Measured(100, 10),
        MONDAY - timedelta(weeks=2): Measured(300, 70),  # 80 of 400: 20 %
        MONDAY: Measured(200, 70),  # 35 %
    }

    assert judge(local, days).effort_permille == 150
    assert judge(local, {**days, MONDAY: Measured(0, 0)}).outcome == Outcome.NO_BASELINE


def test_all_together_are_weighed_by_what_they_use() -> None:
    large = judge(WEEK, {**weeks_before(MONDAY, 900, 900), MONDAY: Measured(900)}).effort
    small = judge(WEEK, {**weeks_before(MONDAY, 100, 100), MONDAY: Measured(200)}).effort
    assert large is not None
    assert small is not None

    group = together([large, small])

    assert group is not None
    assert (group.permille, small.permille, together([])) == (100, 1000, None)


def test_what_is_rounded_is_not_rounded_again() -> None:
    effort = judge(WEEK, {**weeks_before(MONDAY, 10_000, 10_000), MONDAY: Measured(14_446)}).effort

    assert effort is not None
    assert (effort.permille, effort.percent) == (445, 44)


_days = st.dictionaries(
    st.integers(-28, 6).map(lambda days: MONDAY + timedelta(days=days)),
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(
        lambda pair: Measured(max(pair), min(pair))
    ),
)


def _scaled(days: Mapping[date, Measured], by: int) -> dict[date, Measured]:
    return {
        day: Measured(measure.consumption_wmin * by, (measure.shared_wmin or 0) * by)
        for day, measure in days.items()
    }


@given(days=_days, by=st.integers(1, 1000), kind=st.sampled_from(ChallengeKind))
def test_whoever_uses_so_many_times_as_much_throughout_has_the_same_effort(
    days: dict[date, Measured], by: int, kind: ChallengeKind
) -> None:
    challenge = replace(WEEK, kind=kind, weekdays=list(Weekday))

    small, large = judge(challenge, days), judge(challenge, _scaled(days, by))

    assert (small.outcome, small.days) == (large.outcome, large.days)
    assert small.effort_permille == large.effort_permille


@given(days=_days, more=st.integers(1, 10**6))
def test_whoever_uses_more_on_a_day_never_has_less_effort_to_use_more(
    days: dict[date, Measured], more: int
) -> None:
    steady = {**weeks_before(MONDAY, 100, 100), **days, MONDAY: Measured(5)}
    before = judge(WEEK, steady)
    after = judge(WEEK, {**steady, MONDAY: Measured(5 + more)})

    assert (before.effort_permille is None) == (after.effort_permille is None)
    if before.effort is not None and after.effort is not None:
        assert before.effort.permille <= after.effort.permille
        assert before.effort.actual_wmin + more == after.effort.actual_wmin


def test_only_the_last_unbroken_stay_is_measured_within_the_days_of_the_challenge() -> None:
    earlier, later = MONDAY - timedelta(days=40), MONDAY - timedelta(days=10)

    assert WEEK.period([Stay(earlier, later), Stay(later, None)]) == ChallengePeriod(
        WEEK.baseline_first_day, WEEK.end_day
    )
    gap = WEEK.period([Stay(earlier, later - timedelta(days=1)), Stay(later, TUESDAY)])
    assert gap == ChallengePeriod(later, TUESDAY)
    assert WEEK.period([Stay(WEEK.end_day, None)]) is None
    assert WEEK.period([Stay(earlier, WEEK.baseline_first_day)]) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"last_day": MONDAY - timedelta(days=1)},
        {"last_day": MONDAY + timedelta(days=92)},
        {"windows": [ChallengeWindow(44, 12)]},
        {"windows": [ChallengeWindow(20, 24), ChallengeWindow(23, 26)]},
        {"weekdays": [Weekday.SA], "last_day": TUESDAY},
    ],
)
def test_what_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ChallengeUnfit):
        replace(WEEK, **changes)  # type: ignore[arg-type]
