"""The kernels against the same rules written slowly, with Python's own integers and fractions."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from libs.common.ids import Prm
from services.allocation.domain import allocation as blocks
from services.allocation.domain.kernels import (
    MAX_QUOTIENT,
    IntArray,
    fill_by_weight,
    prorata,
    scale,
    split_between_producers,
)
from services.allocation.domain.keys import Dynamic, KeyIncomplete
from services.allocation.domain.keys.coefficients import read_coefficients
from services.allocation.domain.metered import MAX_STEP_WMIN, Metered
from tests.allocation.domain.strategies import Case, cases, keys, stamps

GREEN = Prm("99000000000002")

_ENERGY = st.one_of(st.integers(0, 9), st.integers(0, 10**6), st.integers(0, MAX_STEP_WMIN))


_CELLS = st.one_of(
    st.tuples(st.integers(0, MAX_QUOTIENT), st.integers(0, 2**50), st.just(2**50)),
    st.tuples(st.integers(0, 2**40), st.integers(0, 10**9), st.just(10**9)),
    # Quotients that are a whole number, or short of one by as little as can be.
    st.integers(1, 2**49).map(lambda whole: (whole + 1, whole - 1, whole)),
    st.tuples(st.integers(0, 2**20), st.integers(0, 2**20), st.integers(0, 2**20)),
)
"""Amount, numerator, denominator."""


@given(st.lists(_CELLS, min_size=1, max_size=8))
@example([(MAX_QUOTIENT, 2**40, 2**40)])
@example([(MAX_QUOTIENT - 1, 2**50 - 1, 2**50)])
@example([(2**27 + 1, 2**27 - 1, 2**27), (5, 7, 0)])
def test_quotients_are_those_of_whole_numbers(cells: list[tuple[int, int, int]]) -> None:
    amounts, numerators, denominators = (_curve(list(each)) for each in zip(*cells, strict=True))

    quotients = scale(amounts, numerators, denominators)

    assert quotients.tolist() == [a * b // c if c else 0 for a, b, c in cells]


def test_a_quotient_that_no_energy_can_reach_stops_the_operation() -> None:
    with pytest.raises(AssertionError):
        scale(_curve([4 * MAX_QUOTIENT]), _curve([3]), _curve([3]))


def test_more_energy_in_a_step_than_the_kernels_can_hold_stops_the_operation() -> None:
    plants = {Prm(f"99{number:012}"): _curve([MAX_STEP_WMIN]) for number in range(1_200)}

    with pytest.raises(AssertionError, match="more than all can hold"):
        Metered.of(plants, {GREEN: _curve([1])})


@given(_ENERGY, st.lists(_ENERGY, min_size=1, max_size=8))
def test_prorata_rounds_running_totals_to_the_nearest(available: int, wants: list[int]) -> None:
    shared, total = min(available, sum(wants)), max(sum(wants), 1)
    sums = [
        (2 * shared * sum(wants[:rows]) + total) // (2 * total) for rows in range(len(wants) + 1)
    ]

    given_out = prorata(_curve([available]), _column(wants))[:, 0].tolist()

    assert given_out == [above - below for below, above in pairwise(sums)]


@given(_ENERGY, st.lists(st.tuples(_ENERGY, st.integers(0, 10**9 // 8)), min_size=1, max_size=8))
@example(12, [(4, 250_000_000), (4, 250_000_000), (9, 500_000_000)])
# So near to the level that only exact quotients tell who is full.
@example(
    304_623_077_361,
    [(109_346_152_675, 87_806_722_329_200), (195_544_735_366, 157_411_104_415_268)],
)
# In floats full and not full in turn, for ever, unless some distance is kept from the level.
@example(3_114_880_961_783, [(477_386_602_924, 172_092_584), (2**49, 950_787_510)])
def test_water_rises_to_one_level(available: int, rows: list[tuple[int, int]]) -> None:
    wants, weights = [list(each) for each in zip(*rows, strict=True)]

    filled = fill_by_weight(_curve([available]), _column(wants), _curve(weights))[:, 0].tolist()

    level = _water_level(available, wants, weights)
    exact = [
        min(want, level * weight) if weight else Fraction(0)
        for want, weight in zip(wants, weights, strict=True)
    ]
    assert sum(filled) == sum(exact)
    for cell, want, true in zip(filled, wants, exact, strict=True):
        assert 0 <= cell <= want
        assert abs(cell - true) < 1


@given(st.data(), st.integers(1, 40), st.integers(1, 6))
def test_a_split_is_exact_both_ways_and_within_one_unit_of_proportional(
    data: st.DataObject, producers: int, consumers: int
) -> None:
    productions = data.draw(st.lists(_ENERGY, min_size=producers, max_size=producers))
    wants = data.draw(st.lists(_ENERGY, min_size=consumers, max_size=consumers))
    pool = sum(productions)
    allocated = prorata(_curve([pool]), _column(wants))[:, 0].tolist()

    shares = split_between_producers(_column(allocated), _column(productions))[:, :, 0]

    assert shares.sum(axis=0).tolist() == allocated
    surplus = [made - int(gave) for made, gave in zip(productions, shares.sum(axis=1), strict=True)]
    rows = [*allocated, pool - sum(allocated)]
    for made, cells in zip(productions, np.column_stack([shares, surplus]).tolist(), strict=True):
        for cell, row in zip(cells, rows, strict=True):
            assert cell >= 0
            # By one where the exact share is whole: 1, 1 and 2, of which two take 1 each.
            assert abs(cell - Fraction(row * made, max(pool, 1))) <= 1


@given(st.data(), st.integers(2, 9), st.integers(1, 9))
def test_lost_units_go_to_whom_most_are_owed(
    data: st.DataObject, producers: int, consumers: int
) -> None:
    productions = data.draw(st.lists(_ENERGY, min_size=producers, max_size=producers))
    wants = data.draw(st.lists(_ENERGY, min_size=consumers, max_size=consumers))
    allocated = prorata(_curve([sum(productions)]), _column(wants))[:, 0].tolist()

    shares = split_between_producers(_column(allocated), _column(productions))[:, :, 0]

    assert shares.tolist() == _slow_split(allocated, productions)


@given(st.data(), cases())
def test_where_steps_are_cut_into_blocks_changes_nothing(data: st.DataObject, case: Case) -> None:
    key = data.draw(keys(case))

    with pytest.MonkeyPatch.context() as patch:
        whole = case.allocate(key).shares_wmin
        patch.setattr(blocks, "_BLOCK_BYTES", 0)
        patch.setattr(blocks, "_LEAST_STEPS", 1)
        step_by_step = case.allocate(key).shares_wmin

    assert (whole == step_by_step).all()


def test_steps_without_coefficients_are_counted_over_all_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocks, "_BLOCK_BYTES", 0)
    monkeypatch.setattr(blocks, "_LEAST_STEPS", 1)
    case = Case({Prm("99000000000001"): _curve([5, 5, 5])}, {GREEN: _curve([5, 5, 5])})
    row = {"start": stamps(case.starts)[:1], "consumer": [GREEN], "share": ["1.000000000"]}
    key = Dynamic(read_coefficients(pl.DataFrame(row), by_producer=False))

    with pytest.raises(KeyIncomplete, match="no coefficient: 2,"):
        case.allocate(key)


def _curve(values: list[int]) -> IntArray:
    return np.array(values, dtype=np.int64)


def _column(values: list[int]) -> IntArray:
    """Some rows over one step."""
    return _curve(values)[:, None]


def _water_level(available: int, wants: list[int], weights: list[int]) -> Fraction:
    """How much a unit of weight gets when what full rows leave has gone to the others."""
    rest, total, level = Fraction(available), sum(weights), Fraction(0)
    by_level = sorted((Fraction(w, k), w, k) for w, k in zip(wants, weights, strict=True) if k)
    for full_at, want, weight in by_level:
        level = rest / total
        if full_at > level:
            return level
        rest, total, level = rest - want, total - weight, full_at
    return level


def _slow_split(allocated: list[int], productions: list[int]) -> list[list[int]]:
    pool = sum(productions)
    rows = [*allocated, pool - sum(allocated)]
    cells = [[row * made // max(pool, 1) for row in rows] for made in productions]
    owed = [row - sum(column) for row, column in zip(rows, zip(*cells, strict=True), strict=True)]
    for made, column in zip(productions, cells, strict=True):
        neediest = sorted(range(len(rows)), key=lambda row: (-owed[row], row))
        for row in neediest[: made - sum(column)]:
            column[row] += 1
            owed[row] -= 1
    return [column[:-1] for column in cells]
