"""Plants that sold nothing in a month: all their energy was used by the owner, or surplus."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Direction, Prm
from services.billing.domain.invoices.usage import plants_of
from services.billing.domain.prices.sales import Participation, SettledPair, find_sales
from services.billing.domain.surplus.plants import PlantMonth


@dataclass(frozen=True)
class UnsoldPlant:
    """A plant without sales. owner_id: the member who had it on every day."""

    owner_id: UUID
    plant: PlantMonth


def unsold_plants(
    month: Month,
    plants: Mapping[Prm, PlantMonth],
    pairs: Iterable[SettledPair],
    participations: Sequence[Participation],
) -> list[UnsoldPlant]:
    """The plants in owner and plant order. pairs: all of them in the month's settlement.

    Plants are left out if some of their energy went to another member or to an unknown one.
    """
    sales = find_sales(pairs, month.days, participations)
    shared = {energy.producer for sold in sales.sold.values() for energy in sold}
    shared |= {orphan.prm for orphan in sales.orphans}
    # An orphaned consumer names only its own point, so its producer is unknown.
    if any(orphan.direction is Direction.CONSUMPTION for orphan in sales.orphans):
        return []
    owners = {
        participation.member_id
        for participation in participations
        if participation.direction is Direction.PRODUCTION
    }
    return [
        UnsoldPlant(owner_id, plants[prm])
        for owner_id in sorted(owners)
        for prm in sorted(plants_of(owner_id, month.days, participations) & plants.keys() - shared)
    ]
