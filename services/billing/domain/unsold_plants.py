"""Plants that sold nothing in a month: all they made was their owner's own, or surplus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.plants import PlantMonth
from services.billing.domain.sales import Participation, SettledPair, find_sales
from services.billing.domain.usage import plants_of


@dataclass(frozen=True)
class UnsoldPlant:
    """owner_id: the member whose it was on every day."""

    owner_id: UUID
    plant: PlantMonth


def unsold_plants(
    month: Month,
    plants: Mapping[Prm, PlantMonth],
    pairs: Iterable[SettledPair],
    participations: Sequence[Participation],
) -> list[UnsoldPlant]:
    """In owner, plant order; pairs: all of these plants in the month's settlement.

    Work out are plants of which some energy was another member's, or nobody's that is known.
    """
    sales = find_sales(pairs, month.days, participations)
    shared = {energy.producer for sold in sales.sold.values() for energy in sold}
    shared |= {one.prm for one in sales.orphans}
    # Of an orphaned consumer, only its own point is named.
    if any(one.direction is Direction.CONSUMPTION for one in sales.orphans):
        return []
    owners = {one.member_id for one in participations if one.direction is Direction.PRODUCTION}
    return [
        UnsoldPlant(owner_id, plants[prm])
        for owner_id in sorted(owners)
        for prm in sorted(plants_of(owner_id, month.days, participations) & plants.keys() - shared)
    ]
