"""A seller's statement of a month: its sales by customer, and the surplus of its plants."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from libs.common.calendar import Month
from libs.common.errors import Problem
from libs.common.ids import Prm
from libs.common.rounding import round_half_up
from services.billing.domain.invoices.invoices import Invoice, OperationBlock, Party, VatLine
from services.billing.domain.invoices.lines import InvoiceLine
from services.billing.domain.invoices.usage import plants_of
from services.billing.domain.prices.sales import Participation
from services.billing.domain.surplus.plants import PlantMonth
from services.billing.domain.surplus.unsold_plants import UnsoldPlant
from services.billing.domain.taxes.accise import TaxLine


class NothingSold(Problem):
    status, slug, title = 404, "nothing-sold", "There are no sales to show"
    example_detail = "No invoice of 2026-10 that you may see is from 99000000000001."
    example_facts: ClassVar = {"month": "2026-10"}


@dataclass(frozen=True)
class Sale:
    """One month of a seller's document; negative in a credit note.

    The number is None in a draft.
    """

    customer_id: UUID
    customer: str
    number: str | None
    energy_wmin: int
    excl_vat_cents: int
    incl_vat_cents: int


@dataclass(frozen=True)
class NothingSoldBy:
    """Plants of one operation that sold nothing; parties: their owners, if known."""

    operation: OperationBlock
    plants: Sequence[UnsoldPlant] = ()
    parties: Mapping[UUID, Party] = field(default_factory=dict)


@dataclass(frozen=True)
class SellerStatement:
    """``sold_wmin``: one value per day of the month; None for a seller that sold nothing.

    exemption: why the seller charges no VAT; None if it does, or sold nothing. names: of plants, as
    they are called now.
    """

    seller: Party
    operation: OperationBlock
    month: Month
    sales: Sequence[Sale]
    sold_wmin: Sequence[int] | None
    plants: Sequence[PlantMonth]
    exemption: str | None = None
    names: Mapping[Prm, str] = field(default_factory=dict)

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
    plants: Mapping[Prm, PlantMonth],
    without_sales: NothingSoldBy | None = None,
) -> list[SellerStatement]:
    """One statement per seller, by name. producer: only sellers of this point's energy.

    plants: all of the month; a statement has those that were the seller's on every day.
    without_sales: owners whose plants sold nothing have a statement too.

    Raises NothingSold.
    """
    invoices_by_seller: defaultdict[UUID, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        if _lines_of(invoice, month):
            invoices_by_seller[invoice.issuer.member_id].append(invoice)
    chosen = [
        sold
        for sold in invoices_by_seller.values()
        if producer is None
        or any(line.producer == producer for invoice in sold for line in _lines_of(invoice, month))
    ]
    idle = (
        _without_sales(without_sales, month, producer, invoices_by_seller) if without_sales else []
    )
    if not chosen and not idle:
        whose = f" is from {producer}" if producer else " exists"
        detail = f"No invoice of {month} that you may see{whose}."
        raise NothingSold(detail, month=str(month))
    statements = [_statement(sold, month, participations, plants) for sold in chosen] + idle
    names = _names(participations)
    return sorted(
        (replace(statement, names=names) for statement in statements),
        key=lambda statement: (statement.seller.name, statement.seller.member_id),
    )


def _names(participations: Iterable[Participation]) -> Mapping[Prm, str]:
    return {
        participation.prm: participation.plant_name
        for participation in participations
        if participation.plant_name
    }


def _without_sales(
    unsold: NothingSoldBy, month: Month, producer: Prm | None, sellers: Container[UUID]
) -> list[SellerStatement]:
    """Statements of owners without sales in the month, with all their plants."""
    plants_by_owner: defaultdict[UUID, list[PlantMonth]] = defaultdict(list)
    for plant in unsold.plants:
        if plant.owner_id in unsold.parties and plant.owner_id not in sellers:
            plants_by_owner[plant.owner_id].append(plant.plant)
    return [
        SellerStatement(unsold.parties[owner_id], unsold.operation, month, [], None, plants)
        for owner_id, plants in plants_by_owner.items()
        if producer is None or any(plant.point.prm == producer for plant in plants)
    ]


def _statement(
    invoices: Sequence[Invoice],
    month: Month,
    participations: Sequence[Participation],
    plants: Mapping[Prm, PlantMonth],
) -> SellerStatement:
    # The newest name and address in the documents of the month.
    seller = max(
        invoices, key=lambda invoice: (invoice.issue_date is not None, str(invoice.issue_date))
    )
    seller_plants = plants_of(seller.issuer.member_id, month.days, participations)
    return SellerStatement(
        seller=seller.issuer,
        operation=seller.operation,
        month=month,
        sales=[_sale(invoice, month) for invoice in sorted(invoices, key=_order)],
        sold_wmin=_sold_by_day(invoices, month),
        plants=[plant for prm, plant in sorted(plants.items()) if prm in seller_plants],
        exemption=_exemption(invoices),
    )


def _exemption(invoices: Sequence[Invoice]) -> str | None:
    """The mention on the documents; None as soon as one of them charges VAT."""
    if any(Decimal(vat.rate) for invoice in invoices for vat in invoice.vat):
        return None
    mentions = {mention for invoice in invoices for mention in invoice.vat_mentions}
    return " ".join(sorted(mentions)) or None


def _lines_of(invoice: Invoice, month: Month) -> list[InvoiceLine]:
    """The invoice's lines of a month; no line spans two months."""
    return [line for line in invoice.lines if Month.of(line.valid_from) == month]


def _sale(invoice: Invoice, month: Month) -> Sale:
    sign = invoice.kind.sign
    excl_vat_cents = _excl_vat_cents(invoice, month)
    before_cents = sum(_vat_cents(invoice, vat, month.first_day) for vat in invoice.vat)
    vat_cents = sum(_vat_cents(invoice, vat, month.next_first_day) for vat in invoice.vat)
    return Sale(
        customer_id=invoice.customer.member_id,
        customer=invoice.customer.name,
        number=invoice.number,
        energy_wmin=sign * sum(line.energy_wmin for line in _lines_of(invoice, month)),
        excl_vat_cents=sign * excl_vat_cents,
        incl_vat_cents=sign * (excl_vat_cents + vat_cents - before_cents),
    )


def _order(invoice: Invoice) -> tuple[str, UUID, date, str]:
    """Order documents by customer, then by issue, drafts last."""
    customer, day = invoice.customer, invoice.issue_date or date.max
    return customer.name, customer.member_id, day, invoice.number or ""


def _excl_vat_cents(invoice: Invoice, month: Month) -> int:
    lines = sum(line.amount_cents for line in _lines_of(invoice, month))
    return lines + sum(
        tax.amount_cents for tax in invoice.taxes if Month.of(tax.valid_from) == month
    )


def _vat_cents(invoice: Invoice, vat: VatLine, end: date) -> int:
    """The VAT of one rate on charges before this day, so that a quarter's months sum to its VAT."""
    all_charged: list[InvoiceLine | TaxLine] = [*invoice.lines, *invoice.taxes]
    charged = [charge for charge in all_charged if charge.vat_rate == vat.rate]
    earlier_charges = [charge for charge in charged if charge.valid_from < end]
    if len(earlier_charges) == len(charged):
        return vat.vat_cents
    base_cents = sum(charge.amount_cents for charge in earlier_charges)
    return int(round_half_up(base_cents * Decimal(vat.rate), 0))


def _sold_by_day(invoices: Sequence[Invoice], month: Month) -> Sequence[int]:
    sold_wmin = dict.fromkeys(month.days, 0)
    for invoice in invoices:
        for line in _lines_of(invoice, month):
            for day, energy_wmin in line.days_wmin.items():
                sold_wmin[day] += invoice.kind.sign * energy_wmin
    return list(sold_wmin.values())
