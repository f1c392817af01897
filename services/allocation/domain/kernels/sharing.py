"""Sharing one amount per step between rows: prorata of what they want, or by weight."""

import numpy as np

from services.allocation.domain.kernels.arrays import IntArray, Whole, running_sums
from services.allocation.domain.kernels.quotients import write_quotient

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
    write_quotient(sums, np.minimum(available, total), total, out=sums)
    given = np.empty_like(wants)
    np.copyto(given[0], sums[0], casting="unsafe")
    np.subtract(sums[1:], sums[:-1], out=given[1:], casting="unsafe")
    return given


def fill_by_weight(available: IntArray, wants: IntArray, weights: IntArray) -> IntArray:
    """Share by weight; what a full row leaves goes to the others, until nothing or nobody is left.

    available: [step]; wants and the result: [row, step]; weights: [row], only ratios matter, and
    their sum is below 2⁵³. Each column sums to min(available, Σ wants of the rows with a weight);
    each cell is within one unit of the exact water level and never above what it wants.
    """
    given = np.zeros_like(wants)
    weighty = np.flatnonzero(weights)
    if not len(weighty):
        return given
    whole = (weights[weighty] // np.gcd.reduce(weights)).astype(np.float64)[:, None]
    given[weighty] = _fill(available.astype(np.float64), wants[weighty].astype(np.float64), whole)
    return given


def _fill(available: Whole, wants: Whole, weights: Whole) -> Whole:
    """The same; weights: [row, 1], positive."""
    full = _surely_full(available, wants, weights)
    sums = np.empty_like(wants)
    while True:
        rest = available - np.einsum("ij,ij->j", wants, full)
        thirsty = weights - weights * full
        total = thirsty.sum(axis=0)
        # The level only rises as full rows leave, so a row that is full now stays full.
        write_quotient(thirsty, rest, total, out=sums)
        newly = (wants <= sums) & (full == 0)
        if not newly.any():
            break
        full += newly
    running_sums(thirsty, out=sums)
    write_quotient(sums, rest, total, out=sums)
    given = wants * full
    given[0] += sums[0]
    given[1:] += np.diff(sums, axis=0)
    return given


def _surely_full(available: Whole, wants: Whole, weights: Whole) -> Whole:
    """1 for rows that the water covers, 0 for the others and for those very near to its level.

    Quotients are rounded here, hence the distance kept; who is left out is found exactly later.
    """
    filled_at = wants / weights
    full, level = np.zeros_like(wants), available / weights.sum()
    while True:
        np.less_equal(filled_at, level * _JUST_BELOW, out=full)
        rest = available - np.einsum("ij,ij->j", wants, full)
        total = weights.sum() - (weights * full).sum(axis=0)
        raised = np.where(total > 0, rest / np.maximum(total, 1), _NO_LIMIT)
        if np.array_equal(raised, level):
            return full
        level = raised
