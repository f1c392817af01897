"""Exact integer arithmetic of sharing: prorata, weights with caps, split between producers.

Arrays are int64 watt-minutes, one column per step; rows are participants in prm order, so that
the order in which a caller names them changes nothing. No float, no loop over steps.
Rounding rules and their bounds: docs/adr/0004-cumulative-rounding.md.
"""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]

_INT64_MAX = 2**63 - 1


def scale(amount: IntArray, numerator: IntArray, denominator: IntArray | np.int64) -> IntArray:
    """⌊amount × numerator ÷ denominator⌋ cell by cell, exact; 0 where the denominator is 0.

    Arguments are ≥ 0, broadcast together, and every quotient fits 63 bits. Products that would
    not (more than 10 MW against 250 MW over an hour) are computed with Python's own integers.
    """
    divisor = np.maximum(denominator, 1)
    if _largest(amount) * _largest(numerator) <= _INT64_MAX:
        quotient: IntArray = amount * numerator // divisor
    else:
        wide = amount.astype(object) * numerator.astype(object) // divisor.astype(object)
        quotient = np.asarray(wide, dtype=np.int64)
    return np.where(denominator > 0, quotient, 0)


def _largest(values: IntArray) -> int:
    return int(values.max(initial=0))


def prorata(available: IntArray, wants: IntArray) -> IntArray:
    """Give every row what it wants, or prorata of it where ``available`` is short.

    available: [step]; wants and the result: [row, step]. Each column sums to
    min(available, Σ wants); each cell is within one unit of exact and never above what it wants.
    """
    cumulative = np.cumsum(wants, axis=0)
    total = wants.sum(axis=0)
    return _differences(scale(cumulative, np.minimum(available, total), total))


def _differences(cumulative: IntArray) -> IntArray:
    return np.diff(cumulative, axis=0, prepend=0)


def fill_by_weight(available: IntArray, wants: IntArray, weights: IntArray) -> IntArray:
    """Share by weight; what a full row leaves goes to the others, until nothing or nobody is left.

    available: [step]; wants and the result: [row, step]; weights: [row], only ratios matter.
    Each column sums to min(available, Σ wants of the rows with a weight); each cell is within one
    unit of the exact water level and never above what it wants.
    """
    given = np.zeros_like(wants)
    rest = available
    thirsty = np.broadcast_to(weights[:, None] > 0, wants.shape)
    while True:
        weight = np.where(thirsty, weights[:, None], 0)
        total = weight.sum(axis=0)
        # The level only rises as full rows leave, so a row that is full now stays full.
        full = thirsty & (wants <= scale(weight, rest, total))
        if not full.any():
            return given + _differences(scale(np.cumsum(weight, axis=0), rest, total))
        given = np.where(full, wants, given)
        rest = rest - np.where(full, wants, 0).sum(axis=0)
        thirsty = thirsty & ~full


def split_between_producers(allocated: IntArray, productions: IntArray) -> IntArray:
    """Split what each consumer got from the pool between producers, prorata of production.

    allocated: [consumer, step]; productions: [producer, step]; result: [producer, consumer, step].
    Summed over producers it is ``allocated`` exactly; summed over consumers it is at most the
    production, and equal to it where the pool is used up. Each cell, and each producer's surplus,
    is within one unit of proportional, for any number of participants.
    """
    pool = productions.sum(axis=0)
    # What nobody takes is one more row: then every producer's column has an exact total too.
    rows = np.vstack([allocated, (pool - allocated.sum(axis=0))[None]])
    cells = scale(rows[None], productions[:, None], pool)
    # Floors lose less than one unit per cell. A table of zeros and ones with the lost row and
    # column totals exists, as the lost fractions themselves show; serving column after column the
    # rows that are owed most finds one (Gale and Ryser).
    owed = (rows - cells.sum(axis=0)).astype(np.int32)
    for producer in range(len(productions) - 1):
        lacking = productions[producer] - cells[producer].sum(axis=0)
        served = _owed_most(owed, lacking)
        cells[producer] += served
        owed -= served
    assert not ((owed < 0) | (owed > 1)).any(), "the split between producers is not a 0/1 table"
    cells[-1] += owed
    return cells[:, :-1]


def _owed_most(owed: NDArray[np.int32], count: IntArray) -> NDArray[np.bool_]:
    """Mark, in each column, the ``count`` rows with the largest values; ties by row order."""
    # Bytes are sorted by counting, twice as fast; a byte holds up to 127 producers.
    compact = owed.astype(np.int8 if owed.max(initial=0) < 2**7 else np.int32)
    order = np.argsort(np.negative(compact), axis=0, kind="stable")
    marks = np.zeros(owed.shape, dtype=np.bool_)
    np.put_along_axis(marks, order, np.arange(len(owed))[:, None] < count, axis=0)
    return marks
