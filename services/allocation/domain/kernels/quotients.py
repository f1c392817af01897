"""amount × numerator ÷ denominator in whole numbers, exact, without slow integer division.

The estimate in float64 is above the exact quotient (but for 0), and exceeds it by a part of less
than 2⁻⁵⁰. Where amount × numerator < 2⁵⁰ that is less than the distance to the next whole number,
and below 2⁴⁹ to the next half, so that the estimate is rounded as the exact one would be; otherwise
its floor may be one too large, which the remainder shows. Proofs: docs/adr/0007-exact-quotients.md,
and for the nearest docs/adr/0048-running-totals-to-the-nearest.md.
"""

import numpy as np

from services.allocation.domain.kernels.arrays import IntArray, Whole

MAX_QUOTIENT = 2**50
"""19 TWh in watt-minutes, more than the world uses in an hour."""

_EXACT_FLOOR, _EXACT_NEAREST = 2.0**50, 2.0**49
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
    if _largest_product(amount, numerator) < _EXACT_FLOOR:
        np.floor(np.multiply(amount, _ratio(numerator, denominator), out=out), out=out)
    else:
        _write_large_quotient(amount, numerator, denominator, out)


def write_nearest(amount: Whole, numerator: Whole, denominator: Whole, *, out: Whole) -> None:
    """Write to ``out`` the whole number nearest to each quotient, the upper one of two."""
    if _largest_product(amount, numerator) < _EXACT_NEAREST:
        # No estimate is a half, as it is above the quotient: rint has no tie to break.
        np.rint(np.multiply(amount, _ratio(numerator, denominator), out=out), out=out)
    else:
        remainder = _write_large_quotient(amount, numerator, denominator, out)
        np.add(out, (2 * remainder >= denominator) & (denominator > 0), out=out)


def _largest_product(amount: Whole, numerator: Whole) -> float:
    return float(amount.max(initial=0) * numerator.max(initial=0))


def _ratio(numerator: Whole, denominator: Whole) -> Whole:
    ratio: Whole = np.where(denominator > 0, numerator / np.maximum(denominator, 1), 0) * _ROUND_UP
    return ratio


def _write_large_quotient(
    amount: Whole, numerator: Whole, denominator: Whole, out: Whole
) -> IntArray:
    """Write the floors of quotients of any size, and return what is left of each product."""
    product = amount.astype(np.int64) * numerator.astype(np.int64)
    np.floor(np.multiply(amount, _ratio(numerator, denominator), out=out), out=out)
    assert out.max(initial=0) <= MAX_QUOTIENT + 1, "more energy than a quotient can hold"
    # Products wrap at 2⁶⁴; their difference, within ± denominator, does not.
    whole_denominator = denominator.astype(np.int64)
    remainder: IntArray = product - out.astype(np.int64) * whole_denominator
    is_too_large = (remainder < 0) & (denominator > 0)
    np.subtract(out, is_too_large, out=out)
    return remainder + np.where(is_too_large, whole_denominator, 0)
