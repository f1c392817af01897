"""Which part of an operation somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from libs.common.ids import Direction, Prm
from services.allocation.domain.perimeter import Participation


@dataclass(frozen=True)
class Scope:
    """Everything (own None), or the days of some participations only.

    hidden: points of which it has no half-hours.
    """

    own: Sequence[Participation] | None = None
    hidden: frozenset[Prm] = frozenset()

    @property
    def points(self) -> set[Prm]:
        return {one.prm for one in self.own or ()}

    @property
    def consuming(self) -> Self:
        """Without what its points produce: whoever sees all is left to see all."""
        return self if self.own is None else type(self)(self.of(Direction.CONSUMPTION))

    def may_see(self, prm: Prm) -> bool:
        return self.own is None or prm in self.points

    def of(self, direction: Direction) -> Sequence[Participation]:
        assert self.own is not None, "everything is no list"
        return [one for one in self.own if one.direction == direction]


EVERYTHING = Scope()
