"""Readings of any step become energy on the operation's step."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.calendar import steps_in_day
from services.allocation.domain.curves import (
    Block,
    Curve,
    EnergyNotWhole,
    energy_of_day,
    energy_on_step,
    starts_of_day,
)

SPRING, SUMMER, AUTUMN = date(2026, 3, 29), date(2026, 6, 10), date(2026, 10, 25)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (SUMMER, 24), (AUTUMN, 25)])
@pytest.mark.parametrize("own_step_min", [5, 10, 15, 30, 60])
@pytest.mark.parametrize("step_min", [15, 30])
def test_a_constant_power_is_a_constant_energy_on_any_step_and_day(
    day: date, hours: int, own_step_min: int, step_min: int
) -> None:
    block = Block(own_step_min, [7] * (hours * 60 // own_step_min))

    curve = energy_of_day([block], day, step_min)

    assert len(curve.energy_wmin) == hours * 60 // step_min
    assert curve.complete
    assert set(curve.energy_wmin.tolist()) == {7 * step_min}
    nests = step_min % own_step_min == 0
    assert set(curve.reconstructed.tolist()) == {not nests}


def test_ten_minutes_are_halved_to_make_quarter_hours() -> None:
    power_w: list[int | None] = [600, 1201, 300, *[0] * 141]
    power_w[4] = None

    curve = energy_of_day([Block(10, power_w)], SUMMER, 15)

    assert curve.energy_wmin[:2].tolist() == [6000 + 1201 * 5, 1201 * 5 + 3000]
    # The reading from 0:40 to 0:50 is missing: half of it is in either quarter-hour around.
    assert np.flatnonzero(curve.missing).tolist() == [2, 3]
    assert np.flatnonzero(~curve.reconstructed).tolist() == [2, 3]


def test_a_reading_that_need_not_be_cut_wins_over_a_finer_one_that_must_be() -> None:
    quarters: list[int | None] = [4] * 96
    quarters[1] = None
    blocks = [Block(10, [2] * 144), Block(15, quarters), Block(30, [8] * 48)]

    for order in (blocks, blocks[::-1]):
        curve = energy_of_day(order, SUMMER, 15)

        assert curve.energy_wmin[:3].tolist() == [60, 30, 60]
        assert np.flatnonzero(curve.reconstructed).tolist() == [1]


@given(st.lists(st.integers(0, 10**7), min_size=48, max_size=48))
def test_halves_of_30_minutes_are_equal_and_lose_nothing(power_w: list[int]) -> None:
    quarters = energy_of_day([Block(30, power_w)], SUMMER, 15).energy_wmin.reshape(48, 2)

    assert (quarters[:, 0] == quarters[:, 1]).all()
    assert quarters.sum(axis=1).tolist() == [power * 30 for power in power_w]


def test_a_missing_part_makes_the_whole_missing() -> None:
    power_w: list[int | None] = [1] * 144
    power_w[4] = None

    curve = energy_of_day([Block(10, power_w)], SUMMER, 30)

    assert np.flatnonzero(curve.missing).tolist() == [1]
    assert curve.energy_wmin[:3].tolist() == [30, 0, 30]


def test_the_finer_reading_wins_and_the_coarser_fills_its_gaps() -> None:
    fine: list[int | None] = [2] * 96
    fine[5] = None
    blocks = [Block(15, fine), Block(60, [8] * 24)]

    for order in (blocks, blocks[::-1]):
        curve = energy_of_day(order, SUMMER, 30)

        assert curve.complete
        assert curve.energy_wmin[:4].tolist() == [60, 60, 240, 60]


def test_a_day_without_a_reading_is_missing() -> None:
    curve = energy_of_day([], AUTUMN, 30)

    assert curve.missing.tolist() == [True] * 50
    assert not curve.complete


def test_a_block_of_the_wrong_length_stops_the_operation() -> None:
    with pytest.raises(AssertionError, match="50 steps"):
        energy_of_day([Block(30, [1] * 48)], AUTUMN, 30)


def test_an_energy_that_does_not_split_into_whole_parts_is_refused() -> None:
    none = np.zeros(2, dtype=np.bool_)
    odd = Curve(np.array([7, 8]), missing=none, estimated=none, reconstructed=none)

    with pytest.raises(EnergyNotWhole, match="60 minutes"):
        energy_on_step([(60, odd)], 30, steps=4)


@pytest.mark.parametrize("day", [SPRING, SUMMER, AUTUMN])
def test_steps_start_where_the_local_day_does(day: date) -> None:
    starts = starts_of_day(day, 15)

    assert len(starts) == steps_in_day(day, 15)
    assert set(np.diff(starts).tolist()) == {15}
    assert datetime.fromtimestamp(int(starts[0]) * 60, UTC).hour in {22, 23}


def test_parts_of_a_coarser_reading_are_told() -> None:
    fine: list[int | None] = [3] * 95 + [None]

    curve = energy_of_day([Block(30, [1] * 48), Block(15, fine)], SUMMER, 15)

    assert curve.complete
    assert np.flatnonzero(curve.reconstructed).tolist() == [95]


def test_a_step_is_estimated_when_a_part_of_it_is() -> None:
    curve = energy_of_day([Block(10, [1] * 144, estimated_steps=[4])], SUMMER, 30)

    assert np.flatnonzero(curve.estimated).tolist() == [1]


def test_without_estimates_a_real_coarser_reading_counts() -> None:
    blocks = [Block(30, [1] * 48), Block(15, [9] * 96, estimated_steps=[0, 1])]

    curve = energy_of_day(blocks, SUMMER, 15, with_estimates=False)

    assert curve.energy_wmin[:3].tolist() == [15, 15, 135]
    assert np.flatnonzero(curve.reconstructed).tolist() == [0, 1]
    assert not curve.estimated.any()
