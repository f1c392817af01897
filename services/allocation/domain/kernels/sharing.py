"""Share one amount per step between rows: prorata of their demand, or by weight."""

import numpy as np

from services.allocation.domain.kernels.arrays import IntArray, Whole, running_sums
from services.allocation.domain.kernels.quotients import write_nearest, write_quotient

_JUST_BELOW = 1 - 2.0**-48
_NO_LIMIT = np.finfo(np.float64).max


def prorata(available: IntArray, wants: IntArray) -> IntArray:
    """Give every row what it wants, or prorata of it where ``available`` is short.

    available: [step]; wants and the result: [row, step]. Each column sums to
    min(available, Σ wants); each cell is within one unit of exact and never above what it wants.
    """
    sums = np.empty(wants.shape)
    if not len(wants):
        return wants
    running_sums(wants, out=sums)
    total = sums[-1].copy()
    write_nearest(sums, np.minimum(available, total), total, out=sums)
    allocated = np.empty_like(wants)
    np.copyto(allocated[0], sums[0], casting="unsafe")
    np.subtract(sums[1:], sums[:-1], out=allocated[1:], casting="unsafe")
    return allocated


def fill_by_weight(available: IntArray, wants: IntArray, weights: IntArray) -> IntArray:
    """Share by weight; what a full row leaves goes to the others, until nothing or nobody is left.

    available: [step]; wants and the result: [row, step]; weights: [row], only ratios matter, and
    their sum is below 2⁵³. Each column sums to min(available, Σ wants of the rows with a weight);
    each cell is within one unit of the exact water level and never above what it wants.
    """
    allocated = np.zeros_like(wants)
    weighted_rows = np.flatnonzero(weights)
    if not len(weighted_rows):
        return allocated
    small_weights = (weights[weighted_rows] // np.gcd.reduce(weights)).astype(np.float64)[:, None]
    allocated[weighted_rows] = _fill(
        available.astype(np.float64), wants[weighted_rows].astype(np.float64), small_weights
    )
    return allocated


def _fill(available: Whole, wants: Whole, weights: Whole) -> Whole:
    """Share by weight; weights: [row, 1], positive."""
    full = _surely_full(available, wants, weights)
    sums = np.empty_like(wants)
    while True:
        left = available - np.einsum("ij,ij->j", wants, full)
        thirsty = weights - weights * full
        total = thirsty.sum(axis=0)
        # The level only rises as full rows leave, so a row that is full now stays full.
        write_quotient(thirsty, left, total, out=sums)
        newly_full = (wants <= sums) & (full == 0)
        if not newly_full.any():
            break
        full += newly_full
    running_sums(thirsty, out=sums)
    write_nearest(sums, left, total, out=sums)
    allocated = wants * full
    allocated[0] += sums[0]
    allocated[1:] += np.diff(sums, axis=0)
    return allocated


def _surely_full(available: Whole, wants: Whole, weights: Whole) -> Whole:
    """Return 1 for rows that the water covers, 0 for the others and for those very near its level.

    Quotients are rounded here, hence the margin; rows left out are found exactly later.
    """
    filled_at = wants / weights
    full, level = np.zeros_like(wants), available / weights.sum()
    while True:
        np.less_equal(filled_at, level * _JUST_BELOW, out=full)
        left = available - np.einsum("ij,ij->j", wants, full)
        total = weights.sum() - (weights * full).sum(axis=0)
        raised = np.where(total > 0, left / np.maximum(total, 1), _NO_LIMIT)
        if np.array_equal(raised, level):
            return full
        level = raised
