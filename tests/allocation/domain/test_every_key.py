"""What holds for every key: no energy is made or lost, and no order matters."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain.allocation import inputs_hash
from services.allocation.domain.keys import (
    DefaultDynamic,
    Dynamic,
    FullDynamic,
    Priority,
    SharingKey,
    Static,
)
from services.allocation.domain.keys.ranks import Rank, WeightedRank, points_of
from tests.allocation.domain.oracle import ranks_in_force
from tests.allocation.domain.strategies import Case, cases, keys


@given(st.data(), cases())
def test_no_energy_is_made_lost_or_forced_on_anybody(data: st.DataObject, case: Case) -> None:
    allocation = case.allocate(data.draw(keys(case)))

    shares = allocation.shares_wmin
    produced, consumed = allocation.metered.production_wmin, allocation.metered.consumption_wmin
    assert (shares >= 0).all()
    assert (shares.sum(axis=0) <= consumed).all()
    assert (shares.sum(axis=1) <= produced).all()
    assert (shares.sum(axis=1) + allocation.surplus_wmin == produced).all()
    assert (shares.sum(axis=0) + allocation.complement_wmin == consumed).all()


@given(st.data(), cases())
def test_nothing_is_left_that_the_rule_gives_to_somebody(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    allocation = case.allocate(key)

    got = allocation.allocated_wmin.sum(axis=0)
    for step, start in enumerate(case.starts.tolist()):
        eaters = _may_take_all(key, case, start)
        if eaters is None:
            continue
        appetite = sum(int(case.consumptions[prm][step]) for prm in eaters)
        assert got[step] == min(allocation.metered.pool_wmin[step], appetite)


def _may_take_all(key: SharingKey, case: Case, start_epoch_min: int) -> set[Prm] | None:
    """The consumers who leave nothing of the production together; None if shares are capped."""
    match key:
        case DefaultDynamic():
            return set(case.consumers)
        case Static(redistribute=True):
            return {prm for prm, share in key.shares.items() if share}
        case Priority():
            return set(case.consumers) & points_of(ranks_in_force(key, start_epoch_min))
        case _:
            return None


@given(st.data(), cases())
def test_the_order_of_points_changes_nothing(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    turned = _turned(key)

    allocation, other = case.allocate(key), case.reversed().allocate(turned)

    assert allocation.metered.consumers == other.metered.consumers
    assert (allocation.shares_wmin == other.shares_wmin).all()
    assert _hash(case, key) == _hash(case.reversed(), turned)


def _turned(key: SharingKey) -> SharingKey:
    """The same key with its points named in another order."""
    match key:
        case Static():
            return replace(key, shares=dict(list(key.shares.items())[::-1]))
        case Priority():
            return Priority(
                [_turned_rank(rank) for rank in key.ranks],
                [
                    replace(schedule, ranks=[_turned_rank(rank) for rank in schedule.ranks])
                    for schedule in key.schedules
                ],
            )
        case _:
            return key


def _turned_rank(rank: Rank) -> Rank:
    if isinstance(rank, WeightedRank):
        return WeightedRank(dict(list(rank.weights.items())[::-1]))
    return list(reversed(rank))


@given(st.data(), cases())
def test_every_step_is_allocated_on_its_own(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    step = data.draw(st.integers(0, case.steps - 1))

    together = case.allocate(key).shares_wmin[:, :, step]

    assert (case.alone(step).allocate(key).shares_wmin[:, :, 0] == together).all()


@given(st.data(), cases(), st.integers(2, 3))
def test_cutting_a_step_into_equal_parts_changes_its_shares_by_rounding_only(
    data: st.DataObject, case: Case, parts: int
) -> None:
    key = data.draw(keys(case))
    whole = case.mapped(lambda curve: curve * parts).allocate(key)
    cut = case.cut(parts)

    in_parts = cut.allocate(_for_parts(key, cut, parts)).shares_wmin
    summed = in_parts.reshape(*in_parts.shape[:2], case.steps, parts).sum(axis=3)

    # A unit for each part and each rounding; a full-dynamic offer is rounded by producer.
    units = parts * (len(case.productions) if isinstance(key, FullDynamic) else 1)
    assert (abs(summed.sum(axis=0) - whole.allocated_wmin) <= units).all()
    assert (abs(summed - whole.shares_wmin) <= units + 2 * parts + 1).all()


def _for_parts(key: SharingKey, cut: Case, parts: int) -> SharingKey:
    """The same key, where each part of a step needs the coefficient that the step had."""
    if not isinstance(key, Dynamic | FullDynamic):
        return key
    shares = np.repeat(key.coefficients.share_billionths, parts, axis=2)
    coefficients = replace(key.coefficients, starts_epoch_min=cut.starts, share_billionths=shares)
    return replace(key, coefficients=coefficients)


@given(st.data(), cases())
def test_two_equal_consumers_differ_by_one_unit_at_most(data: st.DataObject, case: Case) -> None:
    twin, other = data.draw(st.permutations([*case.consumers, Prm("99" * 6 + "98")]))[:2]
    curve = data.draw(st.sampled_from(list(case.consumptions.values())))
    twins = replace(case, consumptions={**case.consumptions, twin: curve, other: curve})
    key = _with_equals(data.draw(keys(twins)), twin, other)

    allocation = twins.allocate(key)

    rows = [allocation.metered.consumers.index(prm) for prm in (twin, other)]
    got, same = allocation.allocated_wmin[rows]
    assert (abs(got - same) <= 1).all()


def _with_equals(key: SharingKey, twin: Prm, other: Prm) -> SharingKey:
    """The key, made to treat the two consumers alike."""
    match key:
        case Static():
            share = min(key.shares[twin], key.shares[other])
            return replace(key, shares={**key.shares, twin: share, other: share})
        case Priority():
            return Priority(
                [_rank_with_equals(rank, twin, other) for rank in key.ranks],
                [
                    replace(
                        schedule,
                        ranks=[_rank_with_equals(rank, twin, other) for rank in schedule.ranks],
                    )
                    for schedule in key.schedules
                ],
            )
        case Dynamic() | FullDynamic():
            pair = [key.coefficients.consumers.index(prm) for prm in (twin, other)]
            shares = key.coefficients.share_billionths.copy()
            shares[:, pair] = shares[:, pair].min(axis=1, keepdims=True)
            return replace(key, coefficients=replace(key.coefficients, share_billionths=shares))
        case DefaultDynamic():
            return key


def _rank_with_equals(rank: Rank, twin: Prm, other: Prm) -> Rank:
    if isinstance(rank, WeightedRank):
        weights = {prm: weight for prm, weight in rank.weights.items() if prm != other}
        if twin in weights:
            weights[other] = weights[twin]
        return WeightedRank(weights)
    points = [prm for prm in rank if prm != other]
    return [*points, other] if twin in points else points


@given(cases(max_producers=12), st.data())
def test_producers_give_prorata_of_production_within_one_unit(
    case: Case, data: st.DataObject
) -> None:
    key = data.draw(keys(case).filter(lambda key: not isinstance(key, FullDynamic)))

    allocation = case.allocate(key)

    produced, pool = allocation.metered.production_wmin, allocation.metered.pool_wmin
    for producer, consumer, step in np.ndindex(allocation.shares_wmin.shape):
        if not pool[step]:
            continue
        fraction = Fraction(int(produced[producer, step]), int(pool[step]))
        exact = fraction * int(allocation.allocated_wmin[consumer, step])
        assert abs(int(allocation.shares_wmin[producer, consumer, step]) - exact) <= 1
        left = fraction * int(allocation.surplus_wmin[:, step].sum())
        assert abs(int(allocation.surplus_wmin[producer, step]) - left) <= 1


@given(st.data(), cases())
def test_totals_and_frame_say_what_the_shares_say(data: st.DataObject, case: Case) -> None:
    allocation = case.allocate(data.draw(keys(case)))

    frame = allocation.frame()

    summed = frame.group_by("producer", "consumer").sum().sort("producer", "consumer")
    assert summed.select("producer", "consumer", "energy_wmin").rows() == list(allocation.totals())
    assert frame.equals(frame.sort("start_epoch_min", "producer", "consumer"))
    assert frame.filter(energy_wmin=0).is_empty()


@given(st.data(), cases())
def test_any_change_of_the_inputs_changes_their_hash(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))
    before = _hash(case, key)
    curves = data.draw(st.sampled_from([case.productions, case.consumptions]))
    prm = data.draw(st.sampled_from(sorted(curves)))

    curves[prm] = curves[prm].copy()
    curves[prm][-1] += 1

    assert _hash(case, key) != before


def _hash(case: Case, key: SharingKey) -> str:
    return inputs_hash(case.productions, case.consumptions, key, starts_epoch_min=case.starts)
