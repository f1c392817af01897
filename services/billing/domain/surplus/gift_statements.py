"""The energy that members gave and received in a year, in the months of giving."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from libs.common.calendar import Month
from libs.common.ids import OperationId
from services.billing.domain.invoices.invoices import Party
from services.billing.domain.prices.pricing import DayEnergy
from services.billing.domain.prices.sales import Parties, Sales


@dataclass(frozen=True, kw_only=True)
class GiftedMonth:
    """Energy between members; what plants gave to their own member is in neither."""

    month: Month
    given_wmin: int
    received_wmin: int


@dataclass(frozen=True, kw_only=True)
class GiftStatement:
    """A member's year. months: those with energy, in order.

    day: the last of the year, or today while the year lasts. member: None until community has
    published it. missing: months over whose energy is given, and which are not settled.
    """

    operation_id: OperationId
    operation_name: str
    organiser_name: str | None
    year: int
    day: date
    member_id: UUID
    member: Party | None
    months: Sequence[GiftedMonth]
    missing: Sequence[Month]

    @property
    def given_wmin(self) -> int:
        return sum(month.given_wmin for month in self.months)

    @property
    def received_wmin(self) -> int:
        return sum(month.received_wmin for month in self.months)


def gifted_months(sales: Mapping[Month, Sales]) -> Mapping[UUID, Sequence[GiftedMonth]]:
    """Each member's months, in order. sales: of given months, as if they were sold."""
    months: defaultdict[UUID, list[GiftedMonth]] = defaultdict(list)
    for month in sorted(sales):
        given, received = _sums_of(sales[month].sold)
        for member_id in sorted({*given, *received}):
            months[member_id].append(
                GiftedMonth(
                    month=month, given_wmin=given[member_id], received_wmin=received[member_id]
                )
            )
    return months


def _sums_of(sold: Mapping[Parties, Sequence[DayEnergy]]) -> tuple[Counter[UUID], Counter[UUID]]:
    given, received = Counter[UUID](), Counter[UUID]()
    for parties, energies in sold.items():
        energy_wmin = sum(energy.energy_wmin for energy in energies)
        given[parties.issuer_id] += energy_wmin
        received[parties.customer_id] += energy_wmin
    return given, received
