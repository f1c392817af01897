"""What a seller sold to whom in a month, and what the plants had left: its statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Prm
from services.billing.domain.invoices import Invoice, OperationBlock, Party
from services.billing.domain.sales import Participation, SettledPoint
from services.billing.domain.usage import plants_of


class NothingSold(Problem):
    status, slug, title = 404, "nothing-sold", "There is no sale to tell of"
    example_detail = "No invoice of 2026-10 that you may see is of this producer."
    example_facts: ClassVar = {"month": "2026-10"}


@dataclass(frozen=True)
class Sale:
    """One invoice of the seller; its number is None while it is a draft."""

    customer: str
    number: str | None
    energy_wmin: int
    excl_vat_cents: int
    incl_vat_cents: int


@dataclass(frozen=True)
class SellerStatement:
    """``sold_wmin``: one value per day of the month, where every invoice tells its days."""

    seller: Party
    operation: OperationBlock
    month: Month
    sales: Sequence[Sale]
    sold_wmin: Sequence[int] | None
    plants: Sequence[SettledPoint]

    @property
    def is_draft(self) -> bool:
        return any(sale.number is None for sale in self.sales)

    @property
    def energy_wmin(self) -> int:
        return sum(sale.energy_wmin for sale in self.sales)


def seller_statements(
    invoices: Iterable[Invoice],
    month: Month,
    *,
    producer: Prm | None,
    participations: Sequence[Participation],
    settled: Sequence[SettledPoint],
) -> list[SellerStatement]:
    """One statement per seller, by name; producer: only of those who sold this point's energy.

    Raises NothingSold.
    """
    by_seller: defaultdict[UUID, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        by_seller[invoice.issuer.member_id].append(invoice)
    chosen = [
        sold
        for sold in by_seller.values()
        if producer is None or any(line.producer == producer for one in sold for line in one.lines)
    ]
    if not chosen:
        whose = f" is of {producer}" if producer else " exists"
        detail = f"No invoice of {month} that you may see{whose}."
        raise NothingSold(detail, month=str(month))
    statements = [_statement(sold, month, participations, settled) for sold in chosen]
    return sorted(statements, key=lambda one: (one.seller.name, one.seller.member_id))


def _statement(
    invoices: Sequence[Invoice],
    month: Month,
    participations: Sequence[Participation],
    settled: Sequence[SettledPoint],
) -> SellerStatement:
    # The newest name and address that a document of the month bears.
    seller = max(invoices, key=lambda one: (one.issue_date is not None, str(one.issue_date)))
    return SellerStatement(
        seller=seller.issuer,
        operation=seller.operation,
        month=month,
        sales=sorted(map(_sale, invoices), key=lambda one: (one.customer, one.number or "")),
        sold_wmin=_sold_by_day(invoices, month),
        plants=plants_of(
            seller.issuer.member_id, month.days, participations=participations, settled=settled
        ),
    )


def _sale(invoice: Invoice) -> Sale:
    return Sale(
        customer=invoice.customer.name,
        number=invoice.number,
        energy_wmin=sum(line.energy_wmin for line in invoice.lines),
        excl_vat_cents=invoice.total_excl_vat_cents,
        incl_vat_cents=invoice.total_incl_vat_cents,
    )


def _sold_by_day(invoices: Sequence[Invoice], month: Month) -> Sequence[int] | None:
    days = [one.usage.supplied_wmin if one.usage else [] for one in invoices]
    if any(len(energies) != len(month.days) for energies in days):
        return None
    return [sum(energies) for energies in zip(*days, strict=True)]
