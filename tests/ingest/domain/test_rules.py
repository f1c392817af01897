"""Each validation rule, by examples worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from services.ingest.domain.rules import RULES, RuleAction
from services.ingest.domain.rules.judging import flags
from tests.ingest.domain.judged_days import DAY, PRM, Curve, blocks, context, found, only

_OCTOBER, _MARCH = date(2026, 10, 25), date(2026, 3, 29)


def test_a_value_above_the_power_of_its_point_is_found() -> None:
    curve = Curve({3: 7200, 4: 7201}, otherwise=6000)
    settings = only("above-power", parameters={"tolerance_percent": 20})

    flagged = flags(blocks([curve]), context(settings, limits_w={PRM: 6000}))

    assert flagged.rows() == [(PRM, "consumption", DAY, 30, "above-power", [4])]


@pytest.mark.parametrize("limits_w", [{}, {PRM: None}], ids=["no participation", "no power"])
def test_a_point_whose_power_nobody_knows_is_not_above_it(limits_w: dict[str, None]) -> None:
    curve = Curve(otherwise=1_000_000_000)

    assert flags(blocks([curve]), context(only("above-power"), limits_w=limits_w)).is_empty()


def test_a_value_far_above_both_neighbours_is_a_spike() -> None:
    curve = Curve({10: 478_000, 20: 40_000}, otherwise=478)

    assert found("spike", curve) == [[10, 20]]
    assert found("spike", curve, factor=100) == [[10]]
    assert found("spike", curve, least_w=1_000_000) == []


def test_a_water_heater_and_a_value_among_great_ones_are_no_spikes() -> None:
    heater = Curve({10: 3000}, otherwise=100)
    great = Curve({10: 90_000, 11: 40_000}, otherwise=100)

    assert found("spike", heater) == []
    assert found("spike", great) == []  # each has the other beside it


def test_a_spike_at_the_edge_of_a_day_has_one_neighbour_and_one_alone_has_none() -> None:
    assert found("spike", Curve({0: 50_000, 47: 50_000}, otherwise=10)) == [[0, 47]]
    assert found("spike", Curve({10: 50_000})) == []
    assert found("spike", Curve({10: 50_000, 11: 0})) == [[10]]


def test_neighbours_in_another_day_are_none() -> None:
    quiet = Curve(otherwise=10, day=date(2026, 7, 2))

    assert found("spike", Curve({47: 50_000}), quiet) == []


def test_a_value_that_stays_for_six_hours_is_frozen() -> None:
    changing = dict(enumerate(range(100, 148)))
    eleven, twelve = (changing | dict.fromkeys(range(5, 5 + n), 478) for n in (11, 12))

    assert found("frozen", Curve(eleven)) == []
    assert found("frozen", Curve(twelve)) == [list(range(5, 17))]
    assert found("frozen", Curve(eleven), hours=5) == [list(range(5, 16))]


def test_hours_count_whatever_the_step() -> None:
    changing = dict(enumerate(range(100, 244)))
    frozen = changing | dict.fromkeys(range(36), 478)

    assert found("frozen", Curve(frozen, step_min=10)) == [list(range(36))]


def test_nothing_and_zero_are_not_frozen_and_a_hole_ends_a_run() -> None:
    assert found("frozen", Curve(otherwise=0)) == []
    assert found("frozen", Curve()) == []
    assert found("frozen", Curve({24: None}, otherwise=5)) == [[*range(24), *range(25, 48)]]
    assert found("frozen", Curve({11: None, 23: None, 35: None}, otherwise=5), hours=6) == [
        list(range(36, 48))
    ]


def test_one_value_at_the_end_of_a_block_and_the_start_of_the_next_is_two_runs() -> None:
    evening = Curve(dict.fromkeys(range(42, 48), 5), otherwise=None)
    morning = Curve(dict.fromkeys(range(6), 5), day=date(2026, 7, 2))

    assert found("frozen", evening, morning) == []


def test_panels_that_work_at_midnight_are_found_and_those_at_noon_are_not() -> None:
    curve = Curve(otherwise=1, direction="production")

    (night,) = found("production-at-night", curve)

    # In the middle of France, civil twilight begins at 5:22 and ends at 22:26 (pvlib).
    assert night == [*range(10), *range(45, 48)]


def test_in_winter_the_night_is_longer_and_at_the_horizon_longer_still() -> None:
    curve = Curve(otherwise=1, direction="production", day=date(2026, 12, 21))

    (twilight,) = found("production-at-night", curve)
    (horizon,) = found("production-at-night", curve, elevation_deg=0)

    # Twilight from 7:57 to 17:40, the sun from 8:38 to 16:59 (pvlib).
    assert twilight == [*range(15), *range(36, 48)]
    assert horizon == [*range(17), *range(34, 48)]


def test_the_night_is_that_of_the_place_of_the_operation() -> None:
    curve = Curve({24: 500}, direction="production")

    assert found("production-at-night", curve) == []
    assert found("production-at-night", curve, latitude_deg=-17.5, longitude_deg=-149.5) == [[24]]


def test_consumption_at_night_and_a_little_production_are_nothing() -> None:
    assert found("production-at-night", Curve(otherwise=500)) == []
    little = Curve(otherwise=2, direction="production")
    assert found("production-at-night", little, least_w=2) == []


def test_a_night_of_25_hours_has_its_own_steps() -> None:
    curve = Curve(otherwise=1, direction="production", day=_OCTOBER)

    (night,) = found("production-at-night", curve)

    # Twilight from 6:51 to 18:17 of winter time (pvlib), one hour later since midnight.
    assert night == [*range(15), *range(39, 50)]


def test_steps_without_a_value_between_two_values_are_a_gap() -> None:
    assert found("gap", Curve({5: None, 7: None}, otherwise=1)) == [[5, 7]]
    assert found("gap", Curve({3: 0, 6: 1})) == [[4, 5]]


def test_a_day_that_begins_late_or_ends_early_has_no_gap() -> None:
    assert found("gap", Curve(dict.fromkeys(range(10, 30), 1))) == []
    assert found("gap", Curve()) == []
    assert found("gap", Curve(otherwise=1, day=_MARCH), Curve(otherwise=1, day=_OCTOBER)) == []


def test_the_coarser_of_two_values_for_one_instant_overlaps() -> None:
    hours = Curve({8: 100, 9: 100}, step_min=60)
    halves = Curve({15: 90, 19: 110})
    tens = Curve({56: 100}, step_min=10)

    # 7:30 touches no hour; 9:30 is inside the hour of 9:00; 9:20 is inside that, but not of 9:30.
    assert found("overlap", hours, halves, tens) == [[9]]
    assert found("overlap", hours, replace(halves, values={16: 1}), tens) == [[8, 9]]
    assert found("overlap", replace(halves, values={18: 1}), tens) == [[18]]


def test_curves_of_other_days_directions_and_points_do_not_overlap() -> None:
    hours = Curve(otherwise=1, step_min=60)

    assert found("overlap", hours, Curve(otherwise=1, direction="production")) == []
    assert found("overlap", hours, Curve(otherwise=1, day=date(2026, 7, 2))) == []
    assert found("overlap", hours, Curve(otherwise=1, prm="99000000000018")) == []
    assert found("overlap", hours, Curve()) == []  # nothing is known of its steps


def test_a_meter_that_is_reprogrammed_at_noon_changes_its_step_there() -> None:
    morning = Curve(dict.fromkeys(range(24), 1))
    afternoon = Curve(dict.fromkeys(range(72, 144), 1), step_min=10)

    assert found("step-change", morning, afternoon) == [[72]]
    assert found("step-change", afternoon) == []


def test_a_step_that_changes_at_midnight_is_found_in_the_new_day() -> None:
    days = [Curve(otherwise=1), Curve(otherwise=1, day=date(2026, 7, 2), step_min=15)]

    assert found("step-change", *days) == [[0]]
    apart = [days[0], replace(days[1], day=date(2026, 7, 3))]
    assert found("step-change", *apart) == []


def test_the_step_of_the_day_before_counts_even_if_that_day_is_not_judged() -> None:
    yesterday = (PRM, "consumption", date(2026, 6, 30))
    of_30 = context(only("step-change"), before=[(*yesterday, 30, 1440)])
    reprogrammed = context(
        only("step-change"), before=[(*yesterday, 60, 1440), (*yesterday, 30, 720)]
    )
    today = blocks([Curve(otherwise=1, step_min=60)])

    assert flags(today, of_30)["slots"].to_list() == [[0]]
    assert flags(today, reprogrammed).is_empty()


def test_a_point_that_takes_part_nowhere_has_no_flags_for_it() -> None:
    settings = only("point-unknown", RuleAction.QUARANTINE)

    assert flags(blocks([Curve(otherwise=1)]), context(settings)).is_empty()


@pytest.mark.parametrize(
    "code", [code for code, rule in RULES.items() if RuleAction.FLAG in rule.actions]
)
def test_a_rule_finds_nothing_in_nothing_and_in_an_ordinary_day(code: str) -> None:
    ordinary = Curve(dict(enumerate(range(200, 248))))
    panels = Curve(
        {slot: 1000 + slot for slot in range(18, 36)}, otherwise=0, direction="production"
    )

    assert found(code) == []
    assert found(code, ordinary, panels) == []
