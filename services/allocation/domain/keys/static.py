"""Fixed shares of the pooled production; what capped points leave may be shared again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import (
    IntArray,
    fill_by_weight,
    scale,
    split_between_producers,
)
from services.allocation.domain.keys.fractions import ONE, billionths, check_total
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class Static:
    """Each consumer may take its share of the production, never more than it consumes.

    shares: between 0 and 1 with at most nine decimals, sum at most 1; a consumer without a share
    gets nothing. Raises KeyInvalid otherwise. What a consumer leaves is surplus, unless
    ``redistribute``: then the rest is shared again, with the same weights, among the consumers that
    still have an appetite, until production or appetite is exhausted.
    """

    type: ClassVar = "static"

    shares: Mapping[Prm, Decimal]
    redistribute: bool = False

    def __post_init__(self) -> None:
        check_total(self._billionths, "The shares")

    @property
    def _billionths(self) -> dict[Prm, int]:
        return {prm: billionths(share, f"share of {prm}") for prm, share in self.shares.items()}

    @property
    def points(self) -> tuple[frozenset[Prm], frozenset[Prm]]:
        return frozenset(), frozenset(self.shares)

    def share(self, metered: Metered) -> IntArray:
        weights = metered.for_consumers(self._billionths)
        wants = metered.consumption_wmin
        if self.redistribute:
            allocated = fill_by_weight(metered.pool_wmin, wants, weights)
        else:
            allocated = static_share(metered, weights[:, None])
        return split_between_producers(allocated, metered.production_wmin)

    def fingerprint(self, metered: Metered) -> str:  # noqa: ARG002 - same signature for all keys
        return json.dumps([self.type, self.redistribute, sorted(self._billionths.items())])


def static_share(metered: Metered, share_billionths: IntArray) -> IntArray:
    """Return min(⌊k·P⌋, C) for shares given as [consumer, step] or [consumer, 1]."""
    offered = scale(share_billionths, metered.pool_wmin, np.int64(ONE))
    return np.minimum(offered, metered.consumption_wmin)
