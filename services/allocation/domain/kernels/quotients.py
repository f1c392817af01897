"""⌊amount × numerator ÷ denominator⌋, exact, without the processor's slow integer division.

The estimate in float64 is never below the exact quotient, and exceeds it by a part of less than
2⁻⁵⁰. Where amount × numerator < 2⁵⁰ that is less than the distance to the next whole number, so
the estimate's floor is the exact one; otherwise it may be one too large, which the remainder shows.
Proof: docs/adr/0007-exact-quotients.md.
"""

import numpy as np

from services.allocation.domain.kernels.arrays import IntArray, Whole

MAX_QUOTIENT = 2**50
"""19 TWh in watt-minutes, more than the world uses in an hour."""

_EXACT_PRODUCT = 2.0**50
_ROUND_UP = 1 + 2.0**-51


def scale(amount: IntArray, numerator: IntArray, denominator: IntArray | np.int64) -> IntArray:
    """⌊amount × numerator ÷ denominator⌋ cell by cell; 0 where the denominator is 0.

    Arguments lie between 0 and 2⁵³, broadcast together, and no quotient exceeds MAX_QUOTIENT.
    """
    numbers = [np.asarray(array, dtype=np.float64) for array in (amount, numerator, denominator)]
    quotient = np.empty(np.broadcast_shapes(*(number.shape for number in numbers)))
    write_quotient(*numbers, out=quotient)
    quotients: IntArray = quotient.astype(np.int64)
    return quotients


def write_quotient(amount: Whole, numerator: Whole, denominator: Whole, *, out: Whole) -> None:
    """Write to ``out``, which may be ``amount``, what ``scale`` returns; all whole numbers."""
    ratio = np.where(denominator > 0, numerator / np.maximum(denominator, 1), 0) * _ROUND_UP
    if amount.max(initial=0) * numerator.max(initial=0) < _EXACT_PRODUCT:
        np.floor(np.multiply(amount, ratio, out=out), out=out)
        return
    product = amount.astype(np.int64) * numerator.astype(np.int64)
    np.floor(np.multiply(amount, ratio, out=out), out=out)
    assert out.max(initial=0) <= MAX_QUOTIENT + 1, "more energy than a quotient can hold"
    # Products wrap at 2⁶⁴; their difference, within ± denominator, does not.
    remainder = product - out.astype(np.int64) * denominator.astype(np.int64)
    np.subtract(out, (remainder < 0) & (denominator > 0), out=out)
