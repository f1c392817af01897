"""What of a day has come, counted by hand, and against a slow model minute by minute."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import day_minutes, steps_in_day
from libs.common.ids import Direction
from services.ingest.domain.completeness.completeness import COMPLETENESS, completeness
from tests.ingest.domain.days import (
    BRUNO,
    JULY,
    MARCH_DAY,
    OCTOBER_DAY,
    OTHER_PRM,
    PRM,
    days_of,
    letter_frame,
    letters,
    takes_part,
)

_COUNTS = ["expected", "received", "estimated_by_dso", "estimated_by_us", "missing"]


def _counts(days: pl.DataFrame, *blocks: tuple[str, str, date, int, str]) -> list[tuple[int, ...]]:
    report = completeness(days, letter_frame(*blocks))
    assert report.schema == COMPLETENESS
    return report.select(_COUNTS).rows()


def test_measured_corrected_and_outage_are_received_and_estimates_are_told_apart() -> None:
    day = letters("m" * 20 + "c" * 4 + "o" * 2 + "e" * 5 + "i" * 7 + "x" * 3)

    assert _counts(days_of(), day) == [(48, 26, 5, 7, 10)]


def test_a_day_of_which_nothing_came_is_missing() -> None:
    assert _counts(days_of(days=2)) == [(48, 0, 0, 0, 48)] * 2


@pytest.mark.parametrize(("day", "steps"), [(OCTOBER_DAY, 50), (MARCH_DAY, 46)])
def test_days_of_25_and_23_hours_have_their_own_number_of_steps(day: date, steps: int) -> None:
    whole = letters("m" * steps, day=day)

    assert _counts(days_of(from_day=day), whole) == [(steps, steps, 0, 0, 0)]


def test_a_reading_of_an_hour_covers_two_half_hours() -> None:
    hours = letters("m" * 20 + "x" * 4, step_min=60)

    report = completeness(days_of(), letter_frame(hours))

    assert report.select(_COUNTS).rows() == [(48, 40, 0, 0, 8)]
    assert report["covered_min"].to_list() == [1200]


def test_a_half_hour_is_received_when_three_readings_of_ten_minutes_are() -> None:
    tens = letters("mmmmm.mmemmi" + "m" * 132, step_min=10)

    report = completeness(days_of(), letter_frame(tens))

    assert report.select(_COUNTS).rows() == [(48, 45, 1, 1, 1)]
    assert report["covered_min"].to_list() == [1440 - 10 - 10]


def test_two_steps_on_one_day_complete_each_other() -> None:
    morning, afternoon = letters("m" * 24), letters("." * 12 + "m" * 12, step_min=60)

    assert _counts(days_of(), morning, afternoon) == [(48, 48, 0, 0, 0)]


def test_a_real_value_counts_before_an_estimate_of_another_step() -> None:
    guessed, real = letters("i" * 48), letters("m" * 12, step_min=60)

    assert _counts(days_of(), guessed, real) == [(48, 24, 0, 24, 0)]


def test_joiners_and_leavers_count_to_the_day() -> None:
    days = days_of(
        takes_part(valid_from=date(2026, 7, 2), valid_to=date(2026, 7, 4)),
        takes_part(member_id=BRUNO, valid_from=date(2026, 7, 5)),
        takes_part(OTHER_PRM, direction=Direction.PRODUCTION, valid_to=date(2026, 7, 2)),
        days=6,
    )

    report = completeness(days, letter_frame())

    assert report.select("prm", pl.col("day").dt.day()).rows() == [
        (PRM, 2),
        (PRM, 3),
        (PRM, 5),
        (PRM, 6),
        (OTHER_PRM, 1),
    ]


def test_both_sides_of_a_point_are_counted_apart() -> None:
    both = [takes_part(direction=direction) for direction in Direction]

    report = _counts(days_of(*both), letters("m" * 48, direction=Direction.PRODUCTION))

    assert report == [(48, 0, 0, 0, 48), (48, 48, 0, 0, 0)]


def test_a_settlement_step_may_change_at_a_date() -> None:
    steps_min = {date.min: 30, date(2026, 7, 2): 15}
    days = days_of(days=2, steps_min=steps_min)

    report = _counts(days, letters("m" * 47), letters("m" * 47, day=date(2026, 7, 2)))

    assert report == [(48, 47, 0, 0, 1), (96, 94, 0, 0, 2)]


def test_without_a_known_step_half_hours_are_counted() -> None:
    assert _counts(days_of(steps_min={})) == [(48, 0, 0, 0, 48)]


_DAY = st.sampled_from([JULY, OCTOBER_DAY, MARCH_DAY])


@given(day=_DAY, settled_min=st.sampled_from([5, 10, 15, 30, 60]), data=st.data())
def test_any_blocks_of_a_day_count_as_minute_by_minute(
    day: date, settled_min: int, data: st.DataObject
) -> None:
    steps_min = data.draw(st.lists(st.sampled_from([5, 10, 15, 30, 60]), unique=True, max_size=3))
    blocks = [
        letters(
            "".join(
                data.draw(
                    st.lists(
                        st.sampled_from("mceoxi."),
                        max_size=steps_in_day(day, step_min),
                    )
                )
            ),
            day=day,
            step_min=step_min,
        )
        for step_min in steps_min
    ]
    days = days_of(from_day=day, steps_min={date.min: settled_min})

    assert _counts(days, *blocks) == [_by_the_minute(day, settled_min, blocks)]


def _by_the_minute(
    day: date, settled_min: int, blocks: Sequence[tuple[str, str, date, int, str]]
) -> tuple[int, ...]:
    worth = {"m": 3, "c": 3, "o": 3, "e": 2, "i": 1, "x": 0, ".": 0}
    minutes = [
        max((worth[natures[minute // step]] for *_, step, natures in blocks), default=0)
        for minute in range(day_minutes(day))
    ]
    steps = [min(minutes[at : at + settled_min]) for at in range(0, len(minutes), settled_min)]
    return len(steps), steps.count(3), steps.count(2), steps.count(1), steps.count(0)
