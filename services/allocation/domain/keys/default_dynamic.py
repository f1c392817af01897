"""The rule that applies when nothing was chosen: prorata of consumption (D315-6)."""

from dataclasses import dataclass
from typing import ClassVar

from libs.common.ids import Prm
from services.allocation.domain.kernels import IntArray, prorata, split_between_producers
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class DefaultDynamic:
    """Everyone gets what they consume, or their part of the production where that is short."""

    type: ClassVar = "default_dynamic"

    @property
    def points(self) -> tuple[frozenset[Prm], frozenset[Prm]]:
        return frozenset(), frozenset()

    def share(self, metered: Metered) -> IntArray:
        allocated = prorata(metered.pool_wmin, metered.consumption_wmin)
        return split_between_producers(allocated, metered.production_wmin)

    def fingerprint(self, metered: Metered) -> str:  # noqa: ARG002 - same signature for all keys
        return self.type
