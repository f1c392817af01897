"""However often somebody wants to ask, the DSO's limits hold in every second and every hour."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain.pulls.rate import Bucket, CallRate

_START = datetime(2026, 10, 27, 8, tzinfo=UTC)
_EMPTY = Bucket(_START, _START)
_HOUR, _SECOND = timedelta(hours=1), timedelta(seconds=1)

rates = st.builds(CallRate, per_second=st.integers(1, 20), per_hour=st.integers(2, 60))
waits_s = st.lists(st.floats(0, 2000), min_size=1, max_size=200)


def _calls(rate: CallRate, moments: list[datetime]) -> list[datetime]:
    """When the calls are made that somebody wants to make at these moments, in order."""
    bucket, made = _EMPTY, [_START]
    bucket = bucket.after_call(rate, _START)
    for moment in moments:
        at = max(moment, made[-1], bucket.free_at(rate))
        bucket = bucket.after_call(rate, at)
        made.append(at)
    return made


def _most_within(moments: list[datetime], period: timedelta) -> int:
    return max(sum(start <= at < start + period for at in moments) for start in moments)


@given(rates, waits_s)
def test_no_second_and_no_hour_has_more_calls_than_the_limits(
    rate: CallRate, waits_s: list[float]
) -> None:
    moments, moment = [], _START
    for wait_s in waits_s:
        moment += timedelta(seconds=wait_s)
        moments.append(moment)

    made = _calls(rate, moments)

    assert _most_within(made, _SECOND) <= rate.per_second
    assert _most_within(made, _HOUR) <= rate.per_hour


@given(rates)
def test_whoever_asks_as_fast_as_possible_keeps_to_the_limits(rate: CallRate) -> None:
    made = _calls(rate, [_START] * 3 * rate.per_hour)

    assert _most_within(made, _SECOND) <= rate.per_second
    assert _most_within(made, _HOUR) <= rate.per_hour


def test_half_of_the_hours_calls_may_be_made_at_once_and_the_others_spread() -> None:
    made = _calls(CallRate(per_second=5, per_hour=10_000), [_START] * 5_000)

    assert made[1] - made[0] == timedelta(milliseconds=200)
    assert made[4_999] - _START == timedelta(milliseconds=200) * 4_999
    assert made[5_000] > made[4_999]


def test_a_pause_is_never_shortened() -> None:
    later = _START + timedelta(minutes=5)

    paused = _EMPTY.paused(later).paused(_START + timedelta(minutes=1))

    assert paused.free_at(CallRate(5, 10_000)) == later
