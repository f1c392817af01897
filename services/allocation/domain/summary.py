"""A month in figures: the energy of each point, and whether the energy balance is exact."""

from collections.abc import Sequence
from dataclasses import dataclass

from libs.common.ids import Direction
from services.allocation.domain.days import PointTotal


@dataclass(frozen=True)
class SideTotal:
    """One side of the operation: what it metered, what of it was shared, what is left."""

    metered_wmin: int
    shared_wmin: int

    @property
    def rest_wmin(self) -> int:
        """Surplus of producers, complement of consumers."""
        return self.metered_wmin - self.shared_wmin

    @property
    def rate(self) -> float | None:
        """The shared part of the metered energy; None if nothing was metered."""
        return self.shared_wmin / self.metered_wmin if self.metered_wmin else None


@dataclass(frozen=True)
class Summary:
    """points: in prm order. given_wmin and taken_wmin: sums over the shares of the same points.

    Point totals and shares are stored separately, so the balances are a real check.
    """

    points: Sequence[PointTotal]
    given_wmin: int
    taken_wmin: int

    @property
    def producers(self) -> list[PointTotal]:
        return [point for point in self.points if point.direction == Direction.PRODUCTION]

    @property
    def consumers(self) -> list[PointTotal]:
        return [point for point in self.points if point.direction == Direction.CONSUMPTION]

    @property
    def production(self) -> SideTotal:
        return side_of(self.producers)

    @property
    def consumption(self) -> SideTotal:
        return side_of(self.consumers)

    @property
    def production_balance_wmin(self) -> int:
        """Production − shares − surplus; must be 0."""
        return self.production.metered_wmin - self.given_wmin - self.production.rest_wmin

    @property
    def consumption_balance_wmin(self) -> int:
        """Consumption − shares − complement; must be 0."""
        return self.consumption.metered_wmin - self.taken_wmin - self.consumption.rest_wmin


def side_of(points: Sequence[PointTotal]) -> SideTotal:
    return SideTotal(
        sum(point.metered_wmin for point in points), sum(point.shared_wmin for point in points)
    )
