"""The outcome of a scenario: energy shared and left, its value, and how even it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from libs.common.ids import Prm
from services.allocation.domain.simulations.fairness import gini


@dataclass(frozen=True)
class ConsumerOutcome:
    prm: Prm
    consumption_wmin: int
    shared_wmin: int
    savings_cents: int

    @property
    def complement_wmin(self) -> int:
        return self.consumption_wmin - self.shared_wmin

    @property
    def coverage(self) -> float | None:
        """Shared part of the consumption; None without consumption."""
        return _ratio(self.shared_wmin, self.consumption_wmin)


@dataclass(frozen=True)
class ProducerOutcome:
    prm: Prm
    production_wmin: int
    shared_wmin: int
    revenue_cents: int

    @property
    def surplus_wmin(self) -> int:
        return self.production_wmin - self.shared_wmin


@dataclass(frozen=True)
class ScenarioOutcome:
    """consumers and producers: in prm order. Amounts are sums of rounded ones, so they add up."""

    name: str
    consumers: Sequence[ConsumerOutcome]
    producers: Sequence[ProducerOutcome]

    @property
    def production_wmin(self) -> int:
        return sum(producer.production_wmin for producer in self.producers)

    @property
    def consumption_wmin(self) -> int:
        return sum(consumer.consumption_wmin for consumer in self.consumers)

    @property
    def shared_wmin(self) -> int:
        return sum(consumer.shared_wmin for consumer in self.consumers)

    @property
    def surplus_wmin(self) -> int:
        return self.production_wmin - self.shared_wmin

    @property
    def complement_wmin(self) -> int:
        return self.consumption_wmin - self.shared_wmin

    @property
    def self_consumption_rate(self) -> float | None:
        """Shared part of the production."""
        return _ratio(self.shared_wmin, self.production_wmin)

    @property
    def self_sufficiency_rate(self) -> float | None:
        """Shared part of the consumption."""
        return _ratio(self.shared_wmin, self.consumption_wmin)

    @property
    def savings_cents(self) -> int:
        return sum(consumer.savings_cents for consumer in self.consumers)

    @property
    def revenue_cents(self) -> int:
        return sum(producer.revenue_cents for producer in self.producers)

    @property
    def coverages(self) -> list[float]:
        """Coverages of the consumers that consume at all."""
        return [consumer.coverage for consumer in self.consumers if consumer.coverage is not None]

    @property
    def gini_of_coverage(self) -> float | None:
        return gini(self.coverages)

    @property
    def lowest_coverage(self) -> float | None:
        return min(self.coverages, default=None)


def _ratio(part_wmin: int, whole_wmin: int) -> float | None:
    return part_wmin / whole_wmin if whole_wmin else None
