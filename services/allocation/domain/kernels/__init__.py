"""Exact integer arithmetic of sharing: prorata, weights with caps, split between producers.

Arrays are int64 watt-minutes, one column per step; rows are participants in prm order, so that
the order in which a caller names them changes nothing. No loop over steps.
Rounding rules and their bounds: docs/adr/0048-running-totals-to-the-nearest.md between consumers,
docs/adr/0004-cumulative-rounding.md between producers; fast exact quotients:
docs/adr/0007-exact-quotients.md.
"""

from services.allocation.domain.kernels.arrays import IntArray
from services.allocation.domain.kernels.quotients import MAX_QUOTIENT, scale
from services.allocation.domain.kernels.sharing import fill_by_weight, prorata
from services.allocation.domain.kernels.split import split_between_producers

__all__ = [
    "MAX_QUOTIENT",
    "IntArray",
    "fill_by_weight",
    "prorata",
    "scale",
    "split_between_producers",
]
