"""The limit of an explanation: the facts about neighbours that it may reveal to a member.

A member's own curves are theirs. They may see the production of all producers together only where
it is not that of one household (``domain/plants.py``). Own share ÷ own consumption × production is
what all consumers together consumed, and in a small operation that is one neighbour's curve. So
anything from which others' consumption can be computed is shown only if it is a sum over enough
points of enough other members. Otherwise a member sees their own consumption, share and
complement, and which rule applied. Staff see everything, and so does the organiser as long as each
member lets them see the load curve; to the organiser, hidden points count as others' points.

Sums of one step never overlap, and the viewer's own part is subtracted before counting. So adding
or subtracting sums, or the viewer's own part, gives whole sums again.

Two views of a day may not differ by fewer points either: its sums are shown over one set of points,
the first that anybody was shown (ADR 29). Otherwise a corrected perimeter, or a later reading,
would reveal the point that it concerns.
"""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from libs.common.ids import Prm
from services.allocation.domain.perimeter import Perimeter
from services.allocation.domain.plants import is_production_visible, plants_on

_LEAST_MEMBERS = 3
"""A sum over fewer others is not shown: the rule of three of official statistics.

With two, each of them could subtract their own part and read the other's.
"""


@dataclass(frozen=True)
class ExplanationViewer:
    """The person for whom a day is explained. own_points: consumers whose curves they may see.

    owners: the member of each consumer that takes part that day; others are in no sum.
    least_points: the least number of others in a sum that is shown. is_production_visible: whether
    the production of all producers together is shown. has_changed: whether the consumers in the
    day's sums, other than the own points, have changed since the sums were first shown.
    """

    own_points: frozenset[Prm]
    owners: Mapping[Prm, UUID]
    least_points: int
    is_production_visible: bool
    has_changed: bool = False

    @property
    def is_one_of_many(self) -> bool:
        """Whether a sum over all may be shown."""
        return self._are_enough(self._others(self.owners))

    def after(self, first_shown: AbstractSet[Prm], current: AbstractSet[Prm]) -> Self:
        """Return the viewer of a day whose sums were first shown over other consumers than now."""
        return replace(self, has_changed=not (first_shown ^ current) <= self.own_points)

    def may_see_sums(self, sums: Iterable[Collection[Prm]]) -> bool:
        """Return whether each sum covers nobody else, or enough others."""
        others_in_sums = [self._others(prms) for prms in sums]
        return all(not prms or self._are_enough(prms) for prms in others_in_sums)

    def may_see_sales(self, takers: Collection[Prm]) -> bool:
        """Return whether a producer may see its sales by step: to nobody else, or to enough others.

        takers: the consumers that received some of it that day. If none did, that still reveals
        something about those who might have.
        """
        return not self._others(self.owners) or self._are_enough(self._others(takers))

    def _others(self, prms: Iterable[Prm]) -> set[Prm]:
        return self.owners.keys() & set(prms) - self.own_points

    def _are_enough(self, prms: Collection[Prm]) -> bool:
        members = {self.owners[prm] for prm in prms}
        return (
            not self.has_changed
            and len(prms) >= self.least_points
            and len(members) >= _LEAST_MEMBERS
        )


def viewer_on(
    perimeter: Perimeter, day: date, member_id: UUID, *, least_points: int
) -> ExplanationViewer:
    is_visible, owners = (
        is_production_visible(perimeter, day, member_id),
        perimeter.consumers_on(day),
    )
    own_points = frozenset(prm for prm, owner in owners.items() if owner == member_id)
    return ExplanationViewer(own_points, owners, least_points, is_production_visible=is_visible)


def organiser_on(
    perimeter: Perimeter, day: date, hidden: Collection[Prm], *, least_points: int
) -> ExplanationViewer | None:
    """Return None where nothing is hidden, because everything is shown."""
    if not hidden:
        return None
    owners = perimeter.consumers_on(day)
    is_visible = not any(plant.prm in hidden for plant in plants_on(perimeter, day))
    visible_points = frozenset(owners.keys() - set(hidden))
    return ExplanationViewer(visible_points, owners, least_points, is_production_visible=is_visible)
