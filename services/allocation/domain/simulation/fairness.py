"""How evenly something is spread."""

import math
from collections.abc import Iterable


def gini(values: Iterable[float]) -> float | None:
    """0: all have the same; towards 1: one has everything. None when nobody has anything.

    Values ≥ 0. Half the mean difference of all pairs, over the mean (C. Gini, 1912).
    """
    ordered = sorted(values)
    total = math.fsum(ordered)
    if not total:
        return None
    count = len(ordered)
    # Of all pairs, each value is the larger one of as many as come before it, and so on.
    weighted = math.fsum(
        (2 * rank - count - 1) * value for rank, value in enumerate(ordered, start=1)
    )
    return weighted / (count * total)
