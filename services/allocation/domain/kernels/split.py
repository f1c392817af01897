"""Splitting the consumers' part of the pool between its producers."""

import numpy as np
from numpy.typing import NDArray

from services.allocation.domain.kernels.arrays import IntArray, Whole
from services.allocation.domain.kernels.quotients import write_quotient

Small = NDArray[np.signedinteger]
"""Counts of units, in the narrowest type that holds the number of rows and of producers."""


def split_between_producers(allocated: IntArray, productions: IntArray) -> IntArray:
    """Split each consumer's energy from the pool between producers, prorata of production.

    allocated: [consumer, step]; productions: [producer, step]; result: [producer, consumer, step].
    Summed over producers it is ``allocated`` exactly; summed over consumers it is at most the
    production, and equal to it where the pool is used up. Each cell, and each producer's surplus,
    is within one unit of proportional, for any number of participants.
    """
    if len(productions) == 1:
        return allocated[None]
    produced = productions.astype(np.float64)
    pool = produced.sum(axis=0)
    # The surplus is one more row: then every producer's column has an exact total too.
    rows = np.empty((len(allocated) + 1, len(pool)))
    rows[:-1] = allocated
    rows[-1] = pool - rows[:-1].sum(axis=0)
    cells = np.empty((len(produced), *rows.shape))
    # Separately, as the surplus may be much larger than any share, and large products take longer.
    for row_range in (slice(-1), slice(-1, None)):
        write_quotient(rows[None, row_range], produced[:, None], pool, out=cells[:, row_range])
    lacking = produced - cells.sum(axis=1)
    for column in cells:
        rows -= column
    shares = np.empty((len(cells), *allocated.shape), dtype=np.int64)
    for column, units, share in zip(cells, _hand_out(rows, lacking), shares, strict=True):
        np.add(column[:-1], units[:-1], out=share, casting="unsafe")
    return shares


def _hand_out(lost_by_row: Whole, lacking: Whole) -> list[Small]:
    """Hand out the units lost by floors: a table of zeros and ones for each producer.

    lost_by_row: [row, step], units lost by each row; lacking: [producer, step], by each producer.
    Floors lose less than one unit per cell. A table of zeros and ones with these totals exists, as
    the lost fractions themselves show; serving, producer after producer, the rows that are owed
    most finds one (Gale and Ryser).
    """
    small = np.min_scalar_type(-1 - max(len(lost_by_row), len(lacking)))
    units_left, counts = lost_by_row.astype(small), lacking.astype(small)
    tables = []
    for producer, count in enumerate(counts[:-1]):
        served = _owed_most(units_left, count, most=min(len(counts) - 1, len(counts) - producer))
        units_left -= served
        tables.append(served)
    assert units_left.min(initial=0) >= 0, "a row was served more than it was owed"
    assert units_left.max(initial=0) <= 1, "the split between producers is not a table of 0 and 1"
    return [*tables, units_left]


def _owed_most(owed_units: Small, count: Small, *, most: int) -> Small:
    """Mark, in each column, the ``count`` rows with the largest values; ties by row order.

    No value exceeds ``most``. There are few values, so they are counted rather than sorted.
    """
    # All rows that are owed at least `bound` are served, and the first of those owed one unit
    # less. It is found by halving: at least `below` would be too many rows.
    below, bound, turns = (
        np.zeros_like(count),
        np.full(count.shape, most + 1, count.dtype),
        count.copy(),
    )
    for _ in range(most.bit_length()):
        middle = (below + bound) // 2
        rows = (owed_units >= middle).view(np.int8).sum(axis=0, dtype=count.dtype)
        enough = rows <= count
        np.copyto(bound, middle, where=enough)
        np.subtract(count, rows, out=turns, where=enough)
        np.copyto(below, middle, where=~enough)
    is_tied = owed_units == below
    order = _running_counts(is_tied.astype(count.dtype))
    served: Small = ((owed_units >= bound) | (is_tied & (order <= turns))).view(np.int8)
    return served


def _running_counts(marks: Small) -> Small:
    """Sum the rows up to each row, by sums of 2, 4, 8… rows: a few calls for any number."""
    spare, reach = np.empty_like(marks), 1
    while reach < len(marks):
        spare[:reach] = marks[:reach]
        np.add(marks[reach:], marks[:-reach], out=spare[reach:])
        marks, spare, reach = spare, marks, 2 * reach
    return marks
