"""Ranks served one after the other; inside a rank, the default rule."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray, prorata, split_between_producers
from services.allocation.domain.keys.problems import KeyInvalid
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class Priority:
    """The first rank is served first, the next one shares what is left, and so on.

    A consumer in no rank gets nothing. Raises KeyInvalid when a point is named twice.
    """

    type: ClassVar = "priority"

    ranks: Sequence[Sequence[Prm]]

    def __post_init__(self) -> None:
        named = Counter(prm for rank in self.ranks for prm in rank)
        if twice := sorted(prm for prm, times in named.items() if times > 1):
            raise KeyInvalid(f"Named more than once in the ranks: {', '.join(twice)}.", prms=twice)

    @property
    def points(self) -> tuple[frozenset[Prm], frozenset[Prm]]:
        return frozenset(), frozenset(prm for rank in self.ranks for prm in rank)

    def share(self, metered: Metered) -> IntArray:
        rest = metered.pool_wmin
        allocated = np.zeros_like(metered.consumption_wmin)
        for rank in self.ranks:
            members = np.isin(metered.consumers, list(rank))
            given = prorata(rest, metered.consumption_wmin[members])
            allocated[members] = given
            rest = rest - given.sum(axis=0)
        return split_between_producers(allocated, metered.production_wmin)

    def fingerprint(self, metered: Metered) -> str:  # noqa: ARG002 - same signature for all keys
        return json.dumps([self.type, [sorted(rank) for rank in self.ranks]])
