"""The explanation of one producer's day: its sales to all consumers together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from libs.common.ids import Prm
from services.allocation.domain.explanations.steps import ProducerStep, instants
from services.allocation.domain.kernels import IntArray
from services.allocation.domain.metered import Metered


@dataclass(frozen=True)
class ProducerDay:
    """One entry per step; withheld: without sales, which would reveal a neighbour's curve."""

    steps: Sequence[ProducerStep]
    withheld: bool = False

    @property
    def production_wmin(self) -> int:
        return sum(step.production_wmin for step in self.steps)

    @property
    def sold_wmin(self) -> int | None:
        return None if self.withheld else sum(step.sold_wmin or 0 for step in self.steps)

    def without_others(self) -> Self:
        """Keep only the producer's own metered energy."""
        return replace(
            self, steps=[replace(step, sold_wmin=None) for step in self.steps], withheld=True
        )


def explain_producer(metered: Metered, prm: Prm, shares_wmin: Iterable[IntArray]) -> ProducerDay:
    """Explain the use of each step's production.

    metered: all points of the day, with the starts of its steps; perhaps no consumer. shares_wmin:
    the share of each consumer in this producer's energy, [step].
    """
    production_wmin = metered.production_wmin[metered.producers.index(prm)]
    sold_wmin = sum(shares_wmin, start=production_wmin * 0)
    columns = zip(
        instants(metered.starts_epoch_min),
        production_wmin.tolist(),
        sold_wmin.tolist(),
        strict=True,
    )
    return ProducerDay([ProducerStep(*column) for column in columns])
