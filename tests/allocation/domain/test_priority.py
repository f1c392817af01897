"""Ranks, weights and schedules, against exact fractions and the wall clock."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import PARIS
from libs.common.day_kinds import DayKind
from libs.common.ids import Prm
from services.allocation.domain.allocation import allocate, inputs_hash
from services.allocation.domain.curves import starts_of_day
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import KeyInvalid, Priority
from services.allocation.domain.keys.ranks import MAX_TOTAL_WEIGHT, Ranks, WeightedRank
from services.allocation.domain.keys.schedules import ClockWindow, RankSchedule
from tests.allocation.domain.oracle import priority_shares
from tests.allocation.domain.strategies import Case, cases, priority_keys

TOWN_HALL, ANNA, BRUNO, ROOF = (Prm(f"99{i:012}") for i in (1, 2, 3, 91))
HOUSEHOLDS = [[ANNA, BRUNO]]
WORKDAY, HOLIDAY_TUESDAY, SATURDAY = date(2026, 6, 10), date(2026, 7, 14), date(2026, 6, 13)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@given(st.data(), cases())
def test_each_share_is_within_one_unit_of_exact_ranks_weights_and_schedules(
    data: st.DataObject, case: Case
) -> None:
    key = data.draw(priority_keys(case.consumers))

    allocation = case.allocate(key)

    consumers = allocation.metered.consumers
    for step, start in enumerate(case.starts.tolist()):
        wants = {prm: int(case.consumptions[prm][step]) for prm in consumers}
        exact = priority_shares(key, start, int(allocation.metered.pool_wmin[step]), wants)
        got = dict(zip(consumers, allocation.allocated_wmin[:, step].tolist(), strict=True))
        assert sum(got.values()) == sum(exact.values())
        for prm in consumers:
            assert abs(got[prm] - exact[prm]) < 1


@given(cases(), st.data())
def test_a_rank_is_served_before_the_next_one(case: Case, data: st.DataObject) -> None:
    order = data.draw(st.permutations(case.consumers))
    cut = data.draw(st.integers(0, len(order)))

    allocation = case.allocate(Priority([order[:cut], order[cut:]]))

    first = np.isin(allocation.metered.consumers, order[:cut])
    pool, wants = allocation.metered.pool_wmin, allocation.metered.consumption_wmin
    got_first = allocation.allocated_wmin[first].sum(axis=0)
    assert (got_first == np.minimum(pool, wants[first].sum(axis=0))).all()


def test_weights_share_a_rank_and_what_one_leaves_goes_to_the_others() -> None:
    key = Priority([[TOWN_HALL], _weighted("0.6", "0.4")])

    # 1000 less 100 for the town hall; Anna's 60 % of 900 is more than her 300.
    got = _shares(key, 1000, {TOWN_HALL: 100, ANNA: 300, BRUNO: 900})

    assert got == {TOWN_HALL: 100, ANNA: 300, BRUNO: 600}


def test_the_heaviest_weights_of_the_most_points_stay_exact() -> None:
    points = [Prm(f"99{i:012}") for i in range(5000)]
    most = Decimal(MAX_TOTAL_WEIGHT) / len(points)
    weights = {prm: most - i % 2 * Decimal("0.000000001") for i, prm in enumerate(points)}

    allocation = allocate(
        {ROOF: np.array([10**12])},
        {prm: np.array([10**11]) for prm in points},
        Priority([WeightedRank(weights)]),
    )

    assert allocation.allocated_wmin.sum() == 10**12
    assert set(allocation.allocated_wmin[:, 0].tolist()) <= {
        2 * 10**8 - 1,
        2 * 10**8,
        2 * 10**8 + 1,
    }


@pytest.mark.parametrize("weight", ["0", "-1", "0.0000000001"])
def test_a_weight_that_cannot_be_is_refused_with_its_point(weight: str) -> None:
    with pytest.raises(KeyInvalid, match=ANNA):
        WeightedRank({ANNA: Decimal(weight)})


def test_a_point_may_have_another_rank_at_another_time_but_not_two_at_once() -> None:
    Priority(HOUSEHOLDS, [_in_hours(0, 1, [[BRUNO], [ANNA]])])

    with pytest.raises(KeyInvalid, match=rf"schedules\[0\].*{ANNA}"):
        Priority(HOUSEHOLDS, [_in_hours(0, 1, [[ANNA], [ANNA]])])


@pytest.mark.parametrize(
    ("schedule", "day", "expected"),
    [
        (RankSchedule(HOUSEHOLDS, months={6, 7}), WORKDAY, (0, 24)),
        (RankSchedule(HOUSEHOLDS, months={5, 11}), WORKDAY, None),
        (RankSchedule(HOUSEHOLDS, days={DayKind.WED}), WORKDAY, (0, 24)),
        (RankSchedule(HOUSEHOLDS, days={DayKind.SAT, DayKind.SUN}), WORKDAY, None),
        (RankSchedule(HOUSEHOLDS, days={DayKind.SAT, DayKind.SUN}), SATURDAY, (0, 24)),
        (RankSchedule(HOUSEHOLDS, days={DayKind.WORKING_DAY}), WORKDAY, (0, 24)),
        (RankSchedule(HOUSEHOLDS, days={DayKind.WORKING_DAY}), SATURDAY, None),
        (RankSchedule(HOUSEHOLDS, days={DayKind.WORKING_DAY}), HOLIDAY_TUESDAY, None),
        (RankSchedule(HOUSEHOLDS, days={DayKind.HOLIDAY}), HOLIDAY_TUESDAY, (0, 24)),
        (RankSchedule(HOUSEHOLDS, days={DayKind.HOLIDAY}), WORKDAY, None),
        (RankSchedule(HOUSEHOLDS, days={DayKind.TUE}), HOLIDAY_TUESDAY, (0, 24)),
        (RankSchedule(HOUSEHOLDS, hours=[ClockWindow(8 * 60, 18 * 60)]), WORKDAY, (8, 18)),
        (RankSchedule(HOUSEHOLDS, hours=[ClockWindow(18 * 60, 24 * 60)]), WORKDAY, (18, 24)),
        (
            RankSchedule(
                HOUSEHOLDS, months={7}, days={DayKind.HOLIDAY}, hours=[ClockWindow(600, 660)]
            ),
            HOLIDAY_TUESDAY,
            (10, 11),
        ),
    ],
)
def test_a_schedule_holds_where_all_its_conditions_do(
    schedule: RankSchedule, day: date, expected: tuple[int, int] | None
) -> None:
    hours = range(*expected) if expected else []

    assert _hours_in_force(schedule, day) == [f"{hour:02}" for hour in hours]


def test_a_window_over_midnight_looks_at_the_day_of_each_step() -> None:
    night = ClockWindow(22 * 60, 6 * 60)
    saturday_night = RankSchedule(HOUSEHOLDS, days={DayKind.SAT}, hours=[night])

    assert _hours_in_force(saturday_night, SATURDAY) == [
        "00",
        "01",
        "02",
        "03",
        "04",
        "05",
        "22",
        "23",
    ]
    assert _hours_in_force(saturday_night, date(2026, 6, 14)) == []


def test_a_step_is_ruled_by_its_start() -> None:
    from_quarter_past = RankSchedule(HOUSEHOLDS, hours=[ClockWindow(8 * 60 + 15, 9 * 60 + 15)])

    assert _hours_in_force(from_quarter_past, WORKDAY) == ["09"]


@pytest.mark.parametrize(
    ("day", "window", "expected"),
    [
        (AUTUMN, ClockWindow(120, 180), ["02", "02"]),
        (AUTUMN, ClockWindow(180, 240), ["03"]),
        (AUTUMN, ClockWindow(22 * 60, 150), ["00", "01", "02", "02", "22", "23"]),
        (SPRING, ClockWindow(120, 180), []),
        (SPRING, ClockWindow(60, 240), ["01", "03"]),
        (SPRING, ClockWindow(180, 240), ["03"]),
    ],
)
def test_hours_are_those_of_the_wall_clock_on_both_clock_changes(
    day: date, window: ClockWindow, expected: list[str]
) -> None:
    assert _hours_in_force(RankSchedule(HOUSEHOLDS, hours=[window]), day) == expected


def test_the_first_schedule_that_covers_a_step_wins() -> None:
    key = Priority(
        [[TOWN_HALL]],
        [
            RankSchedule([[ANNA]], days={DayKind.HOLIDAY}),
            RankSchedule([[BRUNO]], days={DayKind.TUE}),
        ],
    )
    tuesday = date(2026, 6, 9)

    served = {
        day: _served(key, starts_of_day(day, 60))[0] for day in (HOLIDAY_TUESDAY, tuesday, WORKDAY)
    }

    assert served == {HOLIDAY_TUESDAY: ANNA, tuesday: BRUNO, WORKDAY: TOWN_HALL}


def test_the_town_hall_comes_first_on_working_days_and_households_at_other_times() -> None:
    key = Priority(
        [[ANNA, BRUNO], [TOWN_HALL]],
        [RankSchedule([[TOWN_HALL], [ANNA, BRUNO]], days={DayKind.WORKING_DAY})],
    )
    wants = {TOWN_HALL: 80, ANNA: 50, BRUNO: 50}

    assert _shares(key, 100, wants, WORKDAY) == {TOWN_HALL: 80, ANNA: 10, BRUNO: 10}
    assert _shares(key, 100, wants, HOLIDAY_TUESDAY) == {TOWN_HALL: 0, ANNA: 50, BRUNO: 50}
    assert _shares(key, 100, wants, SATURDAY) == {TOWN_HALL: 0, ANNA: 50, BRUNO: 50}


def test_a_schedule_that_does_not_touch_a_day_makes_no_new_revision_of_it() -> None:
    plain = Priority(HOUSEHOLDS)
    in_winter = Priority(HOUSEHOLDS, [RankSchedule([[BRUNO]], months={12, 1})])
    on_saturday = Priority(HOUSEHOLDS, [RankSchedule([[BRUNO]], days={DayKind.SAT})])
    the_same = Priority([[TOWN_HALL]], [RankSchedule([[BRUNO, ANNA]], days={DayKind.WED})])

    part_of_the_same = Priority(HOUSEHOLDS, [_in_hours(8, 18, [[BRUNO, ANNA]])])

    for key in (in_winter, on_saturday, the_same, part_of_the_same):
        assert _hash(key, WORKDAY) == _hash(plain, WORKDAY)
    assert _hash(on_saturday, SATURDAY) != _hash(plain, SATURDAY)


def test_a_change_that_touches_a_day_changes_its_hash() -> None:
    ranks: Ranks = [[TOWN_HALL], _weighted("0.6", "0.4")]
    base = Priority(ranks, [_in_hours(8, 18, HOUSEHOLDS)])
    others = [
        Priority(ranks, [_in_hours(8, 17, HOUSEHOLDS)]),
        Priority(ranks, [_in_hours(9, 18, HOUSEHOLDS)]),
        Priority(ranks, [_in_hours(8, 18, [[BRUNO], [ANNA]])]),
        Priority([[TOWN_HALL], _weighted("0.5", "0.5")], [_in_hours(8, 18, HOUSEHOLDS)]),
        Priority(HOUSEHOLDS, [_in_hours(8, 18, ranks)]),
        Priority(ranks),
        Priority(HOUSEHOLDS),
    ]

    hashes = {_hash(key, WORKDAY) for key in (base, *others)}

    assert len(hashes) == 1 + len(others)


def test_only_the_ratios_of_weights_matter() -> None:
    priority, other = Priority([_weighted("0.6", "0.4")]), Priority([_weighted("3", "2.0")])

    assert _hash(priority, WORKDAY) == _hash(other, WORKDAY)


def test_a_key_names_the_points_of_all_its_ranks() -> None:
    schedule = RankSchedule([WeightedRank({BRUNO: Decimal(1)})], months={1})

    producers, consumers = Priority([[TOWN_HALL]], [schedule]).points

    assert (set(producers), set(consumers)) == (set(), {TOWN_HALL, BRUNO})


def _weighted(anna: str, bruno: str) -> WeightedRank:
    return WeightedRank({ANNA: Decimal(anna), BRUNO: Decimal(bruno)})


def _in_hours(start: int, end: int, ranks: Ranks) -> RankSchedule:
    return RankSchedule(ranks, hours=[ClockWindow(start * 60, end * 60)])


def _shares(
    key: Priority, produced: int, wants: dict[Prm, int], day: date = WORKDAY
) -> dict[Prm, int]:
    """At noon of a day."""
    noon = starts_of_day(day, 60)[12:13]
    consumptions = {prm: np.array([want]) for prm, want in wants.items()}
    allocation = allocate({ROOF: np.array([produced])}, consumptions, key, starts_epoch_min=noon)
    return dict(zip(sorted(wants), allocation.allocated_wmin[:, 0].tolist(), strict=True))


def _served(key: Priority, starts: IntArray) -> list[Prm]:
    """Who gets the single watt-minute of each step."""
    ones = np.ones(len(starts), dtype=np.int64)
    allocation = allocate(
        {ROOF: ones}, {TOWN_HALL: ones, ANNA: ones, BRUNO: ones}, key, starts_epoch_min=starts
    )
    rows = allocation.allocated_wmin.argmax(axis=0)
    return [allocation.metered.consumers[row] for row in rows]


def _hours_in_force(schedule: RankSchedule, day: date) -> list[str]:
    """The local hours of a day in which a schedule holds."""
    starts = starts_of_day(day, 60)
    key = Priority([[TOWN_HALL]], [schedule])
    local = [
        datetime.fromtimestamp(start * 60, UTC).astimezone(PARIS).strftime("%H")
        for start in starts.tolist()
    ]
    return [hour for hour, prm in zip(local, _served(key, starts), strict=True) if prm != TOWN_HALL]


def _hash(key: Priority, day: date) -> str:
    starts = starts_of_day(day, 30)
    ones = np.ones(len(starts), dtype=np.int64)
    consumptions = {TOWN_HALL: ones, ANNA: ones, BRUNO: ones}
    return inputs_hash({ROOF: ones}, consumptions, key, starts_epoch_min=starts)
