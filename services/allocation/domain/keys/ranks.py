"""Ranks of points: each is served before the next, and shares its energy by its own rule."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray, fill_by_weight, prorata
from services.allocation.domain.keys.fields import check_count
from services.allocation.domain.keys.fractions import ONE, scaled
from services.allocation.domain.keys.problems import KeyInvalid

MAX_TOTAL_WEIGHT = 5_000_000
"""Of a rank: in billionths its running totals stay below 2⁵³, exact in the kernels."""


@dataclass(frozen=True)
class WeightedRank:
    """A rank shared by weight; what a point leaves goes to the others, by weight again.

    weights: above 0, with at most nine decimals, adding up to ``MAX_TOTAL_WEIGHT`` at most; only
    their ratios matter. Raises KeyInvalid otherwise.
    """

    weights: Mapping[Prm, Decimal]

    def __post_init__(self) -> None:
        for prm, weight in self.weights.items():
            if weight <= 0:
                raise KeyInvalid(
                    f"The weight of {prm} is {weight:f}, it must be above 0: "
                    "leave out a point that is to get nothing.",
                    prms=[prm],
                )
            scaled(weight, f"weight of {prm}")
        if (total := sum(self.weights.values())) > MAX_TOTAL_WEIGHT:
            raise KeyInvalid(
                f"The weights of a rank add up to {total:f}; {MAX_TOTAL_WEIGHT} is the most. "
                "Only their ratios matter: divide them all by one number."
            )

    @cached_property
    def integers(self) -> dict[Prm, int]:
        """The smallest whole numbers in the same ratios, by prm."""
        billionths = {prm: int(weight * ONE) for prm, weight in sorted(self.weights.items())}
        divisor = math.gcd(*billionths.values())
        return {prm: weight // divisor for prm, weight in billionths.items()}


Rank = Sequence[Prm] | WeightedRank
"""Points that share by the default rule, or by weight."""

Ranks = Sequence[Rank]


def points_of(ranks: Ranks) -> frozenset[Prm]:
    return frozenset(prm for rank in ranks for prm in _named(rank))


def _named(rank: Rank) -> Collection[Prm]:
    return rank.weights if isinstance(rank, WeightedRank) else rank


def check_ranks(ranks: Ranks, where: str) -> None:
    """Raise KeyInvalid when a point is named twice, or too many are."""
    times_by_prm = Counter(prm for rank in ranks for prm in _named(rank))
    if duplicates := sorted(prm for prm, times in times_by_prm.items() if times > 1):
        raise KeyInvalid(
            f"Named more than once in {where}: {', '.join(duplicates)}. A point has one rank.",
            prms=duplicates,
        )
    check_count(times_by_prm, where)


def serve(
    ranks: Ranks, consumers: Sequence[Prm], available_wmin: IntArray, wants_wmin: IntArray
) -> IntArray:
    """Serve the first rank, then the next from what is left, and so on.

    available_wmin: [step]; wants_wmin and the result: [consumer, step], in the order of
    ``consumers``, which is prm order. A consumer in no rank gets nothing.
    """
    row_by_prm = {prm: row for row, prm in enumerate(consumers)}
    allocated = np.zeros_like(wants_wmin)
    left_wmin = available_wmin
    for rank in ranks:
        rows = sorted(row_by_prm[prm] for prm in _named(rank) if prm in row_by_prm)
        if rows and left_wmin.any():
            wants = wants_wmin[rows]
            if isinstance(rank, WeightedRank):
                weights = np.array([rank.integers[consumers[row]] for row in rows], dtype=np.int64)
                rank_wmin = fill_by_weight(left_wmin, wants, weights)
            else:
                rank_wmin = prorata(left_wmin, wants)
            allocated[rows] = rank_wmin
            left_wmin = left_wmin - rank_wmin.sum(axis=0)
    return allocated


def content_of(ranks: Ranks) -> list[object]:
    """Return the ranks as plain JSON, equal for equal rules, however they were written."""
    return [
        {"weights": rank.integers} if isinstance(rank, WeightedRank) else sorted(rank)
        for rank in ranks
    ]
