"""The part of an operation's shares that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from libs.common.ids import Direction, Prm
from libs.common.scopes import PointScope
from services.allocation.domain.perimeter import Participation


@dataclass(frozen=True)
class ShareScope(PointScope[Participation]):
    """hidden: points whose half-hours are not included."""

    hidden: frozenset[Prm] = frozenset()

    @property
    def points(self) -> set[Prm]:
        return {participation.prm for participation in self.participations or ()}

    @property
    def consuming(self) -> Self:
        """The scope without production; a scope of everything stays everything."""
        return self if self.is_everything else type(self)(self.of(Direction.CONSUMPTION))

    def may_see(self, prm: Prm) -> bool:
        return self.is_everything or prm in self.points

    def of(self, direction: Direction) -> Sequence[Participation]:
        assert self.participations is not None, "everything is no list"
        return [
            participation
            for participation in self.participations
            if participation.direction == direction
        ]


ALL_SHARES = ShareScope(None)
