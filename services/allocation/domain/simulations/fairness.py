"""The Gini index: how evenly a quantity is distributed."""

import math
from collections.abc import Iterable


def gini(values: Iterable[float]) -> float | None:
    """Return 0 if all have the same, nearly 1 if one has everything; None if nobody has anything.

    Values ≥ 0. Half the mean difference of all pairs, over the mean (C. Gini, 1912).
    """
    ordered = sorted(values)
    total = math.fsum(ordered)
    if not total:
        return None
    count = len(ordered)
    # Each value is the larger one in as many pairs as there are values before it.
    weighted = math.fsum(
        (2 * rank - count - 1) * value for rank, value in enumerate(ordered, start=1)
    )
    return weighted / (count * total)
