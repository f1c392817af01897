"""What each producer sold in a month, according to its invoices."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import Prm
from services.billing.domain.invoices import Invoice, InvoiceState
from services.billing.domain.plants import PlantMonth
from services.billing.domain.sales import Participation
from services.billing.domain.unsold_plants import UnsoldPlant
from services.billing.domain.usage import plants_of


@dataclass(frozen=True)
class Statement:
    """A producer point's sales by one member, in invoices of one state; None where it sold nothing.

    Revenue is before VAT, fees included. plant: what it made, where it was the member's all month.
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
) -> list[Statement]:
    """In producer, member order; drafts before issued ones. Credit notes take back.

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
    own = {
        member_id: plants_of(member_id, month.days, participations)
        for _, member_id, _ in energy_wmin
    }
    sold = [
        Statement(
            *key,
            energy_wmin[key],
            revenue_cents[key],
            plants.get(key[0]) if key[0] in own[key[1]] else None,
        )
        for key in sorted(energy_wmin)
    ]
    rest = [Statement(one.plant.point.prm, one.owner_id, None, 0, 0, one.plant) for one in unsold]
    return sorted([*sold, *rest], key=lambda one: (one.producer, one.issuer_id))
