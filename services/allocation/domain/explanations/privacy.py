"""What an explanation may tell a member about neighbours.

A member's own curves are theirs. What all producers made together is for them to see only where
it is not what one household made (``domain/plants.py``). And own share ÷ own consumption ×
production is what all consumers together consumed, and in a small operation that is one
neighbour's curve: so whatever others' consumption can be worked out from is shown only where it is
a sum over enough points of enough other members. Else a member sees the own consumption, share and
complement, and which rule applied. Staff see everything, and so does the organiser as long as each
member lets them see the load curve; else what is not shown to the organiser is to them as others'.

Sums of one step never overlap, and what is the viewer's own is taken off before counting. So sums
put together, or taken from one another or from the viewer's own, are about whole sums again.

Nor are two looks at a day about fewer than one: its sums are told over one set of points, the first
that anybody was told of (ADR 29). Else a mistake that is mended in the perimeter, or a reading that
comes later, would tell the point that it is about.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from libs.common.ids import Prm
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.plants import is_production_told, plants_on

_LEAST_MEMBERS = 3
"""A sum over fewer others is not shown: official statistics know it as the rule of three. With two,
each of them could take the own part off and read the other's."""


@dataclass(frozen=True)
class Viewer:
    """For whom a day is explained; own: consumers whose curves they have; owners: who has each.

    What does not take part that day is in no sum. least_points: of others, in a sum that is shown.
    is_production_told: that of all producers together. has_changed: whom the day's sums are over,
    the own points aside, since they were first told.
    """

    own: frozenset[Prm]
    owners: Mapping[Prm, UUID]
    least_points: int
    is_production_told: bool
    has_changed: bool = False

    @property
    def is_one_of_many(self) -> bool:
        """Whether a sum over all may be told."""
        return self._are_enough(self._others(self.owners))

    def after(self, told: AbstractSet[Prm], now: AbstractSet[Prm]) -> Self:
        """Of a day whose sums were first told over some consumers, and would be over these."""
        return replace(self, has_changed=not (told ^ now) <= self.own)

    def may_be_told(self, sums: Iterable[Collection[Prm]]) -> bool:
        """Whether each sum is over nobody else, or over enough others."""
        others = [self._others(prms) for prms in sums]
        return all(not prms or self._are_enough(prms) for prms in others)

    def may_be_told_sales(self, takers: Collection[Prm]) -> bool:
        """Whether a producer may see by step what it sold: to nobody else, or to enough others.

        takers: the consumers that got something of it that day. That none did tells of those who
        might.
        """
        return not self._others(self.owners) or self._are_enough(self._others(takers))

    def _others(self, prms: Iterable[Prm]) -> set[Prm]:
        return self.owners.keys() & set(prms) - self.own

    def _are_enough(self, prms: Collection[Prm]) -> bool:
        members = {self.owners[prm] for prm in prms}
        return (
            not self.has_changed
            and len(prms) >= self.least_points
            and len(members) >= _LEAST_MEMBERS
        )


def viewer_on(perimeter: Perimeter, day: date, member_id: UUID, *, least_points: int) -> Viewer:
    is_told, owners = is_production_told(perimeter, day, member_id), perimeter.consumers_on(day)
    own = frozenset(prm for prm, owner in owners.items() if owner == member_id)
    return Viewer(own, owners, least_points, is_production_told=is_told)


def organiser_on(
    perimeter: Perimeter, day: date, hidden: Collection[Prm], *, least_points: int
) -> Viewer | None:
    """None where nothing is hidden, as everything is told."""
    if not hidden:
        return None
    owners = perimeter.consumers_on(day)
    is_told = not any(one.prm in hidden for one in plants_on(perimeter, day))
    own = frozenset(owners.keys() - set(hidden))
    return Viewer(own, owners, least_points, is_production_told=is_told)
