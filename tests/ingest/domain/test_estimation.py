"""Estimates, worked out by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from libs.common.ids import Direction, Prm
from services.ingest.domain.estimations import Method, estimate, find_gaps, usable_values
from tests.ingest.domain.days import (
    BRUNO,
    JULY,
    MARCH_DAY,
    OCTOBER_DAY,
    OTHER_PRM,
    PRM,
    THIRD_PRM,
    block,
    block_frame,
    days_of,
    letters_of,
    takes_part,
)

_PRODUCTION = Direction.PRODUCTION


def _filled(
    *blocks: Mapping[str, object],
    method: Method,
    on: date = JULY,
    participations: Sequence[Any] = (),
    max_min: int = 120,
) -> list[dict[str, Any]]:
    """The estimates of a day, with the four weeks before and the day after."""
    around = days_of(*participations, from_day=on - timedelta(days=28), days=30)
    stored = block_frame(*blocks)
    gaps = find_gaps(around.filter(pl.col("day") == on), letters_of(stored))
    values = usable_values(around, stored)
    return estimate(gaps, values, [method], interpolation_max_min=max_min).to_dicts()


def _powers(rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    return {row["slot"]: row["power_w"] for row in rows}


def _holes(power_w: int, **holes: int | None) -> list[int | None]:
    """A day of half-hours of that power, but for slots ``s10=…``."""
    changes = {int(name[1:]): value for name, value in holes.items()}
    return [changes.get(slot, power_w) for slot in range(48)]


def test_a_straight_line_fills_two_half_hours() -> None:
    day = block(_holes(100, s11=None, s12=None, s13=400))

    rows = _filled(day, method=Method.INTERPOLATION)

    assert _powers(rows) == {11: 200, 12: 300}
    assert [(row["method"], row["input_days"]) for row in rows] == [("interpolation", [JULY])] * 2


def test_half_a_watt_is_rounded_up() -> None:
    assert _powers(_filled(block(_holes(100, s11=None, s12=101)), method=Method.INTERPOLATION)) == {
        11: 101
    }


@pytest.mark.parametrize(("steps", "filled"), [(4, 4), (5, 0)])
def test_a_line_is_drawn_over_two_hours_and_no_more(steps: int, filled: int) -> None:
    powers = [None if 10 <= slot < 10 + steps else 100 for slot in range(48)]

    assert len(_filled(block(powers), method=Method.INTERPOLATION)) == filled


def test_a_line_goes_over_midnight() -> None:
    stored = block_frame(
        block(_holes(100, s47=None)), block(_holes(400, s0=None), day=date(2026, 7, 2))
    )
    days = days_of(days=2)

    estimates = estimate(
        find_gaps(days, letters_of(stored)),
        usable_values(days, stored),
        [Method.INTERPOLATION],
        interpolation_max_min=120,
    )

    assert estimates.select("slot", "power_w").rows() == [(47, 200), (0, 300)]
    assert estimates["input_days"].to_list() == [[JULY, date(2026, 7, 2)]] * 2


def test_a_line_goes_through_the_hour_that_clocks_show_twice() -> None:
    powers = [100 if slot < 4 else 700 if slot > 6 else None for slot in range(50)]

    rows = _filled(block(powers, day=OCTOBER_DAY), method=Method.INTERPOLATION, on=OCTOBER_DAY)

    assert _powers(rows) == {4: 250, 5: 400, 6: 550}


@pytest.mark.parametrize("end", ["an outage", "a doubt", "an estimate of ours"])
def test_a_line_needs_a_sure_value_at_both_ends(end: str) -> None:
    letter = {"an outage": "o", "an estimate of ours": "i"}.get(end, "m")
    natures = "m" * 10 + letter + "." + "m" * 36
    doubtful = [10] if end == "a doubt" else []
    day = block(_holes(100, s11=None), natures=natures, doubtful=doubtful)

    assert _filled(day, method=Method.INTERPOLATION) == []


def test_the_weeks_before_give_their_mean() -> None:
    weeks = [
        block(_holes(power_w), day=JULY - timedelta(days=7 * ago))
        for ago, power_w in ((1, 100), (2, 200), (3, 300), (4, 402))
    ]

    rows = _filled(*weeks, block(_holes(50, s20=None)), method=Method.SAME_WEEKDAY)

    # 1002 / 4 = 250.5
    assert _powers(rows) == {20: 251}
    assert rows[0]["input_days"] == [date(2026, 6, day) for day in (3, 10, 17, 24)]


def test_a_day_of_which_nothing_came_has_the_step_of_the_day_before() -> None:
    before = block(lambda _: 60, day=date(2026, 6, 30), step_min=60)
    week_ago = block(lambda slot: slot, day=date(2026, 6, 24), step_min=60)

    rows = _filled(before, week_ago, method=Method.SAME_WEEKDAY)

    assert _powers(rows) == {slot: slot for slot in range(24)}


def test_a_point_of_which_nothing_ever_came_cannot_be_estimated() -> None:
    assert _filled(method=Method.SAME_WEEKDAY) == []


def test_both_hours_that_clocks_show_twice_are_the_one_of_other_weeks() -> None:
    week_ago = block(lambda slot: slot, day=date(2026, 10, 18))
    day = block(lambda slot: None if 4 <= slot < 8 else 0, day=OCTOBER_DAY)

    rows = _filled(week_ago, day, method=Method.SAME_WEEKDAY, on=OCTOBER_DAY)

    # 02:00, 02:30, and again 02:00, 02:30.
    assert _powers(rows) == {4: 4, 5: 5, 6: 4, 7: 5}


def test_after_a_day_of_25_hours_local_times_still_match() -> None:
    on = date(2026, 11, 1)
    long_day = block(lambda slot: slot, day=OCTOBER_DAY)
    day = block(_holes(0, s4=None, s20=None), day=on)

    rows = _filled(long_day, day, method=Method.SAME_WEEKDAY, on=on)

    # 02:00 for the first time is slot 4; 10:00 is one hour later in the long day.
    assert _powers(rows) == {4: 4, 20: 22}


def test_a_week_whose_clocks_skipped_the_hour_counts_for_nothing() -> None:
    on = date(2026, 4, 5)
    short_day = block(lambda _: 100, day=MARCH_DAY)
    normal = block(lambda _: 300, day=date(2026, 3, 22))
    day = block(_holes(0, s3=None, s4=None), day=on)

    rows = _filled(short_day, normal, day, method=Method.SAME_WEEKDAY, on=on)

    assert _powers(rows) == {3: 200, 4: 300}
    assert [len(row["input_days"]) for row in rows] == [2, 1]


def test_the_life_of_a_former_occupant_tells_nothing() -> None:
    moved = date(2026, 6, 28)
    both = [
        takes_part(valid_to=moved),
        takes_part(member_id=BRUNO, valid_from=moved),
    ]
    week_ago = block(lambda _: 100, day=date(2026, 6, 24))
    day = block(_holes(0, s20=None))

    assert _filled(week_ago, day, method=Method.SAME_WEEKDAY, participations=both) == []


def _roof(prm: Prm, power_w: int, *, day: date = JULY, **holes: int | None) -> dict[str, object]:
    return block(_holes(power_w, **holes), prm=prm, direction=_PRODUCTION, day=day)


_ROOFS = [takes_part(prm, direction=_PRODUCTION) for prm in (PRM, OTHER_PRM, THIRD_PRM)]
_YESTERDAY = date(2026, 6, 30)


def test_neighbours_tell_by_what_both_produced_before() -> None:
    rows = _filled(
        _roof(PRM, 100, day=_YESTERDAY),
        _roof(OTHER_PRM, 200, day=_YESTERDAY),
        _roof(PRM, 0, s24=None),
        _roof(OTHER_PRM, 0, s24=3000),
        method=Method.NEIGHBOURS,
        participations=_ROOFS,
    )

    # All they have in common: 48 × 100 W and 47 × 0 W, against 48 × 200 W and 47 × 0 W.
    assert _powers(rows) == {24: 1500}
    assert (rows[0]["input_prms"], rows[0]["input_days"]) == ([OTHER_PRM], [JULY])


def test_two_neighbours_tell_their_mean() -> None:
    rows = _filled(
        _roof(PRM, 100, day=_YESTERDAY),
        _roof(OTHER_PRM, 200, day=_YESTERDAY),
        _roof(THIRD_PRM, 50, day=_YESTERDAY),
        _roof(PRM, 0, s24=None),
        _roof(OTHER_PRM, 0, s24=3000),
        _roof(THIRD_PRM, 0, s24=801),
        method=Method.NEIGHBOURS,
        participations=_ROOFS,
    )

    # 3000 / 2 = 1500 and 801 × 2 = 1602.
    assert _powers(rows) == {24: 1551}
    assert rows[0]["input_prms"] == [OTHER_PRM, THIRD_PRM]


def test_a_neighbour_that_was_compared_for_less_than_a_day_tells_nothing() -> None:
    rows = _filled(
        _roof(PRM, 0, s24=None),
        _roof(OTHER_PRM, 0, s23=100, s24=3000),
        method=Method.NEIGHBOURS,
        participations=_ROOFS,
    )

    assert rows == []


def test_consumption_is_nothing_that_neighbours_tell() -> None:
    rows = _filled(
        block(_holes(0, s24=None)),
        block(_holes(100), day=_YESTERDAY),
        block(_holes(100), prm=OTHER_PRM),
        block(_holes(100), prm=OTHER_PRM, day=_YESTERDAY),
        method=Method.NEIGHBOURS,
        participations=[takes_part(), takes_part(OTHER_PRM)],
    )

    assert rows == []


def test_a_step_that_another_step_covers_is_no_gap() -> None:
    halves = block(_holes(100, s10=None, s11=None, s13=None))
    hours = block([None] * 5 + [80] + [None] * 18, step_min=60)

    gaps = find_gaps(days_of(), letters_of(block_frame(halves, hours)))

    assert gaps["slot"].to_list() == [13]


def test_what_one_method_leaves_the_next_one_tries() -> None:
    week_ago = block(_holes(70), day=JULY - timedelta(days=7))
    powers = _holes(100, s5=None)[:20] + [None] * 6 + [100] * 22
    stored = block_frame(week_ago, block(powers))
    around = days_of(from_day=JULY - timedelta(days=7), days=8)
    gaps = find_gaps(around.filter(pl.col("day") == JULY), letters_of(stored))

    estimates = estimate(
        gaps, usable_values(around, stored), list(Method), interpolation_max_min=120
    )

    assert estimates.select("slot", "method", "power_w").rows() == [
        (5, "interpolation", 100),
        *((slot, "same_weekday", 70) for slot in range(20, 26)),
    ]
