"""Each key's own rule, against exact fractions."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.allocation import Allocation, allocate
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.keys import DefaultDynamic, Priority, SharingKey, Static
from services.allocation.domain.metered import NothingToAllocate
from tests.allocation.domain.oracle import water_level
from tests.allocation.domain.strategies import BILLION, Case, cases, full_dynamic_keys, shares

A, B, C, P = (Prm(f"99{i:012}") for i in (1, 2, 3, 91))


@given(cases())
def test_the_default_key_uses_all_it_can_and_is_within_one_unit_of_exact(case: Case) -> None:
    allocation = case.allocate(DefaultDynamic())

    for step, (pool, wants, got) in enumerate(_steps(allocation)):
        total = sum(wants)
        assert sum(got) == min(pool, total), step
        for want, share in zip(wants, got, strict=True):
            exact = Fraction(want * min(pool, total), total) if total else Fraction(0)
            assert abs(share - exact) < 1


@given(cases(), st.data())
def test_a_static_share_is_of_the_pool_rounded_down_and_capped(
    case: Case, data: st.DataObject
) -> None:
    given_shares = data.draw(shares(case.consumers))

    allocation = case.allocate(Static(given_shares))

    weights = [int(given_shares[prm] * BILLION) for prm in allocation.metered.consumers]
    for pool, wants, got in _steps(allocation):
        expected = [min(k * pool // BILLION, want) for k, want in zip(weights, wants, strict=True)]
        assert got == expected


@given(cases(), st.data())
def test_redistribution_fills_to_one_level_within_one_unit(case: Case, data: st.DataObject) -> None:
    given_shares = data.draw(shares(case.consumers))

    allocation = case.allocate(Static(given_shares, redistribute=True))

    weights = [int(given_shares[prm] * BILLION) for prm in allocation.metered.consumers]
    for pool, wants, got in _steps(allocation):
        level = water_level(pool, wants, weights)
        assert sum(got) == min(pool, sum(w for w, k in zip(wants, weights, strict=True) if k))
        for k, want, share in zip(weights, wants, got, strict=True):
            assert abs(share - min(k * level, Fraction(want))) < 1


@given(cases(), st.data())
def test_a_couple_gets_its_full_dynamic_offer_cut_back_prorata(
    case: Case, data: st.DataObject
) -> None:
    key = data.draw(full_dynamic_keys(case))

    allocation = case.allocate(key)

    produced, wants = allocation.metered.production_wmin, allocation.metered.consumption_wmin
    offers = key.coefficients.of_couples(allocation.metered) * produced[:, None] // BILLION
    assert (allocation.shares_wmin <= offers).all()
    assert (allocation.allocated_wmin == np.minimum(offers.sum(axis=0), wants)).all()
    for producer, consumer, step in np.ndindex(offers.shape):
        offered = int(offers[:, consumer, step].sum())
        taken = Fraction(min(int(wants[consumer, step]), offered), max(offered, 1))
        exact = int(offers[producer, consumer, step]) * taken
        assert abs(int(allocation.shares_wmin[producer, consumer, step]) - exact) < 1


def test_equal_consumers_get_equal_shares_to_one_unit() -> None:
    allocation = _one_step([1000], [700, 700, 700], DefaultDynamic())

    assert allocation.allocated_wmin[:, 0].tolist() == [333, 334, 333]


def test_energies_beyond_63_bit_products_stay_exact() -> None:
    most = 10**12

    allocation = _one_step([most, most - 1], [most, most, most - 2], DefaultDynamic())

    total = 3 * most - 2
    for want, got in zip([most, most, most - 2], allocation.allocated_wmin[:, 0], strict=True):
        assert abs(int(got) - Fraction(want * (2 * most - 1), total)) < 1
    assert allocation.surplus_wmin.sum() == 0


def test_a_point_that_is_on_both_sides_is_treated_as_two() -> None:
    battery = A

    allocation = allocate(
        {battery: np.array([0, 60]), P: np.array([100, 0])},
        {battery: np.array([80, 0]), B: np.array([20, 90])},
        DefaultDynamic(),
    )

    assert list(allocation.totals()) == [(A, B, 60), (P, A, 80), (P, B, 20)]


def test_a_consumer_that_the_key_does_not_name_gets_nothing() -> None:
    all_for_a = {A: Decimal(1)}
    keys: list[SharingKey] = [
        Static(all_for_a),
        Static(all_for_a, redistribute=True),
        Priority([[A]]),
    ]
    for key in keys:
        allocation = _one_step([100], [50, 50], key)

        assert allocation.allocated_wmin[:, 0].tolist() == [50, 0]


def test_a_share_of_a_point_that_has_left_is_surplus() -> None:
    allocation = _one_step([100], [90, 90], Static({A: Decimal("0.5"), C: Decimal("0.5")}))

    assert allocation.allocated_wmin[:, 0].tolist() == [50, 0]
    assert allocation.surplus_wmin.sum() == 50


def test_an_operation_without_a_side_has_nothing_to_allocate() -> None:
    with pytest.raises(NothingToAllocate, match="no producer"):
        allocate({}, {A: np.array([1])}, DefaultDynamic())
    with pytest.raises(NothingToAllocate, match="no consumer"):
        allocate({P: np.array([1])}, {}, DefaultDynamic())


@pytest.mark.parametrize(
    "curve", [np.array([1, 2]), np.array([-1]), np.array([10**12 + 1]), np.array([1.0])]
)
def test_a_curve_that_cannot_be_stops_the_operation(curve: IntArray) -> None:
    with pytest.raises(AssertionError):
        allocate({P: np.array([1])}, {A: curve}, DefaultDynamic())


def test_broken_shares_stop_the_operation() -> None:
    metered = _one_step([100], [50, 50], DefaultDynamic()).metered
    for broken in ([[[60], [10]]], [[[50], [51]]], [[[-1], [1]]]):
        with pytest.raises(AssertionError):
            Allocation(metered=metered, shares_wmin=np.array(broken)).check()


def _one_step(productions: list[int], consumptions: list[int], key: SharingKey) -> Allocation:
    return allocate(
        {Prm(f"99{91 + i:012}"): np.array([wmin]) for i, wmin in enumerate(productions)},
        {Prm(f"99{1 + i:012}"): np.array([wmin]) for i, wmin in enumerate(consumptions)},
        key,
    )


def _steps(allocation: Allocation) -> list[tuple[int, list[int], list[int]]]:
    """By step: the pool, what each consumer used and what each got."""
    return list(
        zip(
            allocation.metered.pool_wmin.tolist(),
            allocation.metered.consumption_wmin.T.tolist(),
            allocation.allocated_wmin.T.tolist(),
            strict=True,
        )
    )
