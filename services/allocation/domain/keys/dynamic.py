"""Shares of the pooled production that change with every step."""

from dataclasses import dataclass
from typing import ClassVar

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray, split_between_producers
from services.allocation.domain.keys.coefficients import Coefficients, digest
from services.allocation.domain.keys.static import static_share
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class Dynamic:
    """The static rule, with the shares of each step."""

    type: ClassVar = "dynamic"

    coefficients: Coefficients

    @property
    def points(self) -> tuple[frozenset[Prm], frozenset[Prm]]:
        return frozenset(), frozenset(self.coefficients.consumers)

    def share(self, metered: Metered) -> IntArray:
        allocated = static_share(metered, self.coefficients.of_pool(metered))
        return split_between_producers(allocated, metered.production_wmin)

    def fingerprint(self, metered: Metered) -> str:
        return f"{self.type} {digest(self.coefficients.of_pool(metered))}"
