"""Shares of each producer for each consumer that change with every step."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray, prorata, scale
from services.allocation.domain.keys.coefficients import Coefficients, digest
from services.allocation.domain.keys.fractions import ONE
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class FullDynamic:
    """Each producer offers ⌊k·P⌋; a consumer offered too much is cut back prorata of the offers.

    Who absorbs that cut at the network operator is not published (domain notes §1.7).
    """

    type: ClassVar = "full_dynamic"

    coefficients: Coefficients

    @property
    def points(self) -> tuple[frozenset[Prm], frozenset[Prm]]:
        return frozenset(self.coefficients.producers), frozenset(self.coefficients.consumers)

    def share(self, metered: Metered) -> IntArray:
        shares = self.coefficients.of_couples(metered)
        offers = scale(shares, metered.production_wmin[:, None], np.int64(ONE))
        producers = len(metered.producers)
        # A consumer's appetite is to its offers what the pool is to consumptions: same kernel.
        cut_offers = prorata(metered.consumption_wmin.reshape(-1), offers.reshape(producers, -1))
        return cut_offers.reshape(offers.shape)

    def fingerprint(self, metered: Metered) -> str:
        return f"{self.type} {digest(self.coefficients.of_couples(metered))}"
