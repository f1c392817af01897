"""The part of an operation that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from libs.common.ids import Direction, Prm
from services.allocation.domain.perimeter import Participation


@dataclass(frozen=True)
class Scope:
    """Everything (own None), or the days of some participations only.

    hidden: points whose half-hours are not included.
    """

    own: Sequence[Participation] | None = None
    hidden: frozenset[Prm] = frozenset()

    @property
    def points(self) -> set[Prm]:
        return {participation.prm for participation in self.own or ()}

    @property
    def consuming(self) -> Self:
        """The scope without production; a scope of everything stays everything."""
        return self if self.own is None else type(self)(self.of(Direction.CONSUMPTION))

    def may_see(self, prm: Prm) -> bool:
        return self.own is None or prm in self.points

    def of(self, direction: Direction) -> Sequence[Participation]:
        assert self.own is not None, "everything is no list"
        return [participation for participation in self.own if participation.direction == direction]


EVERYTHING = Scope()
