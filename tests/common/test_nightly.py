"""The sample of the nightly tests: each of them in its turn."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.support.nightly import is_of_day


@given(
    st.text(), st.dates(date(2026, 1, 1), date(2100, 1, 1)), st.integers(min_value=1, max_value=60)
)
def test_of_as_many_days_as_there_are_parts_a_test_is_run_on_one(
    nodeid: str, day: date, share: int
) -> None:
    days = [day + timedelta(days=number) for number in range(share)]

    assert sum(is_of_day(nodeid, day_of_run, share=share) for day_of_run in days) == 1


def test_a_sample_is_about_its_share() -> None:
    chosen = [is_of_day(f"test_{i}", date(2026, 11, 28), share=10) for i in range(1000)]

    assert 70 < sum(chosen) < 130
