"""Each producer's sales in a month, according to its invoices."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices.invoices import Invoice, InvoiceState
from services.billing.domain.invoices.usage import plants_of
from services.billing.domain.prices.sales import Participation
from services.billing.domain.surplus.plants import PlantMonth
from services.billing.domain.surplus.unsold_plants import UnsoldPlant


@dataclass(frozen=True)
class ProducerStatement:
    """One member's sales from a producing point, in invoices of one state.

    state: None if nothing was sold. Revenue is before VAT, fees included. plant: its month, if it
    was the member's all month.
    """

    producer: Prm
    issuer_id: UUID
    state: InvoiceState | None
    energy_wmin: int
    revenue_excl_vat_cents: int
    plant: PlantMonth | None


def producer_statements(
    invoices: Iterable[Invoice],
    month: Month,
    *,
    participations: Sequence[Participation],
    plants: Mapping[Prm, PlantMonth],
    unsold: Iterable[UnsoldPlant] = (),
) -> list[ProducerStatement]:
    """The statements in producer and member order, drafts first. Credit notes are subtracted.

    unsold: plants without a line in these invoices.
    """
    energy_wmin: Counter[tuple[Prm, UUID, InvoiceState]] = Counter()
    revenue_cents: Counter[tuple[Prm, UUID, InvoiceState]] = Counter()
    for invoice in invoices:
        for line in invoice.lines:
            if Month.of(line.valid_from) != month:
                continue
            key = (line.producer, invoice.issuer.member_id, invoice.state)
            energy_wmin[key] += invoice.kind.sign * line.energy_wmin
            revenue_cents[key] += invoice.kind.sign * line.amount_cents
    plants_of_member = {
        member_id: plants_of(member_id, month.days, participations)
        for _, member_id, _ in energy_wmin
    }
    sold = [
        ProducerStatement(
            *key,
            energy_wmin[key],
            revenue_cents[key],
            plants.get(key[0]) if key[0] in plants_of_member[key[1]] else None,
        )
        for key in sorted(energy_wmin)
    ]
    rest = [
        ProducerStatement(plant.plant.point.prm, plant.owner_id, None, 0, 0, plant.plant)
        for plant in unsold
    ]
    return sorted([*sold, *rest], key=lambda statement: (statement.producer, statement.issuer_id))
